package io.tidemark.insight.funnel;

import io.tidemark.insight.question.Answerer;
import io.tidemark.insight.question.Asking;
import io.tidemark.insight.question.QuestionKind;
import io.tidemark.insight.question.RowSink;
import io.tidemark.insight.question.WeightClass;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Answers funnels from detail. Thread-safe.
final class FunnelAnswerer implements Answerer<FunnelQuestion, FunnelAnswer> {

  static final String NAME = "funnel";

  private static final QuestionKind<FunnelQuestion, FunnelAnswer> KIND =
      new QuestionKind<>(
          NAME,
          "Who took steps one after the other, and who did not go on",
          FunnelQuestion.class,
          FunnelAnswer.class,
          WeightClass.ANALYTICS,
          List.of(
              """
              {"question": "funnel", "from": "-P7D"}
              """,
              """
              {"question": "funnel", "from": "-P30D", "window": "PT24H",
               "steps": [{"step": "page_visit"}, {"step": "image_upload"},
                         {"event": "result_download", "where": [{"property": "device", "is": "mobile"}]}],
               "exclude": [{"event": "search", "after": 2}], "breakdown": {"field": "effect_id", "limit": 5}}
              """,
              """
              {"question": "funnel", "from": "-P7D", "unit": "session", "strict": true,
               "steps": [{"event": "page_view"}, {"event": "search"}]}
              """));

  private final FunnelEngine engine;

  FunnelAnswerer(FunnelEngine engine) {
    this.engine = engine;
  }

  @Override
  public QuestionKind<FunnelQuestion, FunnelAnswer> kind() {
    return KIND;
  }

  @Override
  public FunnelAnswer answer(FunnelQuestion question, Asking asking) {
    return engine.answer(engine.funnel(question, asking), Asking.zone(question.zone()), asking);
  }

  @Override
  public void writeRows(FunnelQuestion question, Asking asking, RowSink rows) {
    FunnelAnswer answer = answer(question, asking);
    rows.head(answer.head());
    rows.columns(
        "group",
        "value",
        "step",
        "entered",
        "converted",
        "drop_off",
        "conversion_from_first",
        "conversion_from_previous",
        "median_seconds_from_first",
        "p90_seconds_from_first");
    write(rows, "all", null, answer.steps());
    for (FunnelGroup group : answer.groups()) {
      write(rows, group.isOther() ? "other" : "value", group.value(), group.steps());
    }
  }

  private static void write(
      RowSink rows, String group, @Nullable String value, List<FunnelStepResult> steps) {
    for (FunnelStepResult step : steps) {
      rows.row(
          group,
          value,
          step.step(),
          step.entered(),
          step.converted(),
          step.dropOff(),
          step.conversionFromFirst(),
          step.conversionFromPrevious(),
          step.medianSecondsFromFirst(),
          step.p90SecondsFromFirst());
    }
  }
}

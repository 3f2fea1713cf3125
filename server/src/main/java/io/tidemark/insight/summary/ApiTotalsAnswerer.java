package io.tidemark.insight.summary;

import io.tidemark.insight.Answer;
import io.tidemark.insight.ApiTotalReader;
import io.tidemark.insight.AskedRange;
import io.tidemark.insight.Insights;
import io.tidemark.insight.question.AnswerHead;
import io.tidemark.insight.question.Answerer;
import io.tidemark.insight.question.Asking;
import io.tidemark.insight.question.QuestionKind;
import io.tidemark.insight.question.RowSink;
import io.tidemark.insight.question.WeightClass;
import java.time.ZoneId;
import java.util.List;

/// Answers from rollups. Thread-safe.
final class ApiTotalsAnswerer implements Answerer<ApiTotalsQuestion, ApiTotalsAnswer> {

  private static final QuestionKind<ApiTotalsQuestion, ApiTotalsAnswer> KIND =
      new QuestionKind<>(
          "api-totals",
          "How all calls of the API together performed over time",
          ApiTotalsQuestion.class,
          ApiTotalsAnswer.class,
          WeightClass.DASHBOARD,
          List.of(
              """
              {"question": "api-totals", "from": "-P7D", "zone": "Europe/Berlin", "interval": "day"}
              """));

  private final Insights insights;

  ApiTotalsAnswerer(Insights insights) {
    this.insights = insights;
  }

  @Override
  public QuestionKind<ApiTotalsQuestion, ApiTotalsAnswer> kind() {
    return KIND;
  }

  @Override
  public ApiTotalsAnswer answer(ApiTotalsQuestion question, Asking asking) {
    ZoneId zone = Asking.zone(question.zone());
    Interval interval = question.interval() == null ? Interval.DAY : question.interval();
    Answer.Totals totals =
        insights.totals(new AskedRange(question.from(), question.to(), zone), interval.word());
    return new ApiTotalsAnswer(
        AnswerHead.of(totals.range(), zone, totals.freshness(), false),
        totals.interval(),
        totals.partialIntervals(),
        totals.points());
  }

  @Override
  public void writeRows(ApiTotalsQuestion question, Asking asking, RowSink rows) {
    ApiTotalsAnswer answer = answer(question, asking);
    rows.head(answer.head());
    rows.columns(
        "at",
        "requests",
        "errors",
        "error_rate",
        "client_errors",
        "avg_ms",
        "p50_ms",
        "p95_ms",
        "p99_ms",
        "max_ms",
        "cache_hit_rate",
        "partial");
    for (ApiTotalReader.TotalPoint point : answer.points()) {
      rows.row(
          point.at(),
          point.requests(),
          point.errors(),
          point.errorRate(),
          point.clientErrors(),
          point.avgMs(),
          point.p50Ms(),
          point.p95Ms(),
          point.p99Ms(),
          point.maxMs(),
          point.cacheHitRate(),
          answer.partialIntervals().contains(point.at()));
    }
  }
}

package io.tidemark.insight.journey;

import io.tidemark.insight.Freshness;
import io.tidemark.insight.TimeAgo;
import io.tidemark.insight.TimeRange;
import io.tidemark.insight.journey.PathsAnswer.Edge;
import io.tidemark.insight.journey.PathsAnswer.Node;
import io.tidemark.insight.question.AnswerHead;
import io.tidemark.insight.question.Answerer;
import io.tidemark.insight.question.Asking;
import io.tidemark.insight.question.QuestionKind;
import io.tidemark.insight.question.RowSink;
import io.tidemark.insight.question.WeightClass;
import io.tidemark.insight.select.EventSelector;
import java.util.List;

/// Answers what people do before and after an event. Thread-safe.
final class PathsAnswerer implements Answerer<PathsQuestion, PathsAnswer> {

  private static final TimeAgo SPAN = TimeAgo.parse("-P7D");

  private static final QuestionKind<PathsQuestion, PathsAnswer> KIND =
      new QuestionKind<>(
          "paths",
          "What people do before or after an event, as a graph",
          PathsQuestion.class,
          PathsAnswer.class,
          WeightClass.ANALYTICS,
          List.of(
              """
              {"question": "paths", "from": "-P7D", "around": {"event": "image_upload"}, "depth": 3, "limit": 5}
              """,
              """
              {"question": "paths", "from": "2026-10-01", "to": "2026-10-08", "around": {"step": "result_download"}, "direction": "before"}
              """));

  private final SessionRowReader reader;

  PathsAnswerer(SessionRowReader reader) {
    this.reader = reader;
  }

  @Override
  public QuestionKind<PathsQuestion, PathsAnswer> kind() {
    return KIND;
  }

  @Override
  public PathsAnswer answer(PathsQuestion question, Asking asking) {
    TimeRange range = asking.range(question.from(), question.to(), question.zone(), SPAN);
    EventSelector around = question.around();
    SessionRowReader.Read<PathGraph> read =
        reader.read(
            range,
            around,
            asking.course(),
            () -> new PathGraph(around.label(), question.isAfter(), question.levels()));
    PathGraph graph = read.gathered();
    List<Node> nodes = graph.nodes(around.step() != null, question.shown());
    return new PathsAnswer(
        AnswerHead.of(
            range, Asking.zone(question.zone()), Freshness.ofDetail(asking.now()), read.isExact()),
        graph.sessions(),
        nodes,
        graph.edges());
  }

  @Override
  public void writeRows(PathsQuestion question, Asking asking, RowSink rows) {
    PathsAnswer answer = answer(question, asking);
    rows.head(answer.head());
    rows.columns(
        "level",
        "from_kind",
        "from_name",
        "from_is_step",
        "to_kind",
        "to_name",
        "to_is_step",
        "sessions");
    for (Edge edge : answer.edges()) {
      Node from = answer.nodes().get(edge.from());
      Node to = answer.nodes().get(edge.to());
      rows.row(
          to.level(),
          from.kind(),
          from.name(),
          from.isStep(),
          to.kind(),
          to.name(),
          to.isStep(),
          edge.sessions());
    }
  }
}

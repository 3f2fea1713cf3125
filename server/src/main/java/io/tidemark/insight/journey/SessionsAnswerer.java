package io.tidemark.insight.journey;

import io.tidemark.insight.Freshness;
import io.tidemark.insight.Intervals;
import io.tidemark.insight.TimeAgo;
import io.tidemark.insight.question.AnswerHead;
import io.tidemark.insight.question.Answerer;
import io.tidemark.insight.question.Asking;
import io.tidemark.insight.question.QuestionKind;
import io.tidemark.insight.question.RowSink;
import io.tidemark.insight.question.WeightClass;
import io.tidemark.insight.select.EventSelector;
import java.util.List;

/// Answers questions about sessions. Thread-safe.
final class SessionsAnswerer implements Answerer<SessionsQuestion, SessionsAnswer> {

  private static final TimeAgo SPAN = TimeAgo.parse("-P7D");
  private static final int MOST_INTERVALS = 1_000;

  private static final QuestionKind<SessionsQuestion, SessionsAnswer> KIND =
      new QuestionKind<>(
          "sessions",
          "The sessions that began in a range: how many, how long, with what they began and ended",
          SessionsQuestion.class,
          SessionsAnswer.class,
          WeightClass.ANALYTICS,
          List.of(
              """
              {"question": "sessions", "from": "-P7D", "zone": "Europe/Berlin"}
              """,
              """
              {"question": "sessions", "from": "2026-10-01", "to": "2026-10-08", "having": {"event": "result_download"}, "limit": 5}
              """));

  private final SessionRowReader reader;

  SessionsAnswerer(SessionRowReader reader) {
    this.reader = reader;
  }

  @Override
  public QuestionKind<SessionsQuestion, SessionsAnswer> kind() {
    return KIND;
  }

  @Override
  public SessionsAnswer answer(SessionsQuestion question, Asking asking) {
    Intervals intervals = intervals(question, asking);
    EventSelector having = question.having();
    SessionRowReader.Read<SessionTotals> read =
        reader.read(
            intervals.range(),
            having,
            asking.course(),
            () -> new SessionTotals(intervals, having != null));
    SessionTotals totals = read.gathered();
    return new SessionsAnswer(
        AnswerHead.of(
            intervals.range(), intervals.zone(), Freshness.ofDetail(asking.now()), read.isExact()),
        totals.sessions(),
        totals.people(),
        totals.single(),
        totals.seconds(),
        totals.events(),
        question.unit().word(),
        intervals.partial(asking.now()),
        totals.series(),
        totals.entries(question.shown()),
        totals.exits(question.shown()));
  }

  @Override
  public void writeRows(SessionsQuestion question, Asking asking, RowSink rows) {
    SessionsAnswer answer = answer(question, asking);
    rows.head(answer.head());
    rows.columns("interval_start", "sessions", "mean_seconds", "mean_events", "partial");
    for (SessionsAnswer.Interval interval : answer.series()) {
      rows.row(
          interval.start().toString(),
          interval.sessions(),
          interval.seconds(),
          interval.events(),
          answer.partialIntervals().contains(interval.start()));
    }
  }

  private static Intervals intervals(SessionsQuestion question, Asking asking) {
    return Intervals.covering(
        asking.range(question.from(), question.to(), question.zone(), SPAN),
        question.calendar(),
        MOST_INTERVALS);
  }
}

package io.tidemark.insight.performance;

import io.tidemark.insight.Freshness;
import io.tidemark.insight.TimeAgo;
import io.tidemark.insight.TimeRange;
import io.tidemark.insight.performance.PerformanceAnswer.Bucket;
import io.tidemark.insight.performance.PerformanceAnswer.Endpoint;
import io.tidemark.insight.performance.PerformanceAnswer.Stratum;
import io.tidemark.insight.question.AnswerHead;
import io.tidemark.insight.question.Answerer;
import io.tidemark.insight.question.Asking;
import io.tidemark.insight.question.QuestionKind;
import io.tidemark.insight.question.RowSink;
import io.tidemark.insight.question.WeightClass;
import java.util.List;

/// Answers how conversion goes with latency. Thread-safe.
final class PerformanceAnswerer implements Answerer<PerformanceQuestion, PerformanceAnswer> {

  private static final TimeAgo SPAN = TimeAgo.parse("-P7D");

  private static final QuestionKind<PerformanceQuestion, PerformanceAnswer> KIND =
      new QuestionKind<>(
          "performance",
          "How conversion goes with the latency that sessions met, and with which slow endpoint the fewest: associations, not causes",
          PerformanceQuestion.class,
          PerformanceAnswer.class,
          WeightClass.ANALYTICS,
          List.of(
              """
              {"question": "performance", "from": "-P7D", "conversion": {"step": "result_download"}, "breakdown": {"property": "device"}}
              """,
              """
              {"question": "performance", "from": "2026-10-01", "to": "2026-10-08", "conversion": {"event": "result_download"},
               "metric": "page_load_time", "bounds": [500, 1000, 2500], "within": "PT1H"}
              """));

  private final PerformanceEngine engine;
  private final PerformanceReader reader;

  PerformanceAnswerer(PerformanceEngine engine, PerformanceReader reader) {
    this.engine = engine;
    this.reader = reader;
  }

  @Override
  public QuestionKind<PerformanceQuestion, PerformanceAnswer> kind() {
    return KIND;
  }

  @Override
  public PerformanceAnswer answer(PerformanceQuestion question, Asking asking) {
    TimeRange range = asking.range(question.from(), question.to(), question.zone(), SPAN);
    PerformanceTally tally = engine.tally(question, range, asking.course());
    List<Endpoint> endpoints = tally.endpoints().endpoints(reader.readEndpoints());
    return new PerformanceAnswer(
        AnswerHead.of(
            range,
            Asking.zone(question.zone()),
            Freshness.ofDetail(asking.now()),
            tally.leftOut() == 0),
        PerformanceAnswer.ASSOCIATION,
        tally.overall(),
        tally.leftOut(),
        tally.curves(),
        endpoints,
        endpoints.stream().filter(PerformanceAnswerer::isClear).findFirst().orElse(null));
  }

  private static boolean isClear(Endpoint endpoint) {
    return endpoint.differenceLow() != null && endpoint.differenceLow() > 0;
  }

  /// The curve, then the endpoints: slow sessions and fast ones.
  @Override
  public void writeRows(PerformanceQuestion question, Asking asking, RowSink rows) {
    PerformanceAnswer answer = answer(question, asking);
    rows.head(answer.head());
    rows.columns(
        "row",
        "breakdown",
        "is_other",
        "from",
        "to",
        "endpoint",
        "method",
        "sessions",
        "conversions",
        "rate",
        "low",
        "high",
        "people",
        "fewer_conversions");
    for (Stratum stratum : answer.curve()) {
      for (Bucket bucket : stratum.buckets()) {
        Conversion of = bucket.conversion();
        rows.row(
            stratum.isAll() ? "all" : "value",
            stratum.value(),
            stratum.isOther(),
            bucket.from(),
            bucket.to(),
            null,
            null,
            of.sessions(),
            of.conversions(),
            of.rate(),
            of.low(),
            of.high(),
            null,
            null);
      }
    }
    for (Endpoint each : answer.endpoints()) {
      Conversion slow = each.slow();
      Conversion fast = each.fast();
      rows.row(
          "slow",
          null,
          false,
          each.slowAboveMs(),
          null,
          each.endpoint(),
          each.method(),
          slow.sessions(),
          slow.conversions(),
          slow.rate(),
          slow.low(),
          slow.high(),
          each.people(),
          each.fewerConversions());
      rows.row(
          "fast",
          null,
          false,
          null,
          each.slowAboveMs(),
          each.endpoint(),
          each.method(),
          fast.sessions(),
          fast.conversions(),
          fast.rate(),
          fast.low(),
          fast.high(),
          null,
          null);
    }
  }
}

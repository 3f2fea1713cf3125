package io.tidemark.insight.revenue;

import io.tidemark.insight.TimeAgo;
import io.tidemark.insight.TimeRange;
import io.tidemark.insight.question.AnswerHead;
import io.tidemark.insight.question.Answerer;
import io.tidemark.insight.question.Asking;
import io.tidemark.insight.question.QuestionKind;
import io.tidemark.insight.question.RowSink;
import io.tidemark.insight.question.WeightClass;
import io.tidemark.insight.revenue.AttributionReader.Row;
import io.tidemark.insight.revenue.RevenueAnswer.Attribution;
import io.tidemark.insight.revenue.RevenueAnswer.Change;
import io.tidemark.insight.revenue.RevenueAnswer.Revenue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Answers what led to revenue. Thread-safe.
final class RevenueAnswerer implements Answerer<RevenueQuestion, RevenueAnswer> {

  private static final TimeAgo SPAN = TimeAgo.parse("-P30D");

  private static final QuestionKind<RevenueQuestion, RevenueAnswer> KIND =
      new QuestionKind<>(
          "revenue",
          "What led to the subscriptions that began, each attributed once; which began, ended and changed",
          RevenueQuestion.class,
          RevenueAnswer.class,
          WeightClass.ANALYTICS,
          List.of(
              """
              {"question": "revenue", "from": "-P30D", "by": "first_touch", "breakdown": {"property": "referrer", "limit": 5}}
              """,
              """
              {"question": "revenue", "from": "2026-10-01", "to": "2026-11-01", "by": "journey", "lookback": "P7D"}
              """));

  private final AttributionReader attributions;
  private final SubscriptionReader subscriptions;

  RevenueAnswerer(AttributionReader attributions, SubscriptionReader subscriptions) {
    this.attributions = attributions;
    this.subscriptions = subscriptions;
  }

  @Override
  public QuestionKind<RevenueQuestion, RevenueAnswer> kind() {
    return KIND;
  }

  @Override
  public RevenueAnswer answer(RevenueQuestion question, Asking asking) {
    TimeRange range = asking.range(question.from(), question.to(), question.zone(), SPAN);
    return new RevenueAnswer(
        AnswerHead.ofDetail(range, Asking.zone(question.zone()), asking),
        question.attributedTo().name().toLowerCase(Locale.ROOT),
        attributed(attributions.read(question, range)),
        subscriptions.readBegan(range),
        subscriptions.readEnded(range),
        subscriptions.readChanges(range),
        subscriptions.readUndated());
  }

  private static List<Attribution> attributed(List<Row> rows) {
    return rows.stream()
        .collect(Collectors.groupingBy(Row::rank, LinkedHashMap::new, Collectors.toList()))
        .values()
        .stream()
        .map(of ->
            new Attribution(
                of.getFirst().value(),
                of.getFirst().rank() == 0,
                of.stream().map(Row::revenue).toList()))
        .toList();
  }

  /// What revenue is attributed to, then what began, ended and changed.
  @Override
  public void writeRows(RevenueQuestion question, Asking asking, RowSink rows) {
    RevenueAnswer answer = answer(question, asking);
    rows.head(answer.head());
    rows.columns(
        "row",
        "value",
        "is_other",
        "currency",
        "subscriptions",
        "people",
        "amount",
        "tier_before",
        "currency_before",
        "amount_before");
    for (Attribution each : answer.attributed()) {
      each.revenue()
          .forEach(revenue ->
              rows.row(
                  "attributed",
                  each.value(),
                  each.isOther(),
                  revenue.currency(),
                  revenue.subscriptions(),
                  revenue.people(),
                  revenue.amount(),
                  null,
                  null,
                  null));
    }
    write("began", answer.began(), rows);
    write("ended", answer.ended(), rows);
    for (Change each : answer.changed()) {
      rows.row(
          "changed",
          each.tier(),
          false,
          each.currency(),
          each.changes(),
          null,
          each.after(),
          each.tierBefore(),
          each.currencyBefore(),
          each.before());
    }
  }

  private static void write(String row, List<Revenue> moved, RowSink rows) {
    moved.forEach(each ->
        rows.row(
            row,
            null,
            false,
            each.currency(),
            each.subscriptions(),
            each.people(),
            each.amount(),
            null,
            null,
            null));
  }
}

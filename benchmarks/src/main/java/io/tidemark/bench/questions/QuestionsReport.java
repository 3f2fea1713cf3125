package io.tidemark.bench.questions;

import io.tidemark.bench.TextTable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What came out, with all that it depends on.
///
/// @param conditions machine, versions, settings and data set, by name
/// @param agreements of all questions, whichever were measured
/// @param disk before anything was asked
record QuestionsReport(
    Map<String, String> conditions,
    List<Asked> asked,
    List<Agreement> agreements,
    @Nullable DiskUse disk) {

  private static final int SHOWN_DIFFERENCES = 5;

  QuestionsReport {
    asked = List.copyOf(asked);
    agreements = List.copyOf(agreements);
  }

  /// Whether answers were compared, and none differs.
  boolean isSame() {
    return agreements.stream().anyMatch(Agreement::isCompared)
        && agreements.stream().allMatch(Agreement::isSame);
  }

  String text() {
    StringBuilder text = new StringBuilder();
    conditions.forEach((name, value) -> text.append("%-12s %s%n".formatted(name, value)));
    text.append('\n').append(times());
    text.append('\n').append(freshness());
    text.append('\n').append(sameness());
    if (disk != null) {
      text.append('\n').append(new DiskReport(disk).text());
    }
    return text.toString();
  }

  private String times() {
    TextTable table =
        new TextTable(
            "ms: median (p5–p95, most)",
            "Tidemark",
            "report's SQL",
            "report / Tidemark",
            "rounds",
            "behind, ms");
    for (Asked one : asked) {
      Times tidemark = Times.of(one.tidemarkMillis());
      boolean isCompared = !one.reportMillis().isEmpty();
      Times report = isCompared ? Times.of(one.reportMillis()) : tidemark;
      table.add(
          "%-12s %s".formatted(one.question().code(), one.question().title()),
          tidemark.toString(),
          isCompared ? report.toString() : "–",
          isCompared ? "%,.1f".formatted(report.median() / tidemark.median()) : "–",
          "%d".formatted(one.tidemarkMillis().size()),
          one.lagMillis().isEmpty() ? "–" : behind(Times.of(one.lagMillis())));
    }
    return table.toString();
  }

  private String freshness() {
    List<Double> lags = asked.stream().flatMap(one -> one.lagMillis().stream()).toList();
    if (lags.isEmpty()) {
      return "No answer told how fresh it was.\n";
    }
    return "How far behind all %d answers said they were, in ms: %s\n"
        .formatted(lags.size(), behind(Times.of(lags)));
  }

  private static String behind(Times lag) {
    return "%,.0f (p95 %,.0f, most %,.0f)".formatted(lag.median(), lag.p95(), lag.max());
  }

  private String sameness() {
    StringBuilder text = new StringBuilder();
    for (Agreement agreement : agreements) {
      String code = agreement.question().code();
      if (!agreement.isCompared()) {
        text.append(
            "%-12s not compared: the report's schema is asked nothing like it%n".formatted(code));
      } else if (agreement.isSame()) {
        text.append("%-12s the same in all of %,d rows%n".formatted(code, agreement.compared()));
      } else {
        text.append(
            "%-12s NOT THE SAME: %,d differences in %,d rows%n"
                .formatted(code, agreement.differences().size(), agreement.compared()));
        agreement.differences().stream()
            .limit(SHOWN_DIFFERENCES)
            .forEach(difference -> text.append("%-12s   %s%n".formatted("", difference)));
      }
    }
    return text.append(
            "Counts and people are compared exactly, means to nine digits, percentiles within 1 % of the nearest rank.\n")
        .toString();
  }
}

package io.tidemark.insight;

import io.tidemark.rollup.DetailParts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Metric samples by type, from rollups. Thread-safe.
final class MetricReader {

  /// In the metric's own unit.
  record MetricSummary(
      String metric,
      @Nullable String unit,
      long samples,
      double avg,
      @Nullable Double p50,
      @Nullable Double p95,
      @Nullable Double p99,
      double min,
      double max) {}

  private static final String METRICS =
      """
      SELECT /* insight.metrics */ kept.*
        FROM %s %s
      """
          .formatted(
              RangeCover.SEGMENTS,
              RangeCover.rowsOf(
                  "metric_rollup_as_kept",
                  "type, unit, samples, total, smallest, largest, sample_values, sample_steps, sample_counts"));

  private static final String DETAIL =
      """
      SELECT /* insight.metrics */ type, unit, samples, total, smallest, largest,
             CASE WHEN value IS NULL THEN '{}' ELSE ARRAY[value] END AS sample_values,
             CAST(NULL AS smallint[]) AS sample_steps,
             CASE WHEN value IS NULL THEN '{}' ELSE ARRAY[samples] END AS sample_counts
        FROM (%s) AS part
      """
          .formatted(
              DetailParts.of("metric_rollup", "performance_metric", RangeCover.DETAIL_SEGMENTS));

  private final JdbcClient jdbc;
  private final BucketValueReader buckets;

  MetricReader(JdbcClient jdbc, BucketValueReader buckets) {
    this.jdbc = jdbc;
    this.buckets = buckets;
  }

  /// Every metric that was sampled, by name.
  List<MetricSummary> readMetrics(RangeCover cover) {
    Map<String, Samples> metrics = new TreeMap<>();
    RowCallbackHandler add =
        row ->
            metrics.computeIfAbsent(row.getString("type"), type -> new Samples()).add(row, buckets);
    jdbc.sql(METRICS).params(cover.parameters()).query(add);
    if (!cover.detail().isEmpty()) {
      jdbc.sql(DETAIL).params(cover.detailParameters()).query(add);
    }
    return metrics.entrySet().stream()
        .map(entry -> entry.getValue().summary(entry.getKey()))
        .toList();
  }

  private static final class Samples {
    private final Distribution distribution = new Distribution();
    private @Nullable String unit;
    private long samples;
    private double total;
    private double smallest = Double.POSITIVE_INFINITY;
    private double largest = Double.NEGATIVE_INFINITY;

    void add(ResultSet row, BucketValueReader buckets) throws SQLException {
      String rowUnit = row.getString("unit");
      if (rowUnit != null && (unit == null || rowUnit.compareTo(unit) > 0)) {
        unit = rowUnit;
      }
      samples += row.getLong("samples");
      total += row.getDouble("total");
      smallest = Math.min(smallest, row.getDouble("smallest"));
      largest = Math.max(largest, row.getDouble("largest"));
      buckets.add(
          distribution,
          row.getArray("sample_values"),
          row.getArray("sample_steps"),
          row.getArray("sample_counts"));
    }

    MetricSummary summary(String metric) {
      return new MetricSummary(
          metric,
          unit,
          samples,
          total / samples,
          distribution.percentile(0.50),
          distribution.percentile(0.95),
          distribution.percentile(0.99),
          smallest,
          largest);
    }
  }
}

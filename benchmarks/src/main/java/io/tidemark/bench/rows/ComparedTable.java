package io.tidemark.bench.rows;

import io.tidemark.bench.server.BenchDatabase;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The tables that rows are stored in without Tidemark (`report_tables.sql`). Each begins with the
/// columns `id uuid` and `timestamp timestamptz`.
public enum ComparedTable {
  API_RESPONSE_TIME(
      "ApiResponseTime",
      "api_response_time",
      "userId, sessionId, endpoint, method, statusCode, responseTime, cacheHit"),
  USER_EVENT("UserEvent", "user_event", "userId, sessionId, eventType, page, properties"),
  PERFORMANCE_METRIC(
      "PerformanceMetric", "performance_metric", "userId, sessionId, type, value, unit, page"),
  CONVERSION_FUNNEL("ConversionFunnel", "conversion_funnel", "userId, sessionId, step, effectId");

  private final String table;
  private final String fact;
  private final String columns;

  ComparedTable(String table, String fact, String columns) {
    this.table = table;
    this.fact = fact;
    this.columns = columns;
  }

  /// What Tidemark calls it.
  public String fact() {
    return fact;
  }

  /// Without its schema, in the form in which PostgreSQL keeps it.
  public String table() {
    return table.toLowerCase(Locale.ROOT);
  }

  public static ComparedTable of(SampleRow row) {
    return switch (row) {
      case SampleRow.ApiCall _ -> API_RESPONSE_TIME;
      case SampleRow.Event _ -> USER_EVENT;
      case SampleRow.Metric _ -> PERFORMANCE_METRIC;
      case SampleRow.FunnelStep _ -> CONVERSION_FUNNEL;
    };
  }

  /// The values after id and timestamp, in the order of the columns; null where nothing is said.
  public static List<@Nullable Object> values(SampleRow row) {
    return switch (row) {
      case SampleRow.ApiCall call ->
          Arrays.asList(
              call.userId(),
              call.sessionId(),
              call.endpoint(),
              call.method(),
              call.statusCode(),
              call.responseTimeMillis(),
              call.cacheHit());
      case SampleRow.Event event ->
          Arrays.asList(
              event.userId(),
              event.sessionId(),
              event.eventType(),
              event.page(),
              event.properties() == null ? null : new BinaryRow.Json(event.properties()));
      case SampleRow.Metric metric ->
          Arrays.asList(
              metric.userId(),
              metric.sessionId(),
              metric.metric(),
              metric.value(),
              metric.unit(),
              metric.page());
      case SampleRow.FunnelStep step ->
          Arrays.asList(step.userId(), step.sessionId(), step.step(), step.effectId());
    };
  }

  public String copyStatement() {
    return "COPY %s.%s (id, timestamp, %s) FROM STDIN (FORMAT binary)"
        .formatted(BenchDatabase.COMPARED_SCHEMA, table, columns);
  }

  /// The same rows without any index.
  public String unindexedCopyStatement() {
    return "COPY %s.Unindexed%s (id, timestamp, %s) FROM STDIN (FORMAT binary)"
        .formatted(BenchDatabase.COMPARED_SCHEMA, table, columns);
  }

  public String insertStatement() {
    return "INSERT INTO %s.%s (id, timestamp, %s) VALUES (?, ?%s)"
        .formatted(
            BenchDatabase.COMPARED_SCHEMA,
            table,
            columns,
            ", ?".repeat(columns.split(",", -1).length));
  }
}

package io.tidemark.bench.ingest;

import java.util.List;

/// The tables that rows are stored in without Tidemark (`report_schema.sql`). Each begins with the
/// columns `id uuid` and `timestamp timestamptz`.
enum ComparedTable {
  API_RESPONSE_TIME(
      "ApiResponseTime", "userId, sessionId, endpoint, method, statusCode, responseTime, cacheHit"),
  USER_EVENT("UserEvent", "userId, sessionId, eventType, page"),
  PERFORMANCE_METRIC("PerformanceMetric", "userId, sessionId, type, value, unit, page"),
  CONVERSION_FUNNEL("ConversionFunnel", "userId, sessionId, step, effectId");

  private final String table;
  private final String columns;

  ComparedTable(String table, String columns) {
    this.table = table;
    this.columns = columns;
  }

  static ComparedTable of(SampleRow row) {
    return switch (row) {
      case SampleRow.ApiCall _ -> API_RESPONSE_TIME;
      case SampleRow.Event _ -> USER_EVENT;
      case SampleRow.Metric _ -> PERFORMANCE_METRIC;
      case SampleRow.FunnelStep _ -> CONVERSION_FUNNEL;
    };
  }

  /// The values after id and timestamp, in the order of the columns.
  List<Object> values(SampleRow row) {
    return switch (row) {
      case SampleRow.ApiCall call ->
          List.of(
              call.userId(),
              call.sessionId(),
              call.endpoint(),
              call.method(),
              call.statusCode(),
              call.responseTimeMillis(),
              call.cacheHit());
      case SampleRow.Event event ->
          List.of(event.userId(), event.sessionId(), event.eventType(), event.page());
      case SampleRow.Metric metric ->
          List.of(
              metric.userId(),
              metric.sessionId(),
              metric.metric(),
              metric.value(),
              metric.unit(),
              metric.page());
      case SampleRow.FunnelStep step ->
          List.of(step.userId(), step.sessionId(), step.step(), step.effectId());
    };
  }

  String copyStatement() {
    return "COPY %s.%s (id, timestamp, %s) FROM STDIN (FORMAT binary)"
        .formatted(schema(), table, columns);
  }

  /// The same rows without any index.
  String unindexedCopyStatement() {
    return "COPY %s.Unindexed%s (id, timestamp, %s) FROM STDIN (FORMAT binary)"
        .formatted(schema(), table, columns);
  }

  String insertStatement() {
    return "INSERT INTO %s.%s (id, timestamp, %s) VALUES (?, ?%s)"
        .formatted(schema(), table, columns, ", ?".repeat(columns.split(",", -1).length));
  }

  private static String schema() {
    return io.tidemark.bench.server.BenchDatabase.COMPARED_SCHEMA;
  }
}

package io.tidemark.insight;

import io.tidemark.rollup.Grain;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// How the app's API performed, from rollups. Thread-safe.
final class ApiPerformanceReader {

  /// @param cacheHitRate of the calls that said whether a cache answered; null when none did
  record EndpointLatency(
      String endpoint,
      String method,
      long requests,
      long errors,
      double errorRate,
      long clientErrors,
      @Nullable Double avgMs,
      @Nullable Double p50Ms,
      @Nullable Double p95Ms,
      @Nullable Double p99Ms,
      @Nullable Double maxMs,
      @Nullable Double cacheHitRate) {}

  record TrendPoint(
      Instant at,
      String endpoint,
      long requests,
      long errors,
      @Nullable Double avgMs,
      @Nullable Double p95Ms) {}

  private record EndpointKey(String endpoint, String method) {}

  private record PointKey(Instant at, String endpoint) {}

  private static final String COLUMNS =
      """
      bucket, endpoint, method, requests, timed_requests, client_errors, errors, cache_hits, cache_answers,
      total_ms, max_ms, latency_values, latency_counts
      """;

  private static final String ENDPOINTS =
      """
      SELECT /* insight.endpoints */ %s
        FROM %s
      """
          .formatted(COLUMNS, RangeCover.rows("api_rollup", "true"));

  /// An endpoint that was called with one method has its percentile in the row; distributions are
  /// read only where there are several to merge.
  private static final String TREND =
      """
      SELECT /* insight.api-trend */ bucket, endpoint, method, requests, timed_requests, client_errors, errors, cache_hits,
             cache_answers, total_ms, max_ms, p95_ms,
             CASE WHEN methods > 1 THEN latency_values END AS latency_values,
             CASE WHEN methods > 1 THEN latency_counts END AS latency_counts
        FROM (SELECT *, count(*) OVER (PARTITION BY bucket, endpoint) AS methods
                FROM api_rollup
               WHERE grain = ? AND bucket >= ? AND bucket < ? AND (CAST(? AS text) IS NULL OR endpoint = ?)) AS kept
      """;

  private final JdbcClient jdbc;

  ApiPerformanceReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// Every endpoint and method that was called, most requests first.
  List<EndpointLatency> readEndpoints(RangeCover cover) {
    JdbcClient.StatementSpec statement = jdbc.sql(ENDPOINTS).params(cover.parameters());
    Map<EndpointKey, ApiCalls> calls =
        read(statement, row -> new EndpointKey(row.endpoint(), row.method()));
    List<EndpointLatency> endpoints = new ArrayList<>();
    calls.forEach((key, merged) -> endpoints.add(latency(key, merged)));
    endpoints.sort(
        Comparator.comparingLong(EndpointLatency::requests)
            .reversed()
            .thenComparing(EndpointLatency::endpoint)
            .thenComparing(EndpointLatency::method));
    return endpoints;
  }

  /// A point for each interval and endpoint in which it was called, by time, then endpoint.
  ///
  /// @param range on whole intervals
  /// @param endpoint null for all
  List<TrendPoint> readTrend(TimeRange range, Grain interval, @Nullable String endpoint) {
    JdbcClient.StatementSpec statement =
        jdbc.sql(TREND)
            .param(interval.columnValue())
            .param(range.fromUtc())
            .param(range.toUtc())
            .param(endpoint)
            .param(endpoint);
    List<TrendPoint> points = new ArrayList<>();
    Map<PointKey, ApiCalls> severalMethods = new HashMap<>();
    statement.query((ResultSet row) -> {
      PointKey key =
          new PointKey(
              row.getObject("bucket", OffsetDateTime.class).toInstant(), row.getString("endpoint"));
      if (row.getArray("latency_values") != null) {
        severalMethods.computeIfAbsent(key, absent -> new ApiCalls()).add(row);
      } else {
        points.add(sealedPoint(key, row));
      }
    });
    severalMethods.forEach((key, merged) ->
        points.add(
            new TrendPoint(
                key.at(),
                key.endpoint(),
                merged.requests(),
                merged.errors(),
                merged.meanMillis(),
                merged.percentile(0.95))));
    points.sort(Comparator.comparing(TrendPoint::at).thenComparing(TrendPoint::endpoint));
    return points;
  }

  private static TrendPoint sealedPoint(PointKey key, ResultSet row) throws SQLException {
    long timed = row.getLong("timed_requests");
    return new TrendPoint(
        key.at(),
        key.endpoint(),
        row.getLong("requests"),
        row.getLong("errors"),
        timed == 0 ? null : row.getDouble("total_ms") / timed,
        timed == 0 ? null : row.getDouble("p95_ms"));
  }

  private record RollupRow(Instant bucket, String endpoint, String method) {}

  private static <K> Map<K, ApiCalls> read(
      JdbcClient.StatementSpec statement, Function<RollupRow, K> key) {
    Map<K, ApiCalls> calls = new HashMap<>();
    statement.query((ResultSet row) -> {
      RollupRow place =
          new RollupRow(
              row.getObject("bucket", OffsetDateTime.class).toInstant(),
              row.getString("endpoint"),
              row.getString("method"));
      calls.computeIfAbsent(key.apply(place), absent -> new ApiCalls()).add(row);
    });
    return calls;
  }

  private static EndpointLatency latency(EndpointKey key, ApiCalls calls) {
    return new EndpointLatency(
        key.endpoint(),
        key.method(),
        calls.requests(),
        calls.errors(),
        (double) calls.errors() / calls.requests(),
        calls.clientErrors(),
        calls.meanMillis(),
        calls.percentile(0.50),
        calls.percentile(0.95),
        calls.percentile(0.99),
        calls.maxMillis(),
        calls.cacheHitRate());
  }
}

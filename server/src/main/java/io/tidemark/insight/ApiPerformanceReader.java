package io.tidemark.insight;

import io.tidemark.rollup.Grain;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
      @Nullable Double p95Ms) {

    private PointKey key() {
      return new PointKey(at, endpoint);
    }
  }

  private record EndpointKey(String endpoint, String method) {}

  private record PointKey(Instant at, String endpoint) {}

  private static final String COLUMNS =
      """
      bucket, endpoint, method, requests, timed_requests, client_errors, errors, cache_hits, cache_answers,
      total_ms, max_ms, latency_values, latency_steps, latency_counts
      """;

  private static final String ENDPOINTS =
      """
      SELECT /* insight.endpoints */ kept.*
        FROM %s %s
      """
          .formatted(RangeCover.SEGMENTS, RangeCover.rowsOf("api_rollup_as_kept", COLUMNS));

  /// An endpoint that was called with one method has its percentile in the row. Packed rows are
  /// taken apart here: the view takes all their columns apart, not the few that are asked for.
  private static final String TREND =
      """
      WITH /* insight.api-trend */ segment AS (SELECT * FROM %s)
      SELECT kept.* FROM segment %s
      UNION ALL
      SELECT kept.bucket, own.*
        FROM segment %s
       CROSS JOIN LATERAL unnest(endpoints, requests, timed_requests, errors, total_ms, p95_ms) AS own (endpoint)
       WHERE CAST(? AS text) IS NULL OR own.endpoint = ?
      """
          .formatted(
              RangeCover.SEGMENTS,
              RangeCover.rowsOf(
                  "api_rollup_unpacked",
                  "bucket, endpoint, requests, timed_requests, errors, total_ms, p95_ms",
                  "(CAST(? AS text) IS NULL OR endpoint = ?)"),
              RangeCover.rowsOf(
                  "api_rollup_packed",
                  "bucket, endpoint AS endpoints, requests, timed_requests, errors, total_ms, p95_ms"));

  /// Distributions are read only where there are several to merge.
  private static final String SEVERAL_METHODS =
      """
      SELECT /* insight.api-trend */ kept.*
        FROM %s %s
      """
          .formatted(
              RangeCover.SEGMENTS,
              RangeCover.rowsOf("api_rollup_as_kept", COLUMNS, "endpoint = ANY (?)"));

  private final JdbcClient jdbc;
  private final BucketValueReader buckets;

  ApiPerformanceReader(JdbcClient jdbc, BucketValueReader buckets) {
    this.jdbc = jdbc;
    this.buckets = buckets;
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
    Map<PointKey, TrendPoint> points = new HashMap<>();
    Set<String> severalMethods = new HashSet<>();
    jdbc.sql(TREND)
        .params(RangeCover.of(range, interval).parameters())
        .param(endpoint)
        .param(endpoint)
        .param(endpoint)
        .param(endpoint)
        .query((ResultSet row) -> {
          TrendPoint point = sealedPoint(row);
          if (points.put(point.key(), point) != null) {
            severalMethods.add(point.endpoint());
          }
        });
    if (!severalMethods.isEmpty()) {
      points.putAll(mergeMethods(range, interval, severalMethods));
    }
    List<TrendPoint> inOrder = new ArrayList<>(points.values());
    inOrder.sort(Comparator.comparing(TrendPoint::at).thenComparing(TrendPoint::endpoint));
    return inOrder;
  }

  private Map<PointKey, TrendPoint> mergeMethods(
      TimeRange range, Grain interval, Set<String> endpoints) {
    JdbcClient.StatementSpec statement =
        jdbc.sql(SEVERAL_METHODS)
            .params(RangeCover.of(range, interval).parameters())
            .param(endpoints.toArray(new String[0]));
    Map<PointKey, TrendPoint> points = new HashMap<>();
    read(statement, row -> new PointKey(row.bucket(), row.endpoint()))
        .forEach((key, calls) ->
            points.put(
                key,
                new TrendPoint(
                    key.at(),
                    key.endpoint(),
                    calls.requests(),
                    calls.errors(),
                    calls.meanMillis(),
                    calls.percentile(0.95))));
    return points;
  }

  /// Read as what it is, a percentile is the same however PostgreSQL sends it.
  private static TrendPoint sealedPoint(ResultSet row) throws SQLException {
    long timed = row.getLong("timed_requests");
    return new TrendPoint(
        row.getObject("bucket", OffsetDateTime.class).toInstant(),
        row.getString("endpoint"),
        row.getLong("requests"),
        row.getLong("errors"),
        timed == 0 ? null : row.getDouble("total_ms") / timed,
        timed == 0 ? null : (double) row.getFloat("p95_ms"));
  }

  private record RollupRow(Instant bucket, String endpoint, String method) {}

  private <K> Map<K, ApiCalls> read(
      JdbcClient.StatementSpec statement, Function<RollupRow, K> key) {
    Map<K, ApiCalls> calls = new HashMap<>();
    statement.query((ResultSet row) -> {
      RollupRow place =
          new RollupRow(
              row.getObject("bucket", OffsetDateTime.class).toInstant(),
              row.getString("endpoint"),
              row.getString("method"));
      calls.computeIfAbsent(key.apply(place), absent -> new ApiCalls()).add(row, buckets);
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

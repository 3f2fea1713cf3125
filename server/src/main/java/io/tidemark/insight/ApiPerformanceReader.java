package io.tidemark.insight;

import io.tidemark.rollup.DetailParts;
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
      @Nullable Double errorRate,
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

  private static final String DETAIL =
      """
      SELECT /* insight.api-detail */ at AS bucket, endpoint, method, requests, timed_requests, client_errors, errors, cache_hits,
             cache_answers, total_ms, max_ms,
             CASE WHEN value IS NULL THEN '{}' ELSE ARRAY[value] END AS latency_values,
             CAST(NULL AS smallint[]) AS latency_steps,
             CASE WHEN value IS NULL THEN '{}' ELSE ARRAY[timed_requests] END AS latency_counts
        FROM (%s) AS part
       WHERE CAST(? AS text) IS NULL OR endpoint = ?
      """
          .formatted(DetailParts.of("api_rollup", "api_response_time", RangeCover.DETAIL_SEGMENTS));

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

  private static final String PARTS =
      """
      SELECT /* insight.api-trend */ kept.*
        FROM %s %s
      """
          .formatted(
              RangeCover.SEGMENTS,
              RangeCover.rowsOf(
                  "api_rollup_as_kept", COLUMNS, "(CAST(? AS text) IS NULL OR endpoint = ?)"));

  private final JdbcClient jdbc;
  private final BucketValueReader buckets;

  ApiPerformanceReader(JdbcClient jdbc, BucketValueReader buckets) {
    this.jdbc = jdbc;
    this.buckets = buckets;
  }

  /// Every endpoint and method that was called, most requests first.
  List<EndpointLatency> readEndpoints(RangeCover cover) {
    Map<EndpointKey, ApiCalls> calls = new HashMap<>();
    Function<RollupRow, EndpointKey> key = row -> new EndpointKey(row.endpoint(), row.method());
    add(jdbc.sql(ENDPOINTS).params(cover.parameters()), key, calls);
    addDetail(cover, null, key, calls);
    List<EndpointLatency> endpoints = new ArrayList<>();
    calls.forEach((called, merged) -> endpoints.add(latency(called, merged)));
    endpoints.sort(
        Comparator.comparingLong(EndpointLatency::requests)
            .reversed()
            .thenComparing(EndpointLatency::endpoint)
            .thenComparing(EndpointLatency::method));
    return endpoints;
  }

  /// A point for each interval and endpoint in which it was called, by time, then endpoint.
  ///
  /// @param cover of the intervals, no row across one of their ends
  /// @param endpoint null for all
  List<TrendPoint> readTrend(Buckets intervals, RangeCover cover, @Nullable String endpoint) {
    Map<PointKey, TrendPoint> points = new HashMap<>();
    RangeCover sealed = intervals.sealed(cover);
    if (!sealed.isEmpty()) {
      readSealed(sealed, endpoint, points);
    }
    Map<PointKey, ApiCalls> calls = new HashMap<>();
    RangeCover parts = intervals.parts(cover);
    Function<RollupRow, PointKey> key =
        row -> new PointKey(intervals.startOf(row.bucket()), row.endpoint());
    if (!parts.segments().isEmpty()) {
      add(jdbc.sql(PARTS).params(parts.parameters()).param(endpoint).param(endpoint), key, calls);
    }
    addDetail(parts, endpoint, key, calls);
    calls.forEach((at, merged) -> points.put(at, point(at, merged)));
    List<TrendPoint> inOrder = new ArrayList<>(points.values());
    inOrder.sort(Comparator.comparing(TrendPoint::at).thenComparing(TrendPoint::endpoint));
    return inOrder;
  }

  private void readSealed(
      RangeCover sealed, @Nullable String endpoint, Map<PointKey, TrendPoint> points) {
    Set<String> severalMethods = new HashSet<>();
    jdbc.sql(TREND)
        .params(sealed.parameters())
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
    if (severalMethods.isEmpty()) {
      return;
    }
    Map<PointKey, ApiCalls> calls = new HashMap<>();
    add(
        jdbc.sql(SEVERAL_METHODS)
            .params(sealed.parameters())
            .param(severalMethods.toArray(new String[0])),
        row -> new PointKey(row.bucket(), row.endpoint()),
        calls);
    calls.forEach((at, merged) -> points.put(at, point(at, merged)));
  }

  private static TrendPoint point(PointKey key, ApiCalls calls) {
    return new TrendPoint(
        key.at(),
        key.endpoint(),
        calls.requests(),
        calls.errors(),
        calls.meanMillis(),
        calls.percentile(0.95));
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

  private <K> void addDetail(
      RangeCover cover,
      @Nullable String endpoint,
      Function<RollupRow, K> key,
      Map<K, ApiCalls> calls) {
    if (!cover.detail().isEmpty()) {
      add(
          jdbc.sql(DETAIL).params(cover.detailParameters()).param(endpoint).param(endpoint),
          key,
          calls);
    }
  }

  private <K> void add(
      JdbcClient.StatementSpec statement, Function<RollupRow, K> key, Map<K, ApiCalls> calls) {
    statement.query((ResultSet row) -> {
      RollupRow place =
          new RollupRow(
              row.getObject("bucket", OffsetDateTime.class).toInstant(),
              row.getString("endpoint"),
              row.getString("method"));
      calls.computeIfAbsent(key.apply(place), absent -> new ApiCalls()).add(row, buckets);
    });
  }

  private static EndpointLatency latency(EndpointKey key, ApiCalls calls) {
    return new EndpointLatency(
        key.endpoint(),
        key.method(),
        calls.requests(),
        calls.errors(),
        calls.errorRate(),
        calls.clientErrors(),
        calls.meanMillis(),
        calls.percentile(0.50),
        calls.percentile(0.95),
        calls.percentile(0.99),
        calls.maxMillis(),
        calls.cacheHitRate());
  }
}

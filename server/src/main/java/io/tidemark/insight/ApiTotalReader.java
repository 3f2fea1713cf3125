package io.tidemark.insight;

import io.tidemark.rollup.DetailParts;
import io.tidemark.rollup.Grain;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/// How all calls of the app's API together performed over time, from rollups. Thread-safe.
public final class ApiTotalReader {

  /// @param at start of the interval
  /// @param cacheHitRate of the calls that said whether a cache answered; null when none did
  public record TotalPoint(
      Instant at,
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

  private static final String COUNTS =
      "bucket, requests, timed_requests, client_errors, errors, cache_hits, cache_answers, total_ms, max_ms";

  /// The percentiles of an interval that rollups are kept by stand in its row.
  private static final String SEALED =
      """
      SELECT /* insight.api-totals */ kept.*
        FROM %s %s
      """
          .formatted(
              RangeCover.SEGMENTS,
              RangeCover.rowsOf("api_total_rollup", COUNTS + ", p50_ms, p95_ms, p99_ms"));

  private static final String PARTS =
      """
      SELECT /* insight.api-totals */ kept.*
        FROM %s %s
      """
          .formatted(
              RangeCover.SEGMENTS,
              RangeCover.rowsOf(
                  "api_total_rollup_as_kept",
                  COUNTS + ", latency_values, latency_steps, latency_counts"));

  private static final String DETAIL =
      """
      SELECT /* insight.api-totals */ at AS bucket, requests, timed_requests, client_errors, errors, cache_hits, cache_answers,
             total_ms, max_ms,
             CASE WHEN value IS NULL THEN '{}' ELSE ARRAY[value] END AS latency_values,
             CAST(NULL AS smallint[]) AS latency_steps,
             CASE WHEN value IS NULL THEN '{}' ELSE ARRAY[timed_requests] END AS latency_counts
        FROM (%s) AS part
      """
          .formatted(
              DetailParts.of("api_total_rollup", "api_response_time", RangeCover.DETAIL_SEGMENTS));

  private final JdbcClient jdbc;
  private final BucketValueReader buckets;

  ApiTotalReader(JdbcClient jdbc, BucketValueReader buckets) {
    this.jdbc = jdbc;
    this.buckets = buckets;
  }

  /// A point for each interval in which there were calls, by time.
  ///
  /// @param cover of the intervals, no row across one of their ends
  List<TotalPoint> readPoints(Buckets intervals, RangeCover cover) {
    Map<Instant, TotalPoint> points = new TreeMap<>();
    RangeCover sealed = intervals.sealed(cover);
    if (!sealed.isEmpty()) {
      jdbc.sql(SEALED)
          .params(sealed.parameters())
          .query((ResultSet row) -> {
            TotalPoint point = sealedPoint(row);
            points.put(point.at(), point);
          });
    }
    readParts(intervals, intervals.parts(cover))
        .forEach((at, calls) -> points.put(at, point(at, calls)));
    return List.copyOf(points.values());
  }

  private Map<Instant, ApiCalls> readParts(Buckets intervals, RangeCover parts) {
    Map<Instant, ApiCalls> calls = new TreeMap<>();
    RowCallbackHandler addToItsInterval =
        row ->
            calls
                .computeIfAbsent(
                    intervals.startOf(row.getObject("bucket", OffsetDateTime.class).toInstant()),
                    absent -> new ApiCalls())
                .add(row, buckets);
    if (!parts.segments().isEmpty()) {
      jdbc.sql(PARTS).params(parts.parameters()).query(addToItsInterval);
    }
    if (!parts.detail().isEmpty()) {
      jdbc.sql(DETAIL).params(parts.detailParameters()).query(addToItsInterval);
    }
    return calls;
  }

  /// All calls by the minute, oldest first.
  Map<Instant, ApiCalls> readMinutes(TimeRange range) {
    Map<Instant, ApiCalls> minutes = new TreeMap<>();
    jdbc.sql(PARTS)
        .params(RangeCover.of(range, Grain.MINUTE).parameters())
        .query((ResultSet row) -> {
          minutes
              .computeIfAbsent(
                  row.getObject("bucket", OffsetDateTime.class).toInstant(),
                  absent -> new ApiCalls())
              .add(row, buckets);
        });
    return minutes;
  }

  private static TotalPoint point(Instant at, ApiCalls calls) {
    return new TotalPoint(
        at,
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

  private static TotalPoint sealedPoint(ResultSet row) throws SQLException {
    long requests = row.getLong("requests");
    long timed = row.getLong("timed_requests");
    long cacheAnswers = row.getLong("cache_answers");
    return new TotalPoint(
        row.getObject("bucket", OffsetDateTime.class).toInstant(),
        requests,
        row.getLong("errors"),
        requests == 0 ? null : (double) row.getLong("errors") / requests,
        row.getLong("client_errors"),
        timed == 0 ? null : row.getDouble("total_ms") / timed,
        timed == 0 ? null : (double) row.getFloat("p50_ms"),
        timed == 0 ? null : (double) row.getFloat("p95_ms"),
        timed == 0 ? null : (double) row.getFloat("p99_ms"),
        timed == 0 ? null : row.getDouble("max_ms"),
        cacheAnswers == 0 ? null : (double) row.getLong("cache_hits") / cacheAnswers);
  }
}

package io.tidemark.insight;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// API calls merged from rollup rows. Used by one thread.
final class ApiCalls {

  private final Distribution latencies = new Distribution();
  private long requests;
  private long timedRequests;
  private long clientErrors;
  private long errors;
  private long cacheHits;
  private long cacheAnswers;
  private double totalMillis;
  private double maxMillis;

  /// Adds a row of `api_rollup_as_kept`.
  void add(ResultSet row, BucketValueReader buckets) throws SQLException {
    requests += row.getLong("requests");
    timedRequests += row.getLong("timed_requests");
    clientErrors += row.getLong("client_errors");
    errors += row.getLong("errors");
    cacheHits += row.getLong("cache_hits");
    cacheAnswers += row.getLong("cache_answers");
    totalMillis += row.getDouble("total_ms");
    maxMillis = Math.max(maxMillis, row.getDouble("max_ms"));
    buckets.add(
        latencies,
        row.getArray("latency_values"),
        row.getArray("latency_steps"),
        row.getArray("latency_counts"));
  }

  /// Adds calls merged elsewhere.
  void add(ApiCalls other) {
    requests += other.requests;
    timedRequests += other.timedRequests;
    clientErrors += other.clientErrors;
    errors += other.errors;
    cacheHits += other.cacheHits;
    cacheAnswers += other.cacheAnswers;
    totalMillis += other.totalMillis;
    maxMillis = Math.max(maxMillis, other.maxMillis);
    latencies.add(other.latencies);
  }

  long requests() {
    return requests;
  }

  long clientErrors() {
    return clientErrors;
  }

  long errors() {
    return errors;
  }

  /// Null without calls.
  @Nullable Double errorRate() {
    return requests == 0 ? null : (double) errors / requests;
  }

  /// Null when no response time is known, as for all times here.
  @Nullable Double meanMillis() {
    return timedRequests == 0 ? null : totalMillis / timedRequests;
  }

  @Nullable Double maxMillis() {
    return timedRequests == 0 ? null : maxMillis;
  }

  @Nullable Double percentile(double fraction) {
    return latencies.percentile(fraction);
  }

  /// Of the calls that said whether a cache answered; null when none did.
  @Nullable Double cacheHitRate() {
    return cacheAnswers == 0 ? null : (double) cacheHits / cacheAnswers;
  }
}

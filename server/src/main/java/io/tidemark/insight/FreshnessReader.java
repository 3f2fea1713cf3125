package io.tidemark.insight;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Tells how far the rollups have come. Thread-safe.
public final class FreshnessReader {

  /// Of new rows, and of detail that was taken away.
  private static final String OLDEST_WORK =
      """
      SELECT /* insight.freshness */
             least((SELECT min(committed_at) FROM batch_part),
                   (SELECT min(marked_at) FROM rollup_stale_hour WHERE reason = 'removal'))
      """;

  private final JdbcClient jdbc;
  private final InstantSource clock;

  public FreshnessReader(JdbcClient jdbc, InstantSource clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /// To be asked before the question itself, so that it never promises too much.
  public Freshness read() {
    Instant now = clock.instant();
    Instant asOf =
        jdbc.sql(OLDEST_WORK)
            .query((row, number) -> {
              OffsetDateTime oldest = row.getObject(1, OffsetDateTime.class);
              return oldest == null ? now : oldest.toInstant();
            })
            .single();
    return new Freshness(asOf, Math.max(0, Duration.between(asOf, now).toMillis()));
  }
}

package io.tidemark.ingest;

import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/// The reject log: counts what was refused by hour, key, reason and type, and writes the counts now
/// and then. Thread-safe: its lock guards the counts. A crash loses the counts of a few seconds,
/// never a record that was acknowledged.
public final class RefusalLog {

  private static final int MOST_REASONS = 1_000;

  private static final String ADD =
      """
      INSERT INTO /* refusal.add */ refusal AS known
        (hour, key_name, code, record_type, records, last_at, last_detail)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (hour, key_name, code, record_type) DO UPDATE
         SET records = known.records + excluded.records,
             last_at = greatest(known.last_at, excluded.last_at),
             last_detail = excluded.last_detail
      """;

  private record Reason(Instant hour, String keyName, String code, String recordType) {}

  private record Count(long records, Instant lastAt, String lastDetail) {}

  private final DataSource dataSource;
  private final InstantSource clock;
  private final MeterRegistry metrics;
  private final Map<Reason, Count> counts = new HashMap<>();

  public RefusalLog(DataSource dataSource, InstantSource clock, MeterRegistry metrics) {
    this.dataSource = dataSource;
    this.clock = clock;
    this.metrics = metrics;
  }

  /// @param recordType as sent; types beyond the bound on reasons count as `other`
  /// @param detail what was expected; never content of the record
  public void count(String keyName, String recordType, String code, String detail) {
    Instant now = clock.instant();
    Instant hour = now.truncatedTo(ChronoUnit.HOURS);
    metrics.counter("tidemark.ingest.refused", "code", code).increment();
    synchronized (counts) {
      Reason reason = new Reason(hour, keyName, code, recordType);
      if (!counts.containsKey(reason) && counts.size() >= MOST_REASONS) {
        reason = new Reason(hour, keyName, code, "other");
      }
      Count before = counts.get(reason);
      counts.put(reason, new Count(before == null ? 1 : before.records() + 1, now, detail));
    }
  }

  /// Writes the counts; those that could not be written are kept for the next time.
  public void flush() throws SQLException {
    Map<Reason, Count> taken;
    synchronized (counts) {
      taken = Map.copyOf(counts);
      counts.clear();
    }
    if (taken.isEmpty()) {
      return;
    }
    try {
      write(taken);
    } catch (SQLException e) {
      putBack(taken);
      throw e;
    }
  }

  private void write(Map<Reason, Count> taken) throws SQLException {
    List<Map.Entry<Reason, Count>> ordered =
        taken.entrySet().stream()
            .sorted(Comparator.comparing(entry -> entry.getKey().toString()))
            .toList();
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try (PreparedStatement statement = connection.prepareStatement(ADD)) {
        for (Map.Entry<Reason, Count> entry : ordered) {
          Reason reason = entry.getKey();
          Count count = entry.getValue();
          statement.setObject(1, utc(reason.hour()));
          statement.setString(2, reason.keyName());
          statement.setString(3, reason.code());
          statement.setString(4, reason.recordType());
          statement.setLong(5, count.records());
          statement.setObject(6, utc(count.lastAt()));
          statement.setString(7, count.lastDetail());
          statement.executeUpdate();
        }
        connection.commit();
      } catch (SQLException e) {
        connection.rollback();
        throw e;
      }
    }
  }

  private void putBack(Map<Reason, Count> taken) {
    synchronized (counts) {
      taken.forEach((reason, count) ->
          counts.merge(
              reason,
              count,
              (newer, older) ->
                  new Count(
                      newer.records() + older.records(), newer.lastAt(), newer.lastDetail())));
    }
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}

package io.tidemark.insight;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The reject log: what was refused, why, by which key, how often. Thread-safe.
final class RefusalReader {

  /// @param code why, as a stable code
  /// @param lastDetail what was said of the last one: the field and what was expected of it
  record Refusal(
      String code,
      String recordType,
      String keyName,
      long records,
      Instant lastAt,
      String lastDetail) {}

  private static final String REFUSALS =
      """
      SELECT /* insight.refusals */ code, record_type, key_name, sum(records), max(last_at),
             (array_agg(last_detail ORDER BY last_at DESC))[1]
        FROM refusal
       WHERE hour >= ? AND hour < ?
       GROUP BY code, record_type, key_name
       ORDER BY sum(records) DESC, code, record_type, key_name
       LIMIT 500
      """;

  private final JdbcClient jdbc;

  RefusalReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// The 500 most frequent, most records first.
  ///
  /// @param range of arrival, on whole hours
  List<Refusal> readRefusals(TimeRange range) {
    return jdbc.sql(REFUSALS)
        .param(range.fromUtc())
        .param(range.toUtc())
        .query((row, number) ->
            new Refusal(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getLong(4),
                row.getObject(5, OffsetDateTime.class).toInstant(),
                row.getString(6)))
        .list();
  }
}

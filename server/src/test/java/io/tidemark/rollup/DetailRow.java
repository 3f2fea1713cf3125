package io.tidemark.rollup;

import io.tidemark.record.FactTable;
import io.tidemark.testing.MigratedDatabase;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A row of detail, read back: what the rollups are told apart by and add up.
///
/// @param key event type, step, metric or endpoint
/// @param method of API calls, else empty
/// @param value sample or response time
record DetailRow(
    FactTable fact,
    Instant at,
    @Nullable Long userKey,
    String key,
    String method,
    @Nullable Double value,
    int status,
    @Nullable Boolean cacheHit,
    @Nullable String unit) {

  static List<DetailRow> readAll(MigratedDatabase database) {
    List<DetailRow> rows = new ArrayList<>();
    for (FactTable fact : FactTable.values()) {
      String columns =
          switch (fact) {
            case USER_EVENT -> "event_type, '', NULL::float8, 0, NULL::boolean, NULL::text";
            case CONVERSION_FUNNEL -> "step, '', NULL::float8, 0, NULL::boolean, NULL::text";
            case PERFORMANCE_METRIC -> "type, '', value, 0, NULL::boolean, unit";
            case API_RESPONSE_TIME ->
                "endpoint, method, response_time_ms, status_code::int, cache_hit, NULL::text";
          };
      rows.addAll(
          database
              .jdbc()
              .sql("SELECT ts, user_key, %s FROM %s".formatted(columns, fact.tableName()))
              .query((row, number) ->
                  new DetailRow(
                      fact,
                      row.getObject(1, OffsetDateTime.class).toInstant(),
                      row.getObject(2, Long.class),
                      row.getString(3),
                      row.getString(4),
                      row.getObject(5, Double.class),
                      row.getInt(6),
                      row.getObject(7, Boolean.class),
                      row.getString(8)))
              .list());
    }
    return rows;
  }
}

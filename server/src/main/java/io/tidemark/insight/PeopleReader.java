package io.tidemark.insight;

import io.tidemark.rollup.DetailParts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Distinct people by key, from the sets of rollups. Thread-safe.
///
/// Both kinds of rows are read as they are kept: the view that shows packed rows as bits makes four
/// kilobytes for each hour, minute and key, of which often some few are set.
final class PeopleReader {

  /// In one statement: while it runs, rows may become packed ones and the other way round. Packed
  /// rows come whole, with null for the keys of other facts.
  private static final String SETS =
      """
      WITH /* insight.people */ segment AS (SELECT * FROM %s)
      SELECT key, chunk * 32768 AS first_key, bit_send(bit_or(people)) AS bits, CAST(NULL AS text[]) AS keys, CAST(NULL AS integer[]) AS members
        FROM segment %s
       GROUP BY key, chunk
      UNION ALL
      SELECT NULL, slot * CAST(262144 AS bigint), bit_send(held),
             ARRAY(SELECT CASE WHEN named.fact = ? THEN named.key END FROM unnest(kept.fact, kept.key) AS named (fact, key)), members
        FROM segment %s
      """
          .formatted(
              RangeCover.SEGMENTS,
              RangeCover.rowsOf("people_rollup_unpacked", "key, chunk, people", "fact = ?"),
              RangeCover.rowsOf("people_rollup_packed", "slot, fact, key, members, held"));

  private static final String DETAIL =
      """
      SELECT /* insight.people */ key, chunk * CAST(32768 AS bigint), bit_send(bit_or(people))
        FROM (%s) AS part
       GROUP BY key, chunk
      """;

  private final JdbcClient jdbc;

  PeopleReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// How many people each key has, such as each funnel step; keys that nobody has are absent.
  ///
  /// @param fact the name of a fact table
  Map<String, Long> countByKey(RangeCover cover, String fact) {
    Map<String, PeopleSet> sets = new HashMap<>();
    jdbc.sql(SETS)
        .params(cover.parameters())
        .param(fact)
        .param(fact)
        .query((ResultSet row) -> {
          String key = row.getString(1);
          if (key == null) {
            addPacked(row, sets);
          } else {
            set(sets, key).addBits(row.getLong(2), row.getBytes(3));
          }
        });
    if (!cover.detail().isEmpty()) {
      jdbc.sql(DETAIL.formatted(DetailParts.of("people_rollup", fact, RangeCover.DETAIL_SEGMENTS)))
          .params(cover.detailParameters())
          .query((ResultSet row) -> {
            set(sets, row.getString(1)).addBits(row.getLong(2), row.getBytes(3));
          });
    }
    Map<String, Long> people = new HashMap<>();
    sets.forEach((key, set) -> people.put(key, set.size()));
    return people;
  }

  private static void addPacked(ResultSet row, Map<String, PeopleSet> sets) throws SQLException {
    long firstKey = row.getLong(2);
    byte[] held = row.getBytes(3);
    @Nullable Object[] keys = (Object[]) row.getArray(4).getArray();
    Object[] members = (Object[]) row.getArray(5).getArray();
    for (int place = 0; place < keys.length; place++) {
      if (keys[place] != null) {
        set(sets, (String) keys[place]).addMembers(firstKey, members, held, place);
      }
    }
  }

  private static PeopleSet set(Map<String, PeopleSet> sets, String key) {
    return sets.computeIfAbsent(key, absent -> new PeopleSet());
  }
}

package io.tidemark.insight;

import java.sql.Array;
import java.sql.ResultSet;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Distinct people by key, from the sets of rollups. Thread-safe.
///
/// Both kinds of rows are read as they are kept: the view that shows packed rows as bits makes four
/// kilobytes for each hour, minute and key, of which often some few are set.
final class PeopleReader {

  /// In one statement: while it runs, rows may become packed ones and the other way round.
  private static final String SETS =
      """
      WITH /* insight.people */ segment AS (SELECT * FROM %s)
      SELECT key, chunk * 32768 AS first_key, bit_send(bit_or(people)) AS people, CAST(NULL AS integer[]) AS members
        FROM segment %s
       GROUP BY key, chunk
      UNION ALL
      SELECT named.key, slot * CAST(262144 AS bigint), NULL,
             ARRAY(SELECT member FROM unnest(members) WITH ORDINALITY AS person (member, seat)
                    WHERE get_bit(held, ((place - 1) * cardinality(members) + seat - 1)::integer) = 1)
        FROM segment %s
       CROSS JOIN LATERAL unnest(facts, keys) WITH ORDINALITY AS named (fact, key, place)
       WHERE named.fact = ?
      """
          .formatted(
              RangeCover.SEGMENTS,
              RangeCover.rowsOf("people_rollup_unpacked", "key, chunk, people", "fact = ?"),
              // Put together with nothing, an array is taken out of its storage once, not by
              // member.
              RangeCover.rowsOf(
                  "people_rollup_packed",
                  "slot, fact AS facts, key AS keys, members || '{}' AS members, held || B'' AS held"));

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
          PeopleSet set = sets.computeIfAbsent(row.getString(1), key -> new PeopleSet());
          long firstKey = row.getLong(2);
          byte[] bits = row.getBytes(3);
          Array members = row.getArray(4);
          if (bits != null) {
            set.addBits(firstKey, bits);
          }
          if (members != null) {
            for (Object member : (Object[]) members.getArray()) {
              set.add(firstKey + ((Number) member).longValue());
            }
          }
        });
    Map<String, Long> people = new HashMap<>();
    sets.forEach((key, set) -> people.put(key, set.size()));
    return people;
  }
}

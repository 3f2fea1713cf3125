package io.tidemark.insight.funnel;

import io.tidemark.insight.Course;
import io.tidemark.insight.TimeRange;
import io.tidemark.insight.select.Breakdown;
import io.tidemark.insight.select.DetailTable;
import io.tidemark.insight.select.SqlPart;
import io.tidemark.insight.walk.PieceReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.jdbc.core.JdbcTemplate;

/// Reads the rows of a funnel, and what is known of people. Thread-safe.
final class FunnelReader {

  private static final String KINDS =
      """
      /* insight.funnel-kinds */
      SELECT name, kind_id FROM fact_kind WHERE fact = ? AND name = ANY (CAST(? AS text[])) AND qualifier = ''
      """;

  private static final String VALUES =
      """
      /* insight.funnel-values */
      SELECT user_key, value
        FROM (SELECT user_key, %s AS value FROM unnest(CAST(? AS bigint[])) AS asked (user_key) JOIN app_user AS person USING (user_key)) AS known
       WHERE value IS NOT NULL
      """;

  private static final int PEOPLE_AT_ONCE = 100_000;

  private final JdbcTemplate jdbc;
  private final PieceReader pieces;

  FunnelReader(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
    this.pieces = new PieceReader(jdbc);
  }

  /// @param walk told of one piece after the other, in another thread
  void read(
      Funnel funnel,
      TimeRange range,
      boolean readsAllOfSessions,
      Course course,
      Consumer<FunnelRows> walk) {
    FunnelStatement statement = FunnelStatement.of(funnel, readsAllOfSessions, this::readKinds);
    pieces.read(range, statement.rows(), course, piece -> walk.accept(statement.rows(piece)));
  }

  /// Values of a breakdown that is known of people.
  ///
  /// @param people any number of keys
  /// @param known told of everyone of whom there is a value
  void readValues(Breakdown breakdown, long[] people, ValueOfPerson known) {
    SqlPart value = breakdown.personValue("person");
    List<Object> parameters = new ArrayList<>(value.parameters());
    parameters.add(people);
    for (int from = 0; from < people.length; from += PEOPLE_AT_ONCE) {
      long[] some =
          Arrays.copyOfRange(people, from, Math.min(from + PEOPLE_AT_ONCE, people.length));
      parameters.set(parameters.size() - 1, some);
      jdbc.query(
          VALUES.formatted(value.sql()),
          row -> {
            known.tell(row.getLong(1), row.getString(2));
          },
          parameters.toArray());
    }
  }

  @FunctionalInterface
  interface ValueOfPerson {
    void tell(long person, String value);
  }

  private Map<String, Integer> readKinds(DetailTable table, List<String> names) {
    Map<String, Integer> numbers = new HashMap<>();
    jdbc.query(
        KINDS,
        row -> {
          numbers.put(row.getString(1), row.getInt(2));
        },
        table.fact(),
        names.toArray(new String[0]));
    return numbers;
  }
}

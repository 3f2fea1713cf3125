package io.tidemark.insight;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.testing.MigratedDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Compares the list of an answer with a query over detail whose columns bear the names of the
/// answer's fields: counts and times exactly, percentiles (`p50…`) within 1 %, what is a quotient
/// or a sum of fractions to a part in a thousand million.
record DetailAnswer(MigratedDatabase database) {

  private static final double ROUNDING = 1e-9;
  private static final double PERCENTILE_ERROR = 0.010_001;

  void assertSame(JsonNode list, String sql, Object... parameters) {
    List<Integer> compared =
        database
            .jdbc()
            .sql(sql)
            .params(parameters)
            .query((row, number) -> {
              assertThat(list.has(number)).as("row %d of %s", number, list).isTrue();
              assertSame(list.get(number), row);
              return number;
            })
            .list();
    assertThat(list.size()).isEqualTo(compared.size());
  }

  /// For a query of one row.
  void assertSameOne(JsonNode item, String sql, Object... parameters) {
    database
        .jdbc()
        .sql(sql)
        .params(parameters)
        .query(row -> {
          assertSame(item, row);
        });
  }

  private static void assertSame(JsonNode item, ResultSet row) throws SQLException {
    for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
      String field = row.getMetaData().getColumnLabel(column);
      JsonNode actual = item.get(field);
      assertThat(actual).as("field %s of %s", field, item).isNotNull();
      assertSame("%s of %s".formatted(field, item), field, actual, row.getObject(column));
    }
  }

  private static void assertSame(
      String what, String field, JsonNode actual, @Nullable Object expected) throws SQLException {
    switch (expected) {
      case null -> assertThat(actual.isNull()).as(what).isTrue();
      case Long count -> assertThat(actual.asLong()).as(what).isEqualTo(count);
      case Double number -> {
        double error = field.matches("p\\d.*") ? PERCENTILE_ERROR : ROUNDING;
        assertThat(Math.abs(actual.asDouble() - number))
            .as("%s instead of %s: %s", actual, number, what)
            .isLessThanOrEqualTo(Math.max(Math.abs(number), field.equals("avg") ? 1e3 : 0) * error);
      }
      case Timestamp time ->
          assertThat(Instant.parse(actual.asString())).as(what).isEqualTo(time.toInstant());
      case java.sql.Array array ->
          assertThat(actual.valueStream().map(JsonNode::asString).toList())
              .as(what)
              .isEqualTo(Arrays.asList((Object[]) array.getArray()));
      default -> assertThat(actual.asString()).as(what).isEqualTo(expected.toString());
    }
  }
}

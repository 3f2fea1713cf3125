package io.tidemark.insight;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.testing.FilledStore;
import io.tidemark.testing.MigratedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every example of the guide to SQL runs, finds something, and needs no more rights than the guide
/// gives to an analyst.
class SqlGuideIT {

  private static final Path GUIDE = Path.of("..", "docs", "guide", "sql.md");
  private static final Pattern EXAMPLE = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL);

  private static FilledStore store;

  @BeforeAll
  static void fill() throws Exception {
    store = new FilledStore();
    new ViewSettingStore(store.jdbc()).configure(SampleSettings.PROPERTIES);
    store.with(SampleVisits.endingAt(Instant.now()));
  }

  @AfterAll
  static void close() {
    store.close();
  }

  static List<String> examples() throws IOException {
    return EXAMPLE
        .matcher(Files.readString(GUIDE))
        .results()
        .map(example -> runnable(example.group(1)))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void example_asAnalyst_findsSomething(String example) throws Exception {
    String role = examples().getFirst();
    assertThat(role).startsWith("CREATE ROLE analyst");
    try (Connection connection = store.database().dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(role);
      if (!example.equals(role)) {
        // Names are not for every analyst.
        statement.execute(example.contains("app_user") ? "SELECT" : "SET LOCAL ROLE analyst");
        assertEveryQueryFindsSomething(statement, example);
      }
      connection.rollback();
    }
  }

  private static void assertEveryQueryFindsSomething(Statement statement, String example)
      throws SQLException {
    boolean hasResult = statement.execute(example);
    assertThat(hasResult).isTrue();
    while (hasResult) {
      try (ResultSet rows = statement.getResultSet()) {
        assertThat(rows.next()).isTrue();
        for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
          String name = rows.getMetaData().getColumnLabel(column);
          assertThat(rows.getObject(column)).as(name).isNotNull().isNotEqualTo(0L);
        }
      }
      hasResult = statement.getMoreResults();
    }
  }

  /// Without what is psql's or Grafana's own, and for the schema of the test.
  private static String runnable(String example) {
    return example
        .replaceAll("(?m)^\\\\.*\n", "")
        .replaceAll("\\$__timeFilter\\((\\w+)\\)", "$1 BETWEEN '2026-11-21Z' AND '2026-11-22Z'")
        .replaceAll("\\btidemark\\b", MigratedDatabase.SCHEMA);
  }
}

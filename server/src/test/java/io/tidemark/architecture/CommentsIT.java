package io.tidemark.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.testing.MigratedDatabase;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The schema explains itself to whoever looks at it with psql.
class CommentsIT {

  /// Everything with columns, but partitions, which are parts of a table that has its comments, and
  /// Flyway's own table.
  private static final String RELATIONS =
      """
      pg_class AS relation
       WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f')
         AND NOT relispartition AND relname <> 'schema_history'
      """;

  private static MigratedDatabase database;

  @BeforeAll
  static void open() {
    database = MigratedDatabase.open();
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Test
  void tablesAndViews_haveComments() {
    assertThat(database.count("SELECT count(*) FROM " + RELATIONS)).isGreaterThan(20);
    assertNone(
        "SELECT relname FROM " + RELATIONS + " AND obj_description(oid, 'pg_class') IS NULL");
  }

  @Test
  void columns_haveComments() {
    assertNone(
        """
        SELECT described.relname || '.' || attname
          FROM (SELECT oid, relname FROM %s) AS described JOIN pg_attribute ON attrelid = described.oid
         WHERE attnum > 0 AND NOT attisdropped AND col_description(attrelid, attnum) IS NULL
        """
            .formatted(RELATIONS));
  }

  @Test
  void functions_haveComments() {
    assertNone(
        """
        SELECT proname FROM pg_proc
         WHERE pronamespace = current_schema()::regnamespace AND obj_description(oid, 'pg_proc') IS NULL
        """);
  }

  /// Sequences of identity columns belong to their column.
  @Test
  void sequences_haveComments() {
    assertNone(
        """
        SELECT relname FROM pg_class
         WHERE relnamespace = current_schema()::regnamespace AND relkind = 'S' AND obj_description(oid, 'pg_class') IS NULL
           AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_class.oid AND deptype = 'i')
        """);
  }

  private static void assertNone(String withoutComment) {
    List<String> names = database.jdbc().sql(withoutComment).query(String.class).list();
    assertThat(names).as("without a comment").isEmpty();
  }
}

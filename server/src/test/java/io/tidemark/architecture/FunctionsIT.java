package io.tidemark.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.testing.MigratedDatabase;
import org.junit.jupiter.api.Test;

/// The schema's functions mean the same whatever the search path of who calls them is.
class FunctionsIT {

  /// A body of SQL (`BEGIN ATOMIC`, `RETURN`) is bound to its tables when it is made. What is
  /// immutable reads no table.
  private static final String LOOKING_AT_EACH_CALL =
      """
      SELECT oid::regprocedure::text FROM pg_proc
       WHERE pronamespace = current_schema()::regnamespace AND prokind IN ('f', 'p')
         AND prosqlbody IS NULL AND provolatile <> 'i'
         AND NOT EXISTS (SELECT FROM unnest(proconfig) AS setting WHERE setting LIKE 'search_path=%')
      """;

  @Test
  void functions_areBoundToTheirTablesOrSayWhereTheyAre() {
    try (MigratedDatabase database = MigratedDatabase.open()) {
      assertThat(database.jdbc().sql(LOOKING_AT_EACH_CALL).query(String.class).list()).isEmpty();
    }
  }

  @Test
  void rollupLock_underAnotherSearchPath_isTheSame() {
    try (MigratedDatabase database = MigratedDatabase.open()) {
      String lock = "SELECT %s.rollup_lock()".formatted(MigratedDatabase.SCHEMA);

      long ofServers = database.count(lock);
      long ofOthers =
          database.count(
              "SELECT %s FROM (SELECT set_config('search_path', 'pg_catalog', true) OFFSET 0) AS elsewhere"
                  .formatted("(" + lock + ")"));

      assertThat(ofOthers).isEqualTo(ofServers);
    }
  }
}

package io.tidemark.testing;

import javax.sql.DataSource;

/// Brings an empty database to the state that tests begin with.
///
/// It runs once in a JVM for each migration that is equal to no earlier one, so pass a constant or
/// a record, not a lambda made anew for each test.
@FunctionalInterface
public interface TemplateMigration {

  /// Migrates; may leave connections of the data source open.
  void migrate(DataSource database) throws Exception;
}

package io.tidemark.platform;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/// Brings the schema to the state this version needs. Servers that start together wait for each
/// other.
public final class SchemaMigration {

  private final String schema;

  public SchemaMigration(String schema) {
    this.schema = schema;
  }

  /// @throws org.flywaydb.core.api.FlywayException if the database cannot be reached or a migration
  ///   fails; nothing of a failed migration stays
  public void apply(DataSource dataSource) {
    Flyway.configure()
        .dataSource(dataSource)
        .defaultSchema(schema)
        .schemas(schema)
        .table("schema_history")
        .load()
        .migrate();
  }
}

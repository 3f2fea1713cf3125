package io.tidemark.platform;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/// Brings the schema to the state this version needs. Servers that start together wait for each
/// other.
public final class SchemaMigration {

  private static final int OLDEST_VERSION = 15;

  private final String schema;

  public SchemaMigration(String schema) {
    this.schema = schema;
  }

  /// @throws org.flywaydb.core.api.FlywayException if the database cannot be reached or a migration
  ///   fails; nothing of a failed migration stays
  public void apply(DataSource dataSource) {
    requireVersion(dataSource);
    Flyway.configure()
        .dataSource(dataSource)
        .defaultSchema(schema)
        .schemas(schema)
        .table("schema_history")
        .load()
        .migrate();
  }

  private static void requireVersion(DataSource dataSource) {
    try (Connection connection = dataSource.getConnection()) {
      int version = connection.getMetaData().getDatabaseMajorVersion();
      if (version < OLDEST_VERSION) {
        throw new FlywayException(
            "Tidemark needs PostgreSQL %d or newer, this is %d".formatted(OLDEST_VERSION, version));
      }
    } catch (SQLException e) {
      throw new FlywayException("The database cannot be reached", e);
    }
  }
}

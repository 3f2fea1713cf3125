package io.tidemark.ingest;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/// Up when records can be taken: a connection of the writers' pool answers within about a second,
/// or records are kept without the database.
final class IntakeHealth implements HealthIndicator {

  private static final int PATIENCE_SECONDS = 1;

  private final DataSource intake;
  private final RecordKeeper keeper;

  IntakeHealth(DataSource intake, RecordKeeper keeper) {
    this.intake = intake;
    this.keeper = keeper;
  }

  @Override
  public Health health() {
    try (Connection connection = intake.getConnection()) {
      return connection.isValid(PATIENCE_SECONDS) ? Health.up().build() : withoutDatabase();
    } catch (SQLException e) {
      return withoutDatabase();
    }
  }

  private Health withoutDatabase() {
    if (keeper.takesWithoutDatabase()) {
      return Health.up()
          .withDetail("reason", "The database is away; records are kept in the spool")
          .build();
    }
    return Health.down().withDetail("reason", "The database is away").build();
  }
}

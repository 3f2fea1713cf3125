package io.tidemark.ingest;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/// Up when records can be taken: a connection of the writers' pool answers within about a second.
final class IntakeHealth implements HealthIndicator {

  private static final int PATIENCE_SECONDS = 1;

  private final DataSource intake;

  IntakeHealth(DataSource intake) {
    this.intake = intake;
  }

  @Override
  public Health health() {
    try (Connection connection = intake.getConnection()) {
      return connection.isValid(PATIENCE_SECONDS) ? Health.up().build() : Health.down().build();
    } catch (SQLException e) {
      return Health.down().withDetail("reason", "The database is away").build();
    }
  }
}

package io.tidemark.ingest;

import io.tidemark.platform.DatabaseWatch;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/// Up when records can be taken. Answers at once, from what the watch over the database saw last.
final class IntakeHealth implements HealthIndicator {

  private final DatabaseWatch database;

  IntakeHealth(DatabaseWatch database) {
    this.database = database;
  }

  @Override
  public Health health() {
    return database
        .findFault()
        .map(fault -> Health.down().withDetail("reason", fault.sentence()).build())
        .orElseGet(() -> Health.up().build());
  }
}

package io.tidemark.ingest;

import io.tidemark.platform.DatabaseFault;
import io.tidemark.platform.DatabaseWatch;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/// Up when records can be taken: the database takes writes, or records are kept without it. Answers
/// at once, from what the watch over the database saw last.
final class IntakeHealth implements HealthIndicator {

  private final DatabaseWatch database;
  private final RecordKeeper keeper;

  IntakeHealth(DatabaseWatch database, RecordKeeper keeper) {
    this.database = database;
    this.keeper = keeper;
  }

  @Override
  public Health health() {
    return database.findFault().map(this::without).orElseGet(() -> Health.up().build());
  }

  private Health without(DatabaseFault fault) {
    return keeper.takesWithoutDatabase()
        ? Health.up()
            .withDetail("reason", fault.sentence())
            .withDetail("spool", "Records are kept until the database takes them")
            .build()
        : Health.down().withDetail("reason", fault.sentence()).build();
  }
}

package io.tidemark.ingest;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/// Up when records can be taken: the database takes writes, or records are kept without it. Answers
/// at once.
final class IntakeHealth implements HealthIndicator {

  private final IntakeState intake;

  IntakeHealth(IntakeState intake) {
    this.intake = intake;
  }

  @Override
  public Health health() {
    IntakeStatus now = intake.now();
    Health.Builder health = now.open() ? Health.up() : Health.down();
    if (now.reason() == null) {
      return health.build();
    }
    health.withDetail("reason", now.reason());
    if (now.since() != null) {
      health.withDetail("since", now.since());
    }
    if (now.open()) {
      health.withDetail("spool", "Records are kept until the database takes them");
    }
    return health.build();
  }
}

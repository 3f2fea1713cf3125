package io.tidemark.ingest;

import io.tidemark.platform.DatabaseFault;
import io.tidemark.platform.DatabaseWatch;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Whether records can be taken: the database takes writes, or they are kept without it. Told at
/// once, from what the watch over the database saw last. Thread-safe.
final class IntakeState {

  private final DatabaseWatch database;
  private final RecordKeeper keeper;
  private volatile @Nullable Instant stoppedAt;

  IntakeState(DatabaseWatch database, RecordKeeper keeper, InstantSource clock) {
    this.database = database;
    this.keeper = keeper;
    this.stoppedAt = database.takesWrites() ? null : clock.instant();
    database.whenStopped(() -> stoppedAt = clock.instant());
    database.whenResumed(() -> stoppedAt = null);
  }

  IntakeStatus now() {
    Optional<DatabaseFault> fault = database.findFault();
    Instant since = stoppedAt;
    return new IntakeStatus(
        fault.isEmpty() || keeper.takesWithoutDatabase(),
        fault.map(DatabaseFault::sentence).orElse(null),
        fault.isEmpty() || since == null ? null : since.truncatedTo(ChronoUnit.MILLIS),
        spoolPercent());
  }

  private @Nullable Integer spoolPercent() {
    OptionalInt percent = keeper.findPercentFull();
    return percent.isPresent() ? percent.getAsInt() : null;
  }
}

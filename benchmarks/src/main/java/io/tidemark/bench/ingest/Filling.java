package io.tidemark.bench.ingest;

import io.tidemark.bench.Progress;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;

/// Stores rows before anything is measured: full tables with large indexes behave differently from
/// empty ones.
///
/// @param rows by each filler, at least
record Filling(long rows, Progress progress) {

  private static final Duration LOOK = Duration.ofMillis(100);
  private static final long TELL_EVERY_NANOS = Duration.ofSeconds(10).toNanos();

  void fill(Contender filler) throws IOException, SQLException, InterruptedException {
    progress.tell("filling with %,d rows · %s".formatted(rows, filler.name()));
    try (Drive drive = Drive.open(filler)) {
      drive.start();
      long lastTold = System.nanoTime();
      while (drive.rows() < rows) {
        drive.await(LOOK);
        if (System.nanoTime() - lastTold > TELL_EVERY_NANOS) {
          lastTold = System.nanoTime();
          progress.tell("%,d rows".formatted(drive.rows()));
        }
      }
      drive.stop();
    }
    filler.settle();
  }
}

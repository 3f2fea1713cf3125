package io.tidemark.bench.ingest;

import io.tidemark.bench.Progress;
import io.tidemark.bench.server.BenchDatabase;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Measures how a checkpoint slows down what is stored after it: PostgreSQL then writes every page
/// whole into the WAL when it first changes. The load goes on without a pause: warm up, steady
/// time, checkpoint, the time after it.
record CheckpointRun(IngestPlan plan, BenchDatabase database, Progress progress) {

  private static final Duration SECOND = Duration.ofSeconds(1);

  /// @param steady rows in each second before the checkpoint
  /// @param after rows in each second after the checkpoint had ended
  record Effect(String contender, List<Long> steady, List<Long> after) {

    double steadyPerSecond() {
      return mean(steady);
    }

    double afterPerSecond() {
      return mean(after);
    }

    /// Seconds after the checkpoint with less than half of the steady rate.
    long slowSeconds() {
      return after.stream().filter(rows -> rows < steadyPerSecond() / 2).count();
    }

    long slowestSecond() {
      return after.stream().mapToLong(Long::longValue).min().orElse(0);
    }

    private static double mean(List<Long> seconds) {
      return seconds.stream().mapToLong(Long::longValue).average().orElse(0);
    }
  }

  Effect measure(Contender contender) throws IOException, SQLException, InterruptedException {
    try (Drive drive = Drive.open(contender);
        Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      drive.start();
      drive.await(plan.warmUp());
      List<Long> steady = seconds(drive);
      progress.tell("checkpoint · " + contender.name());
      statement.execute("CHECKPOINT");
      List<Long> after = seconds(drive);
      drive.stop();
      contender.settle();
      return new Effect(contender.name(), steady, after);
    }
  }

  private List<Long> seconds(Drive drive) throws InterruptedException {
    List<Long> seconds = new ArrayList<>();
    long next = System.nanoTime();
    long rows = drive.rows();
    for (long second = 0; second < plan.checkpointWindow().toSeconds(); second++) {
      next += SECOND.toNanos();
      drive.await(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
      long now = drive.rows();
      seconds.add(now - rows);
      rows = now;
    }
    return seconds;
  }
}

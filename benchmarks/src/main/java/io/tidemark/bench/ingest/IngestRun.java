package io.tidemark.bench.ingest;

import io.tidemark.bench.Progress;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/// Measures the contenders in turn, round after round: what changes on the machine meanwhile
/// changes for all of them.
///
/// @param pushedBack what the contenders count answers in that asked to try later
record IngestRun(
    IngestPlan plan,
    List<Contender> contenders,
    Gauge gauge,
    LongAdder pushedBack,
    Progress progress) {

  private static final double NANOS = 1e9;

  List<Slot> measure() throws IOException, SQLException, InterruptedException {
    warmUp();
    List<Slot> slots = new ArrayList<>();
    for (int round = 1; round <= plan.rounds(); round++) {
      for (Contender contender : contenders) {
        Slot slot = measure(contender, round);
        slots.add(slot);
        progress.tell(
            "round %d of %d · %s: %,.0f rows/s%s"
                .formatted(
                    round,
                    plan.rounds(),
                    contender.name(),
                    slot.acceptedPerSecond(),
                    contender.usesServer()
                        ? ", %,.0f with rollups".formatted(slot.sustainedPerSecond())
                        : ""));
      }
    }
    return slots;
  }

  /// Ends with a checkpoint, so that the next one is far away.
  private void warmUp() throws IOException, SQLException, InterruptedException {
    for (Contender contender : contenders) {
      progress.tell("warming up · " + contender.name());
      try (Drive drive = Drive.open(contender)) {
        drive.run(plan.warmUp());
      }
      contender.settle();
    }
    try (Connection connection = gauge.database().connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CHECKPOINT");
    }
  }

  private Slot measure(Contender contender, int round)
      throws IOException, SQLException, InterruptedException {
    try (Drive drive = Drive.open(contender)) {
      Gauge.Reading before = gauge.read();
      long pushedBackBefore = pushedBack.sum();
      long start = System.nanoTime();
      Drive.Sent sent = drive.run(plan.round());
      contender.settle();
      Duration settled = Duration.ofNanos(System.nanoTime() - start);
      Gauge.Reading after = gauge.read();
      return new Slot(
          contender.name(),
          round,
          sent.rows(),
          sent.time().toNanos() / NANOS,
          (contender.usesServer() ? settled : sent.time()).toNanos() / NANOS,
          contender.usesServer() ? micros(after.serverCpu().minus(before.serverCpu())) : 0,
          micros(after.postgresCpu().minus(before.postgresCpu())),
          after.walBytes() - before.walBytes(),
          after.disk().minus(before.disk()),
          after.checkpoints() - before.checkpoints(),
          pushedBack.sum() - pushedBackBefore);
    }
  }

  private static long micros(Duration duration) {
    return duration.toNanos() / 1_000;
  }
}

package io.tidemark.bench.load;

import io.tidemark.bench.Progress;
import java.time.Duration;

/// Begins and ends the measuring, and tells how it goes meanwhile: a thread of its own, which alone
/// touches the counts.
final class Timetable implements AutoCloseable {

  private static final Duration TELL_EVERY = Duration.ofSeconds(10);

  private final Duration rampUp;
  private final Duration hold;
  private final Tally tally;
  private final Progress progress;
  private final Thread thread;

  Timetable(Duration rampUp, Duration hold, Tally tally, Progress progress) {
    this.rampUp = rampUp;
    this.hold = hold;
    this.tally = tally;
    this.progress = progress;
    this.thread = Thread.ofPlatform().daemon().name("timetable").unstarted(this::run);
  }

  /// The first people arrive now. Once only.
  void begin() {
    thread.start();
  }

  @Override
  public void close() {
    thread.interrupt();
    tally.end();
  }

  private void run() {
    try {
      progress.tell("people arrive, over %d s".formatted(rampUp.toSeconds()));
      Thread.sleep(rampUp);
      progress.tell("everyone is there; measuring for %.0f s".formatted(hold.toMillis() / 1e3));
      tally.start();
      long end = System.nanoTime() + hold.toNanos();
      long requestsBefore = 0;
      for (long left = hold.toNanos(); left > 0; left = end - System.nanoTime()) {
        Duration pause = Duration.ofNanos(Math.min(left, TELL_EVERY.toNanos()));
        Thread.sleep(pause);
        long requests = tally.latencies().requests();
        tell((requests - requestsBefore) * 1e9 / pause.toNanos());
        requestsBefore = requests;
      }
      tally.end();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void tell(double requestsPerSecond) {
    progress.tell(
        "%,.0f requests/s, %.3f %% errors so far"
            .formatted(requestsPerSecond, 100 * tally.latencies().errorRate()));
  }
}

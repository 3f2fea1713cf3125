package io.tidemark.demo;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// People who use the sample app right now, each on a virtual thread, sending small batches the way
/// an app does.
///
/// When the server is away they wait and go on, keeping only the batch under way. Thread-safe: the
/// counters are adders, [#start()] and [#close()] are guarded by `this`, each visitor's thread owns
/// its randomness.
public final class SampleVisitors implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(SampleVisitors.class);

  /// They think this much faster than people, so that a page that shows the last minutes has
  /// something to show.
  private static final double PACE = 4;

  private static final int LONGEST_BREAK_MILLIS = 6_000;
  private static final int CALLS_PER_BATCH = 10;
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);

  private final InstantSource clock;
  private final int concurrent;
  private final BatchSender sender;
  private final Crowd crowd;
  private final SplittableRandom seeds;
  private final SessionScript script = new SessionScript(Rhythm.ofTheSampleApp(), PACE);
  private final List<Thread> threads = new ArrayList<>();
  private final LongAdder recorded = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final AtomicBoolean troubled = new AtomicBoolean();

  /// @param base where the server listens, as `http://127.0.0.1:8080`
  /// @param secretKey a `secret` key of that server
  /// @param concurrent how many visits go on at once, 1 to 1,000; 40 make about 40 records a second
  public SampleVisitors(URI base, String secretKey, InstantSource clock, int concurrent) {
    this(base, secretKey, clock, concurrent, clock.millis());
  }

  SampleVisitors(URI base, String secretKey, InstantSource clock, int concurrent, long seed) {
    if (concurrent < 1 || concurrent > 1_000) {
      throw new IllegalArgumentException("1 to 1,000 visits at once, not " + concurrent);
    }
    this.clock = clock;
    this.concurrent = concurrent;
    this.sender = new BatchSender(base, secretKey);
    this.crowd = new Crowd(clock.instant());
    this.seeds = new SplittableRandom(seed);
  }

  /// Lets the visitors in, over the first seconds. Once only.
  public synchronized void start() {
    if (!threads.isEmpty()) {
      throw new IllegalStateException("The visitors are there already");
    }
    for (int number = 0; number < concurrent; number++) {
      SplittableRandom random = seeds.split();
      threads.add(
          Thread.ofVirtual().name("demo-visitor-" + number).start(() -> keepVisiting(random)));
    }
  }

  /// Sends the visitors home and waits until the last one is gone.
  @Override
  public synchronized void close() {
    threads.forEach(Thread::interrupt);
    boolean interrupted = false;
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException stopped) {
        interrupted = true;
        break;
      }
    }
    sender.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// Records that the server has stored so far.
  public long recorded() {
    return recorded.sum();
  }

  /// Records that the server has refused so far, alone or with their batch.
  public long refused() {
    return refused.sum();
  }

  private void keepVisiting(SplittableRandom random) {
    try {
      while (!Thread.interrupted()) {
        Thread.sleep(random.nextInt(LONGEST_BREAK_MILLIS));
        Instant start = clock.instant();
        Session session = script.write(crowd.arrive(start, random), start, random);
        play(session);
        crowd.leave(session.visitor());
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /// Sends each step when it is over. Request timings wait for company, as an app's do.
  private void play(Session session) throws InterruptedException {
    List<SampleRecord> calls = new ArrayList<>();
    for (Session.Step step : session.steps()) {
      sleepUntil(step.endsAt());
      List<SampleRecord> batch = new ArrayList<>();
      for (SampleRecord sample : step.records()) {
        (sample instanceof SampleRecord.Call ? calls : batch).add(sample);
      }
      if (calls.size() >= CALLS_PER_BATCH) {
        batch.addAll(calls);
        calls.clear();
      }
      deliver(batch);
    }
    deliver(calls);
  }

  private void sleepUntil(Instant instant) throws InterruptedException {
    Duration left = Duration.between(clock.instant(), instant);
    if (left.isPositive()) {
      Thread.sleep(left);
    }
  }

  private void deliver(List<SampleRecord> batch) throws InterruptedException {
    if (batch.isEmpty()) {
      return;
    }
    Backoff backoff = new Backoff(FIRST_WAIT, LONGEST_WAIT);
    while (true) {
      switch (sender.post(batch)) {
        case BatchOutcome.Taken taken -> {
          recorded.add(taken.accepted() + taken.duplicates());
          refused.add(taken.rejected());
          noteBetter();
          return;
        }
        case BatchOutcome.Refused(int statusCode, String detail) -> {
          refused.add(batch.size());
          noteTrouble("it refuses them with %d: %s".formatted(statusCode, detail));
          Thread.sleep(LONGEST_WAIT);
          return;
        }
        case BatchOutcome.TryLater later -> {
          noteTrouble(later.reason());
          Thread.sleep(backoff.orAsked(later.pause()));
          backoff = backoff.doubled();
        }
      }
    }
  }

  private void noteTrouble(String reason) {
    if (troubled.compareAndSet(false, true)) {
      log.warn("The sample visitors wait for the server: {}", reason);
    }
  }

  private void noteBetter() {
    if (troubled.compareAndSet(true, false)) {
      log.info("The sample visitors go on");
    }
  }
}

package io.tidemark.demo;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;

/// Visits to the sample app, as a load generator plays them: which bodies to post, and when. In the
/// package of the sample app's model, which nothing outside it sees.
///
/// Thread-safe: the lock of `this` guards the randomness, the rest is immutable or thread-safe.
public final class AppVisits {

  /// Request timings wait for company, as those of [SampleVisitors] do.
  private static final int CALLS_PER_BATCH = 10;

  private static final double PACE_OF_PEOPLE = 1;

  private final Clock clock;
  private final Crowd crowd;
  private final SplittableRandom seeds;
  private final SessionScript script = new SessionScript(Rhythm.ofTheSampleApp(), PACE_OF_PEOPLE);
  private final BatchJson json = new BatchJson();

  public AppVisits(Clock clock, long seed) {
    this.clock = clock;
    this.crowd = new Crowd(clock.instant());
    this.seeds = new SplittableRandom(seed);
  }

  /// The visit of someone who arrives now.
  public AppVisit next() {
    SplittableRandom random = split();
    Instant start = clock.instant();
    Session session = script.write(crowd.arrive(start, random), start, random);
    crowd.leave(session.visitor());
    return new AppVisit(posts(session));
  }

  private synchronized SplittableRandom split() {
    return seeds.split();
  }

  private Queue<AppVisit.Post> posts(Session session) {
    Queue<AppVisit.Post> posts = new ArrayDeque<>();
    List<SampleRecord> calls = new ArrayList<>();
    Instant last = Instant.MIN;
    for (Session.Step step : session.steps()) {
      List<SampleRecord> batch = new ArrayList<>();
      for (SampleRecord sample : step.records()) {
        (sample instanceof SampleRecord.Call ? calls : batch).add(sample);
      }
      if (calls.size() >= CALLS_PER_BATCH) {
        batch.addAll(calls);
        calls.clear();
      }
      last = step.endsAt();
      add(posts, last, batch);
    }
    add(posts, last, calls);
    return posts;
  }

  private void add(Queue<AppVisit.Post> posts, Instant at, List<SampleRecord> batch) {
    if (!batch.isEmpty()) {
      posts.add(
          new AppVisit.Post(
              at, new String(json.write(batch), StandardCharsets.UTF_8), batch.size()));
    }
  }
}

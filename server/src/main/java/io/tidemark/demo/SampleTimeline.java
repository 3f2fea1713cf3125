package io.tidemark.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// The sample app's past, as batches of records in time order, made hour by hour as they are asked
/// for.
///
/// An hour's visits follow from the seed and the hour alone, wherever the timeline starts or ends:
/// two timelines that overlap agree on what they share, and a denser one adds visits to it (but for
/// the few members whose membership changed before the later one starts). Invariant: what waits is
/// handed out only up to the next hour to be made, since later visits cannot begin before it. For
/// one thread.
final class SampleTimeline implements Iterator<List<SampleRecord>> {

  private static final int SESSIONS_TO_GAUGE = 1_000;
  private static final Instant GAUGED_WEEK = Instant.parse("2025-06-02T00:00:00Z");

  private final long seed;
  private final Rhythm rhythm;
  private final Instant to;
  private final int batchSize;
  private final double sessionsPerHour;
  private final Crowd crowd = new Crowd(Instant.MIN);
  private final SessionScript script;
  private final PriorityQueue<SampleRecord> waiting =
      new PriorityQueue<>(
          Comparator.comparing(SampleRecord::timestamp).thenComparing(r -> r.stamp().id()));
  private Instant nextHour;

  /// @param from widened to the whole hour
  /// @param to exclusive, after `from`
  /// @param approximateRecords how many records to aim at, at least 1; a day or more comes within a
  ///   few percent of it
  /// @param batchSize most records of one batch, at least 1
  SampleTimeline(
      long seed, Rhythm rhythm, Instant from, Instant to, int approximateRecords, int batchSize) {
    if (!from.isBefore(to) || approximateRecords < 1 || batchSize < 1) {
      throw new IllegalArgumentException("a timeline needs time, records and a batch size");
    }
    this.seed = seed;
    this.rhythm = rhythm;
    this.to = to;
    this.batchSize = batchSize;
    this.script = new SessionScript(rhythm, 1);
    this.nextHour = from.truncatedTo(ChronoUnit.HOURS);
    double hours = Duration.between(from, to).toMillis() / 3_600_000.0;
    this.sessionsPerHour = approximateRecords / hours / recordsPerSession();
  }

  @Override
  public boolean hasNext() {
    makeHoursUntilOneIsReady();
    return !waiting.isEmpty() && waiting.peek().timestamp().isBefore(to);
  }

  @Override
  public List<SampleRecord> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    List<SampleRecord> batch = new ArrayList<>(batchSize);
    while (batch.size() < batchSize && hasNext()) {
      batch.add(waiting.remove());
    }
    return batch;
  }

  private void makeHoursUntilOneIsReady() {
    while (nextHour.isBefore(to)
        && (waiting.isEmpty() || !waiting.peek().timestamp().isBefore(nextHour))) {
      makeHour(nextHour);
      nextHour = nextHour.plus(1, ChronoUnit.HOURS);
    }
  }

  private void makeHour(Instant hour) {
    long hourNumber = hour.getEpochSecond() / 3_600;
    double roundedAtRandom = new SplittableRandom(Chance.seed(seed, hourNumber, -1)).nextDouble();
    int sessions = (int) (sessionsPerHour * rhythm.visits(hour) + roundedAtRandom);
    for (int number = 0; number < sessions; number++) {
      waiting.addAll(session(hour, hourNumber, number).records());
    }
  }

  private Session session(Instant hour, long hourNumber, int number) {
    RandomGenerator random = new SplittableRandom(Chance.seed(seed, hourNumber, number));
    Instant start = hour.plusMillis(random.nextInt(3_600_000));
    Session session = script.write(crowd.arrive(start, random), start, random);
    crowd.leave(session.visitor());
    return session;
  }

  /// Tried on the visits of one week, weighed as the rhythm does. Always the same week: timelines
  /// of one density must make the same visits.
  private double recordsPerSession() {
    Crowd strangers = new Crowd(Instant.MIN);
    double records = 0;
    double weights = 0;
    for (int number = 0; number < SESSIONS_TO_GAUGE; number++) {
      RandomGenerator random = new SplittableRandom(Chance.seed(seed, number, -2));
      Instant start =
          GAUGED_WEEK.plus(Duration.ofMinutes(number * 7L * 24 * 60 / SESSIONS_TO_GAUGE));
      Session session = script.write(strangers.arrive(start, random), start, random);
      records += rhythm.visits(start) * session.records().size();
      weights += rhythm.visits(start);
    }
    return records / weights;
  }
}

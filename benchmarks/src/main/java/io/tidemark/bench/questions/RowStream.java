package io.tidemark.bench.questions;

import io.tidemark.bench.rows.TimedRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// All rows of a data set in the order of time, made hour by hour: memory holds the rows of an hour
/// and what its sessions do later. Two streams of equal data sets give equal rows. Not thread-safe.
final class RowStream implements Iterator<TimedRow> {

  private static final long HOUR_MILLIS = TimeUnit.HOURS.toMillis(1);
  private static final long SEED_STEP = 1_000_003;
  private static final Comparator<TimedRow> BY_TIME = Comparator.comparingLong(TimedRow::millis);

  private final DataSet data;
  private final DailyRhythm rhythm;
  private final long startMillis;
  private int hour;
  private List<TimedRow> ready = List.of();
  private int next;
  private List<TimedRow> later = new ArrayList<>();

  RowStream(DataSet data) {
    this.data = data;
    this.rhythm = new DailyRhythm(data.start(), (int) DataSet.SPAN.toHours(), data.sessions());
    this.startMillis = data.start().toEpochMilli();
  }

  @Override
  public boolean hasNext() {
    while (next >= ready.size() && hour < rhythm.hours()) {
      makeHour();
    }
    return next < ready.size();
  }

  @Override
  public TimedRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.get(next++);
  }

  /// Sessions of these rows at times of one's own: what goes on after the data set.
  static List<TimedRow> sessionsAt(DataSet data, Instant at, int sessions, RandomGenerator random) {
    List<TimedRow> rows = new ArrayList<>();
    for (int i = 0; i < sessions; i++) {
      SampleSession.draw(random, SamplePerson.draw(random, data.people(), 1), at.toEpochMilli())
          .addRows(random, rows);
    }
    rows.sort(BY_TIME);
    return rows;
  }

  private void makeHour() {
    RandomGenerator random = new SplittableRandom(data.seed() * SEED_STEP + hour);
    long hourStart = startMillis + hour * HOUR_MILLIS;
    List<TimedRow> rows = later;
    double passed = hour / (double) rhythm.hours();
    for (int session = rhythm.sessionsIn(hour); session > 0; session--) {
      SamplePerson person = SamplePerson.draw(random, data.people(), passed);
      long start = hourStart + random.nextInt((int) HOUR_MILLIS);
      SampleSession.draw(random, person, start).addRows(random, rows);
    }
    rows.sort(BY_TIME);
    hour++;
    int end = firstFrom(rows, hourStart + HOUR_MILLIS);
    ready = rows.subList(0, end);
    later = new ArrayList<>(rows.subList(end, rows.size()));
    next = 0;
  }

  private static int firstFrom(List<TimedRow> rows, long millis) {
    int index = rows.size();
    while (index > 0 && rows.get(index - 1).millis() >= millis) {
      index--;
    }
    return index;
  }
}

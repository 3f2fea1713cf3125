package io.tidemark.insight.journey;

import io.tidemark.insight.Intervals;
import io.tidemark.insight.journey.SessionsAnswer.Edge;
import io.tidemark.insight.journey.SessionsAnswer.Interval;
import io.tidemark.insight.journey.SessionsAnswer.Spread;
import io.tidemark.insight.walk.Micros;
import io.tidemark.insight.walk.TextOrder;
import io.tidemark.platform.ProblemException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/// Adds sessions up. Not thread-safe.
final class SessionTotals implements SessionGathering<SessionGist> {

  private static final double MICROS_IN_SECOND = 1e6;

  /// What is kept of them fits into an eighth of the memory, also while it is put in order.
  private static final long MOST_SESSIONS = Runtime.getRuntime().maxMemory() / 8 / 48;

  private final Intervals intervals;
  private final boolean onlyMeant;
  private final long[] sessionsOf;
  private final double[] microsOf;
  private final long[] rowsOf;
  private long[] micros = new long[1 << 10];
  private long[] rows = new long[1 << 10];
  private int sessions;
  private final BitSet people = new BitSet();
  private final Map<Happened, Long> entries = new HashMap<>();
  private final Map<Happened, Long> exits = new HashMap<>();
  private long single;

  /// @param onlyMeant whether only sessions count that have the event that the question is about
  SessionTotals(Intervals intervals, boolean onlyMeant) {
    this.intervals = intervals;
    this.onlyMeant = onlyMeant;
    this.sessionsOf = new long[intervals.count()];
    this.microsOf = new double[intervals.count()];
    this.rowsOf = new long[intervals.count()];
  }

  @Override
  public SessionGist begin() {
    return new SessionGist();
  }

  @Override
  public void gather(SessionGist session, Happened happened, boolean isMeant) {
    session.add(happened, isMeant);
  }

  @Override
  public void ended(SessionWalk.Ended<SessionGist> session) {
    if (onlyMeant && !session.gathered().hasMeant()) {
      return;
    }
    long length = session.ended() - session.began();
    int place = place(Micros.instant(session.began()));
    sessionsOf[place]++;
    microsOf[place] += length;
    rowsOf[place] += session.rows();
    if (sessions == micros.length) {
      grow();
    }
    micros[sessions] = length;
    rows[sessions++] = session.rows();
    single += session.rows() == 1 ? 1 : 0;
    if (session.userKey() > 0) {
      people.set(Math.toIntExact(session.userKey()));
    }
    count(entries, session.gathered().entry());
    count(exits, session.gathered().exit());
  }

  private void grow() {
    if (sessions > MOST_SESSIONS) {
      throw ProblemException.of(
          HttpStatus.UNPROCESSABLE_CONTENT,
          "sessions_too_large",
          "There are more than %d sessions; ask for a shorter range".formatted(MOST_SESSIONS));
    }
    micros = Arrays.copyOf(micros, sessions * 2);
    rows = Arrays.copyOf(rows, sessions * 2);
  }

  long sessions() {
    return sessions;
  }

  long people() {
    return people.cardinality();
  }

  long single() {
    return single;
  }

  Spread seconds() {
    return spread(Arrays.copyOf(micros, sessions), MICROS_IN_SECOND);
  }

  Spread events() {
    return spread(Arrays.copyOf(rows, sessions), 1);
  }

  List<Interval> series() {
    List<Interval> series = new ArrayList<>();
    for (int place = 0; place < intervals.count(); place++) {
      long sessions = sessionsOf[place];
      series.add(
          new Interval(
              intervals.starts().get(place),
              sessions,
              sessions == 0 ? null : microsOf[place] / MICROS_IN_SECOND / sessions,
              sessions == 0 ? null : (double) rowsOf[place] / sessions));
    }
    return series;
  }

  /// The most frequent, most first, then by name.
  List<Edge> entries(int most) {
    return edges(entries, most);
  }

  /// The most frequent, most first, then by name.
  List<Edge> exits(int most) {
    return edges(exits, most);
  }

  private int place(Instant began) {
    int found = Collections.binarySearch(intervals.boundaries(), began);
    return found >= 0 ? found : -found - 2;
  }

  private static void count(Map<Happened, Long> counts, @Nullable Happened happened) {
    if (happened != null) {
      counts.merge(happened, 1L, Long::sum);
    }
  }

  private static List<Edge> edges(Map<Happened, Long> counts, int most) {
    return counts.entrySet().stream()
        .map(each -> new Edge(each.getKey().name(), each.getKey().isStep(), each.getValue()))
        .sorted(
            Comparator.comparingLong(Edge::sessions)
                .reversed()
                .thenComparing(Edge::name, TextOrder.NULLS_LAST)
                .thenComparing(Edge::isStep))
        .limit(most)
        .toList();
  }

  private static Spread spread(long[] values, double unit) {
    if (values.length == 0) {
      return new Spread(null, null, null);
    }
    Arrays.sort(values);
    double sum = 0;
    for (long value : values) {
      sum += value;
    }
    return new Spread(
        sum / values.length / unit,
        nearestRank(values, 0.5) / unit,
        nearestRank(values, 0.9) / unit);
  }

  private static double nearestRank(long[] sorted, double fraction) {
    return sorted[Math.max(0, (int) Math.ceil(fraction * sorted.length) - 1)];
  }
}

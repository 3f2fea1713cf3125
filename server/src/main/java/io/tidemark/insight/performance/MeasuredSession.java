package io.tidemark.insight.performance;

import io.tidemark.insight.journey.SessionWalk;
import io.tidemark.insight.performance.PersonRecords.Measure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A session as what was measured in it tells it.
///
/// @param measures up to its conversion, by time; at least one
/// @param stratum value of the breakdown; null when not known
record MeasuredSession(List<Measure> measures, boolean isConverted, @Nullable String stratum) {

  private static final long SILENCE_MICROS = micros(SessionWalk.SILENCE);
  private static final long LONGEST_MICROS = micros(SessionWalk.LONGEST);
  private static final long SILENCE_OF_CLIENT_MICROS = micros(SessionWalk.SILENCE_OF_CLIENT);

  private static final double FRACTION = 0.75;

  MeasuredSession {
    measures = List.copyOf(measures);
  }

  /// @param within how long after its last measure a session may convert
  static List<MeasuredSession> of(PersonRecords person, Duration within) {
    Map<@Nullable Long, List<Measure>> open = new HashMap<>();
    List<MeasuredSession> sessions = new ArrayList<>();
    for (Measure measure : person.measures()) {
      List<Measure> session = open.get(measure.session());
      if (session != null && !continues(session, measure)) {
        sessions.add(session(session, person, within));
        session = null;
      }
      if (session == null) {
        session = new ArrayList<>();
        open.put(measure.session(), session);
      }
      session.add(measure);
    }
    Collection<List<Measure>> last = open.values();
    last.forEach(session -> sessions.add(session(session, person, within)));
    return sessions;
  }

  private static boolean continues(List<Measure> session, Measure next) {
    long silence = next.atMicros() - session.getLast().atMicros();
    return next.session() == null
        ? silence <= SILENCE_MICROS
            && next.atMicros() - session.getFirst().atMicros() <= LONGEST_MICROS
        : silence <= SILENCE_OF_CLIENT_MICROS;
  }

  private static MeasuredSession session(
      List<Measure> measures, PersonRecords person, Duration within) {
    long ended = measures.getLast().atMicros();
    Long converted = person.conversion(measures.getFirst().atMicros(), ended + micros(within));
    return new MeasuredSession(
        converted == null
            ? measures
            : measures.stream().filter(each -> each.atMicros() <= converted).toList(),
        converted != null,
        person.value(ended));
  }

  /// The 75th percentile, by nearest rank.
  double met() {
    double[] values = measures.stream().mapToDouble(Measure::value).sorted().toArray();
    return values[(int) Math.ceil(FRACTION * values.length) - 1];
  }

  /// What was met by kind: whether it was ever slow.
  ///
  /// @param slowAbove by kind
  Map<Integer, Boolean> slowness(Map<Integer, Double> slowAbove, double otherwise) {
    Map<Integer, Boolean> slowness = new HashMap<>();
    for (Measure measure : measures) {
      double limit = Objects.requireNonNullElse(slowAbove.get(measure.kind()), otherwise);
      slowness.merge(measure.kind(), measure.value() > limit, Boolean::logicalOr);
    }
    return slowness;
  }

  private static long micros(Duration duration) {
    return duration.toNanos() / 1_000;
  }
}

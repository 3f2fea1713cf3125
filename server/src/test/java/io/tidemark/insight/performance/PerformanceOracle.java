package io.tidemark.insight.performance;

import io.tidemark.insight.walk.SessionOracle;
import io.tidemark.record.ApiCall;
import io.tidemark.record.Fact;
import io.tidemark.record.FactOrigin;
import io.tidemark.record.MetricSample;
import io.tidemark.record.UserEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Sessions and whether they converted, by looking at every record again for every session.
///
/// @param isMeasured what sessions consist of
/// @param converts what they convert with
record PerformanceOracle(
    List<Fact> facts,
    Instant from,
    Instant to,
    Duration within,
    Predicate<Fact> isMeasured,
    Predicate<Fact> converts) {

  /// @param met what counts of it, by time
  /// @param who a person, or a client's session of nobody
  record Session(Object who, List<Fact> met, boolean isConverted, @Nullable String device) {

    double p75() {
      List<Double> values = met.stream().map(PerformanceOracle::value).sorted().toList();
      int rank = 0;
      while ((rank + 1) * 4 < values.size() * 3) {
        rank++;
      }
      return values.get(rank);
    }

    /// Null when the endpoint was not met.
    @Nullable Double worst(String endpoint) {
      return met.stream()
          .filter(each -> each instanceof ApiCall call && call.endpoint().equals(endpoint))
          .map(PerformanceOracle::value)
          .max(Comparator.naturalOrder())
          .orElse(null);
    }
  }

  private static final JsonMapper JSON = JsonMapper.builder().build();

  static double value(Fact fact) {
    return switch (fact) {
      case ApiCall call -> Objects.requireNonNull(call.responseTimeMillis());
      case MetricSample sample -> sample.value();
      default -> throw new IllegalArgumentException(fact.toString());
    };
  }

  static @Nullable String device(Fact fact) {
    String said = fact.origin().properties();
    return said == null ? null : JSON.readTree(said).path("device").stringValue(null);
  }

  List<Session> sessions() {
    Map<String, List<Fact>> streams = new TreeMap<>();
    facts.stream()
        .filter(isMeasured)
        .filter(each -> isIn(each, from, to))
        .filter(each -> who(each) != null)
        .sorted(Comparator.comparing(each -> each.origin().at()))
        .forEach(each ->
            streams
                .computeIfAbsent(
                    who(each) + "/" + each.origin().sessionId(), a -> new ArrayList<>())
                .add(each));
    List<Session> sessions = new ArrayList<>();
    for (List<Fact> stream : streams.values()) {
      boolean isClients = stream.getFirst().origin().sessionId() != null;
      SessionOracle.sessions(stream, each -> each.origin().at(), isClients)
          .forEach(session -> sessions.add(session(session)));
    }
    return sessions;
  }

  private Session session(List<Fact> measured) {
    Object who = Objects.requireNonNull(who(measured.getFirst()));
    Instant began = measured.getFirst().origin().at();
    Instant ended = measured.getLast().origin().at();
    Instant converted =
        facts.stream()
            .filter(converts)
            .filter(each -> who.equals(who(each)))
            .map(each -> each.origin().at())
            .filter(at -> !at.isBefore(began) && !at.isAfter(ended.plus(within)))
            .min(Comparator.naturalOrder())
            .orElse(null);
    String device =
        facts.stream()
            .filter(each -> device(each) != null)
            .filter(each ->
                measured.contains(each) || (each instanceof UserEvent && who.equals(who(each))))
            .filter(each -> isIn(each, from, to) && !each.origin().at().isAfter(ended))
            .max(
                Comparator.<Fact, Instant>comparing(each -> each.origin().at())
                    .thenComparing(isMeasured::test)
                    .thenComparing(each -> Objects.requireNonNull(device(each))))
            .map(PerformanceOracle::device)
            .orElse(null);
    return new Session(
        who,
        measured.stream()
            .filter(each -> converted == null || !each.origin().at().isAfter(converted))
            .toList(),
        converted != null,
        device);
  }

  private static @Nullable Object who(Fact fact) {
    FactOrigin origin = fact.origin();
    return origin.person() == null ? origin.sessionId() : origin.person();
  }

  private static boolean isIn(Fact fact, Instant from, Instant to) {
    return !fact.origin().at().isBefore(from) && fact.origin().at().isBefore(to);
  }
}

package io.tidemark.insight.performance;

import io.tidemark.insight.performance.PerformanceAnswer.Bucket;
import io.tidemark.insight.performance.PerformanceAnswer.Endpoint;
import io.tidemark.insight.performance.PerformanceAnswer.Stratum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Sessions by what they met. Not thread-safe.
final class PerformanceTally {

  /// More values of a breakdown are not told apart.
  static final int MOST_STRATA = 1_000;

  private static final class Curve {
    private final long[] sessions;
    private final long[] conversions;

    Curve(int buckets) {
      this.sessions = new long[buckets];
      this.conversions = new long[buckets];
    }

    void add(int bucket, boolean isConverted) {
      sessions[bucket]++;
      conversions[bucket] += isConverted ? 1 : 0;
    }

    void add(Curve other) {
      for (int bucket = 0; bucket < sessions.length; bucket++) {
        sessions[bucket] += other.sessions[bucket];
        conversions[bucket] += other.conversions[bucket];
      }
    }

    long total() {
      return Arrays.stream(sessions).sum();
    }
  }

  private final PerformanceQuestion question;
  private final Map<Integer, Double> slowAbove;
  private final Map<Integer, EndpointTally> endpoints = new HashMap<>();
  private final Map<@Nullable String, Curve> curves = new HashMap<>();
  private final Curve all;
  private final Curve untold;
  private long leftOut;

  /// @param slowAbove milliseconds by endpoint, where they differ from what the question says
  PerformanceTally(PerformanceQuestion question, Map<Integer, Double> slowAbove) {
    this.question = question;
    this.slowAbove = slowAbove;
    this.all = new Curve(question.bounds().size() + 1);
    this.untold = new Curve(question.bounds().size() + 1);
  }

  void add(PersonRecords person) {
    if (person.isTooMany()) {
      leftOut++;
      return;
    }
    Set<Integer> metSlow = new HashSet<>();
    for (MeasuredSession session : MeasuredSession.of(person, question.convertsWithin())) {
      int bucket = bucket(session.met());
      all.add(bucket, session.isConverted());
      if (question.breakdown() != null) {
        curve(session.stratum()).add(bucket, session.isConverted());
      }
      if (question.metric() == null) {
        session
            .slowness(slowAbove, question.slowAboveMillis())
            .forEach((kind, isSlow) -> {
              endpoints
                  .computeIfAbsent(kind, absent -> new EndpointTally())
                  .add(session.stratum(), isSlow, session.isConverted());
              if (isSlow) {
                metSlow.add(kind);
              }
            });
      }
    }
    if (person.isPerson()) {
      metSlow.forEach(
          kind -> Objects.requireNonNull(endpoints.get(kind)).addPerson(person.subscriptions()));
    }
  }

  private Curve curve(@Nullable String stratum) {
    Curve known = curves.get(stratum);
    if (known != null) {
      return known;
    }
    if (curves.size() >= MOST_STRATA) {
      return untold;
    }
    Curve curve = new Curve(question.bounds().size() + 1);
    curves.put(stratum, curve);
    return curve;
  }

  private int bucket(double met) {
    int place = 0;
    while (place < question.bounds().size() && met >= question.bounds().get(place)) {
      place++;
    }
    return place;
  }

  long leftOut() {
    return leftOut;
  }

  Conversion overall() {
    return Conversion.of(all.total(), Arrays.stream(all.conversions).sum());
  }

  /// All sessions, then those of the values with the most, then all others together.
  List<Stratum> curves() {
    List<Stratum> strata = new ArrayList<>();
    strata.add(new Stratum(null, true, false, buckets(all)));
    if (question.breakdown() == null) {
      return strata;
    }
    List<Map.Entry<@Nullable String, Curve>> ordered =
        curves.entrySet().stream()
            .sorted(
                Comparator.<Map.Entry<@Nullable String, Curve>>comparingLong(
                        each -> -each.getValue().total())
                    .thenComparing(
                        Map.Entry::getKey, Comparator.nullsLast(Comparator.naturalOrder())))
            .toList();
    for (int rank = 0; rank < ordered.size(); rank++) {
      if (rank < question.breakdown().shown()) {
        strata.add(
            new Stratum(
                ordered.get(rank).getKey(), false, false, buckets(ordered.get(rank).getValue())));
      } else {
        untold.add(ordered.get(rank).getValue());
      }
    }
    if (untold.total() > 0) {
      strata.add(new Stratum(null, false, true, buckets(untold)));
    }
    return strata;
  }

  private List<Bucket> buckets(Curve curve) {
    List<Double> bounds = question.bounds();
    List<Bucket> buckets = new ArrayList<>();
    for (int place = 0; place <= bounds.size(); place++) {
      buckets.add(
          new Bucket(
              place == 0 ? null : bounds.get(place - 1),
              place == bounds.size() ? null : bounds.get(place),
              Conversion.of(curve.sessions[place], curve.conversions[place])));
    }
    return buckets;
  }

  /// Those whose slowness goes with the most conversions fewer first; last where nothing was
  /// compared.
  List<Endpoint> endpoints(Map<Integer, PerformanceReader.Kind> kinds) {
    return endpoints.entrySet().stream()
        .map(each ->
            each.getValue()
                .endpoint(
                    Objects.requireNonNull(kinds.get(each.getKey())),
                    Objects.requireNonNullElse(
                        slowAbove.get(each.getKey()), question.slowAboveMillis())))
        .sorted(
            Comparator.comparing(
                    Endpoint::fewerConversions,
                    Comparator.nullsLast(Comparator.<Double>reverseOrder()))
                .thenComparing(Endpoint::endpoint)
                .thenComparing(Endpoint::method))
        .toList();
  }
}

package io.tidemark.insight.performance;

import io.tidemark.insight.performance.PerformanceAnswer.Bucket;
import io.tidemark.insight.performance.PerformanceAnswer.Endpoint;
import io.tidemark.insight.performance.PerformanceAnswer.Stratum;
import io.tidemark.insight.walk.PairIndex;
import io.tidemark.insight.walk.ValueNumbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

  private static final long BYTES_OF_PAIR = 32;
  private static final long BYTES_OF_STRATUM = 100;

  private final PerformanceQuestion question;
  private final Map<Integer, Double> slowAbove;
  private final ValueNumbers values;

  /// Kinds of endpoints, and what is known of each.
  private final PairIndex kinds = new PairIndex();

  private final List<EndpointTally> endpoints = new ArrayList<>();

  /// Who met which endpoint slow: pairs of people and places of endpoints.
  private final PairIndex metSlow = new PairIndex();

  private final List<EndpointTally> met = new ArrayList<>();
  private final Map<Integer, Curve> curves = new HashMap<>();
  private final Curve all;
  private final Curve untold;
  private long sessions;
  private long leftOut;

  /// @param slowAbove milliseconds by endpoint, where they differ from what the question says
  /// @param values by number, 0 for none
  PerformanceTally(
      PerformanceQuestion question, Map<Integer, Double> slowAbove, ValueNumbers values) {
    this.question = question;
    this.slowAbove = slowAbove;
    this.values = values;
    this.all = new Curve(question.bounds().size() + 1);
    this.untold = new Curve(question.bounds().size() + 1);
  }

  /// A session that is over.
  ///
  /// @param person `user_key`; 0 for nobody
  /// @param within how long after its last measure it may convert, in microseconds
  void add(long person, MeasuredSession session, long within) {
    if (session.isTooLong()) {
      leftOut++;
      return;
    }
    sessions++;
    int bucket = bucket(session.met());
    boolean isConverted = session.isConverted(within);
    all.add(bucket, isConverted);
    if (question.breakdown() != null) {
      curve(session.stratum()).add(bucket, isConverted);
    }
    if (question.metric() == null) {
      addEndpoints(person, session, isConverted);
    }
  }

  private void addEndpoints(long person, MeasuredSession session, boolean isConverted) {
    met.clear();
    for (int measure = 0; measure < session.count(); measure++) {
      EndpointTally endpoint = endpoints.get(place(session.kind(measure)));
      if (endpoint.meet(sessions, session.value(measure))) {
        met.add(endpoint);
      }
    }
    for (EndpointTally endpoint : met) {
      if (endpoint.end(session.stratum(), isConverted) && person != 0) {
        int known = metSlow.size();
        if (metSlow.number(person, endpoint.place()) == known) {
          endpoint.addPerson();
        }
      }
    }
  }

  private int place(int kind) {
    int place = kinds.number(kind, 0);
    if (place == endpoints.size()) {
      endpoints.add(
          new EndpointTally(
              place, Objects.requireNonNullElse(slowAbove.get(kind), question.slowAboveMillis())));
    }
    return place;
  }

  /// A subscription of anyone.
  void add(PerformanceReader.Subscription subscription) {
    for (int place = 0; place < endpoints.size(); place++) {
      if (metSlow.has(subscription.person(), place)) {
        endpoints.get(place).add(subscription);
      }
    }
  }

  /// Forgets who met what; to be asked when nothing more of these people follows.
  void forgetPeople() {
    metSlow.clear();
  }

  /// What it takes in memory for people and strata.
  long bytes() {
    long strata = endpoints.stream().mapToLong(EndpointTally::strata).sum();
    return metSlow.size() * BYTES_OF_PAIR + strata * BYTES_OF_STRATUM;
  }

  private Curve curve(int stratum) {
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
    List<Map.Entry<Integer, Curve>> ordered =
        curves.entrySet().stream()
            .sorted(
                Comparator.<Map.Entry<Integer, Curve>>comparingLong(
                        each -> -each.getValue().total())
                    .thenComparing(
                        each -> value(each.getKey()),
                        Comparator.nullsLast(Comparator.naturalOrder())))
            .toList();
    for (int rank = 0; rank < ordered.size(); rank++) {
      if (rank < question.breakdown().shown()) {
        strata.add(
            new Stratum(
                value(ordered.get(rank).getKey()),
                false,
                false,
                buckets(ordered.get(rank).getValue())));
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

  private @Nullable String value(int number) {
    return number == ValueNumbers.NONE ? null : values.value(number);
  }

  /// Those whose slowness goes with the most conversions fewer first; last where nothing was
  /// compared.
  List<Endpoint> endpoints(Map<Integer, PerformanceReader.Kind> names) {
    return endpoints.stream()
        .map(each ->
            each.endpoint(
                Objects.requireNonNull(names.get(Math.toIntExact(kinds.first(each.place()))))))
        .sorted(
            Comparator.comparing(
                    Endpoint::fewerConversions,
                    Comparator.nullsLast(Comparator.<Double>reverseOrder()))
                .thenComparing(Endpoint::endpoint)
                .thenComparing(Endpoint::method))
        .toList();
  }
}

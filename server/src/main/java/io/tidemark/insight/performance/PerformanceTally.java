package io.tidemark.insight.performance;

import io.tidemark.insight.performance.PerformanceAnswer.Bucket;
import io.tidemark.insight.performance.PerformanceAnswer.Stratum;
import io.tidemark.insight.walk.TextOrder;
import io.tidemark.insight.walk.ValueNumbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Sessions by what they met. Not thread-safe.
final class PerformanceTally {

  private static final long BYTES_OF_CURVE = 150;

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
  private final ValueNumbers values;
  private final EndpointTallies endpoints;
  private final Map<Integer, Curve> curves = new HashMap<>();
  private final Curve all;
  private long leftOut;

  /// @param slowAbove milliseconds by endpoint, where they differ from what the question says
  /// @param values by number, 0 for none
  PerformanceTally(
      PerformanceQuestion question, Map<Integer, Double> slowAbove, ValueNumbers values) {
    this.question = question;
    this.values = values;
    this.endpoints = new EndpointTallies(slowAbove, question.slowAboveMillis());
    this.all = new Curve(question.bounds().size() + 1);
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
    int bucket = bucket(session.met());
    boolean isConverted = session.isConverted(within);
    all.add(bucket, isConverted);
    if (question.breakdown() != null) {
      curve(session.stratum()).add(bucket, isConverted);
    }
    if (question.metric() == null) {
      endpoints.add(person, session, isConverted);
    }
  }

  EndpointTallies endpoints() {
    return endpoints;
  }

  private Curve curve(int stratum) {
    Curve known = curves.get(stratum);
    if (known != null) {
      return known;
    }
    int buckets = question.bounds().size() + 1;
    Curve curve = new Curve(buckets);
    curves.put(stratum, curve);
    ValueNumbers.requireRoom(
        curves.size() * (BYTES_OF_CURVE + 2L * Long.BYTES * buckets), curves.size());
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
                    .thenComparing(each -> value(each.getKey()), TextOrder.NULLS_LAST))
            .toList();
    Curve others = new Curve(question.bounds().size() + 1);
    for (int rank = 0; rank < ordered.size(); rank++) {
      if (rank < question.breakdown().shown()) {
        strata.add(
            new Stratum(
                value(ordered.get(rank).getKey()),
                false,
                false,
                buckets(ordered.get(rank).getValue())));
      } else {
        others.add(ordered.get(rank).getValue());
      }
    }
    if (others.total() > 0) {
      strata.add(new Stratum(null, false, true, buckets(others)));
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
}

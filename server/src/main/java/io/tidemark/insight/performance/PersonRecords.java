package io.tidemark.insight.performance;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a person, or a client's session of nobody, met and did, each by time. Not thread-safe.
final class PersonRecords {

  /// A call of the API or a sample of the metric.
  ///
  /// @param session number of the client's session; null when not said
  record Measure(long atMicros, @Nullable Long session, double value, int kind) {}

  /// @param amount of one period
  record Subscription(@Nullable String currency, BigDecimal amount) {}

  private record Known(long atMicros, String value) {}

  /// Who has more is a machine.
  static final int MOST = 200_000;

  private final boolean isPerson;
  private final List<Measure> measures = new ArrayList<>();
  private final List<Long> conversions = new ArrayList<>();
  private final List<Known> values = new ArrayList<>();
  private final List<Subscription> subscriptions = new ArrayList<>();
  private int count;

  /// @param isPerson false for a session of nobody
  PersonRecords(boolean isPerson) {
    this.isPerson = isPerson;
  }

  void add(Measure measure) {
    if (isWithinLimit()) {
      measures.add(measure);
    }
  }

  void addConversion(long atMicros) {
    if (isWithinLimit()) {
      conversions.add(atMicros);
    }
  }

  void addValue(long atMicros, String value) {
    if (isWithinLimit()) {
      values.add(new Known(atMicros, value));
    }
  }

  void add(Subscription subscription) {
    subscriptions.add(subscription);
  }

  private boolean isWithinLimit() {
    return count++ < MOST;
  }

  boolean isPerson() {
    return isPerson;
  }

  boolean isTooMany() {
    return count > MOST;
  }

  List<Measure> measures() {
    return measures;
  }

  List<Subscription> subscriptions() {
    return subscriptions;
  }

  /// The first from one time to the other, both included; null when there is none.
  @Nullable Long conversion(long fromMicros, long toMicros) {
    int low = 0;
    int high = conversions.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (conversions.get(middle) < fromMicros) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low < conversions.size() && conversions.get(low) <= toMicros
        ? conversions.get(low)
        : null;
  }

  /// The last value of the breakdown that was said up to a time; null when there is none.
  @Nullable String value(long atMicros) {
    int low = 0;
    int high = values.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (values.get(middle).atMicros() <= atMicros) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low == 0 ? null : values.get(low - 1).value();
  }
}

package io.tidemark.insight.performance;

import io.tidemark.insight.performance.PerformanceAnswer.Endpoint;
import io.tidemark.insight.performance.PerformanceAnswer.Revenue;
import io.tidemark.insight.performance.PerformanceReader.Subscription;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Sessions that met one endpoint. Not thread-safe.
final class EndpointTally {

  /// Sessions of a stratum and how many converted.
  private static final class Cell {
    private long slow;
    private long slowConverted;
    private long fast;
    private long fastConverted;
  }

  private final int number;
  private final double slowAbove;
  private final Map<Integer, Cell> strata = new HashMap<>();
  private final Map<@Nullable String, Revenue> revenue = new HashMap<>();
  private long people;
  private long seen;
  private boolean isSlow;

  /// @param number among endpoints
  /// @param slowAbove milliseconds
  EndpointTally(int number, double slowAbove) {
    this.number = number;
    this.slowAbove = slowAbove;
  }

  int number() {
    return number;
  }

  /// How many values of the breakdown it was met with.
  int strata() {
    return strata.size();
  }

  /// A call of a session.
  ///
  /// @param session its number, which no other has
  /// @return whether it is the session's first of this endpoint
  boolean meet(long session, double millis) {
    boolean isFirst = seen != session;
    seen = session;
    isSlow = millis > slowAbove || (isSlow && !isFirst);
    return isFirst;
  }

  /// After all calls of a session that met it.
  ///
  /// @param stratum number of the value of the breakdown
  /// @return whether it met it slow
  boolean end(int stratum, boolean isConverted) {
    add(stratum, isSlow, isConverted);
    return isSlow;
  }

  private void add(int stratum, boolean isSlow, boolean isConverted) {
    Cell cell = strata.get(stratum);
    if (cell == null) {
      cell = new Cell();
      strata.put(stratum, cell);
    }
    if (isSlow) {
      cell.slow++;
      cell.slowConverted += isConverted ? 1 : 0;
    } else {
      cell.fast++;
      cell.fastConverted += isConverted ? 1 : 0;
    }
  }

  /// Someone met it slow; once for each person.
  void addPerson() {
    people++;
  }

  /// Of someone who met it slow.
  void add(Subscription subscription) {
    String currency = subscription.currency();
    Revenue known = revenue.get(currency);
    BigDecimal before = known == null ? BigDecimal.ZERO : known.amount();
    long count = known == null ? 0 : known.subscriptions();
    revenue.put(currency, new Revenue(currency, before.add(subscription.amount()), count + 1));
  }

  /// Within each stratum that has slow and fast sessions, their rates are set against each other;
  /// strata count by their slow sessions. The interval is that of a sum of independent differences,
  /// each with one conversion and one other session added to either side (A. Agresti, B. Caffo, The
  /// American Statistician 54, 2000), which keeps it honest when sessions are few.
  Endpoint endpoint(PerformanceReader.Kind kind) {
    long slow = 0;
    long slowConverted = 0;
    long fast = 0;
    long fastConverted = 0;
    double compared = 0;
    double fewer = 0;
    double centre = 0;
    double variance = 0;
    for (Cell cell : strata.values()) {
      slow += cell.slow;
      slowConverted += cell.slowConverted;
      fast += cell.fast;
      fastConverted += cell.fastConverted;
      if (cell.slow > 0 && cell.fast > 0) {
        double weight = cell.slow;
        compared += weight;
        fewer +=
            weight
                * ((double) cell.fastConverted / cell.fast
                    - (double) cell.slowConverted / cell.slow);
        double slowRate = (cell.slowConverted + 1.0) / (cell.slow + 2.0);
        double fastRate = (cell.fastConverted + 1.0) / (cell.fast + 2.0);
        centre += weight * (fastRate - slowRate);
        variance +=
            weight
                * weight
                * (slowRate * (1 - slowRate) / (cell.slow + 2.0)
                    + fastRate * (1 - fastRate) / (cell.fast + 2.0));
      }
    }
    double half = Conversion.Z * Math.sqrt(variance);
    boolean isCompared = compared > 0;
    return new Endpoint(
        kind.name(),
        kind.qualifier(),
        slowAbove,
        Conversion.of(slow, slowConverted),
        Conversion.of(fast, fastConverted),
        isCompared ? fewer / compared : null,
        isCompared ? Math.max(-1, (centre - half) / compared) : null,
        isCompared ? Math.min(1, (centre + half) / compared) : null,
        isCompared ? fewer : null,
        people,
        revenue.values().stream()
            .sorted(
                Comparator.comparing(
                    Revenue::currency, Comparator.nullsLast(Comparator.naturalOrder())))
            .toList());
  }
}

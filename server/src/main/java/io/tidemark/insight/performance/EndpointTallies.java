package io.tidemark.insight.performance;

import io.tidemark.insight.performance.PerformanceAnswer.Endpoint;
import io.tidemark.insight.performance.PerformanceReader.Subscription;
import io.tidemark.insight.walk.PairIndex;
import io.tidemark.insight.walk.TextOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Sessions by the endpoints that they met, and who met which one slow. Not thread-safe.
final class EndpointTallies {

  private static final long BYTES_OF_PAIR = 32;
  private static final long BYTES_OF_STRATUM = 100;

  private final Map<Integer, Double> slowAbove;
  private final double otherwise;

  /// Kinds of endpoints; what is known of each has the same number.
  private final PairIndex kinds = new PairIndex();

  private final List<EndpointTally> endpoints = new ArrayList<>();

  /// Pairs of people and numbers of endpoints.
  private final PairIndex metSlow = new PairIndex();

  private final List<EndpointTally> met = new ArrayList<>();
  private long sessions;

  /// @param slowAbove milliseconds by kind, where they are not as `otherwise`
  EndpointTallies(Map<Integer, Double> slowAbove, double otherwise) {
    this.slowAbove = slowAbove;
    this.otherwise = otherwise;
  }

  /// @param person `user_key`; 0 for nobody
  void add(long person, MeasuredSession session, boolean isConverted) {
    sessions++;
    met.clear();
    for (int measure = 0; measure < session.count(); measure++) {
      EndpointTally endpoint = endpoints.get(number(session.kind(measure)));
      if (endpoint.meet(sessions, session.value(measure))) {
        met.add(endpoint);
      }
    }
    for (EndpointTally endpoint : met) {
      if (endpoint.end(session.stratum(), isConverted) && person != 0) {
        int known = metSlow.size();
        if (metSlow.number(person, endpoint.number()) == known) {
          endpoint.addPerson();
        }
      }
    }
  }

  private int number(int kind) {
    int number = kinds.number(kind, 0);
    if (number == endpoints.size()) {
      endpoints.add(
          new EndpointTally(number, Objects.requireNonNullElse(slowAbove.get(kind), otherwise)));
    }
    return number;
  }

  /// A subscription of anyone.
  void add(Subscription subscription) {
    for (EndpointTally endpoint : endpoints) {
      if (metSlow.has(subscription.person(), endpoint.number())) {
        endpoint.add(subscription);
      }
    }
  }

  /// Forgets who met what.
  void forgetPeople() {
    metSlow.clear();
  }

  /// What it takes in memory for people and strata.
  long bytes() {
    long strata = endpoints.stream().mapToLong(EndpointTally::strata).sum();
    return metSlow.size() * BYTES_OF_PAIR + strata * BYTES_OF_STRATUM;
  }

  /// Those whose slowness goes with the most conversions fewer first; last where nothing was
  /// compared.
  List<Endpoint> endpoints(Map<Integer, PerformanceReader.Kind> names) {
    return endpoints.stream()
        .map(each ->
            each.endpoint(
                Objects.requireNonNull(names.get(Math.toIntExact(kinds.first(each.number()))))))
        .sorted(
            Comparator.comparing(
                    Endpoint::fewerConversions,
                    Comparator.nullsLast(Comparator.<Double>reverseOrder()))
                .thenComparing(Endpoint::endpoint, TextOrder.NULLS_LAST)
                .thenComparing(Endpoint::method, TextOrder.NULLS_LAST))
        .toList();
  }
}

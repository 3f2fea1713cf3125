package io.tidemark.record;

/// What happened, in few words that many facts have in common: detail knows it by a number.
/// Ordered, because senders could choose names whose hashes are the same: hash tables stay quick
/// with keys that can be compared.
///
/// @param name event type, step, metric or endpoint
/// @param qualifier unit of a metric, method of an endpoint; empty when there is none
public record FactKind(FactTable fact, String name, String qualifier)
    implements Comparable<FactKind> {

  @Override
  public int compareTo(FactKind other) {
    int byName = name.compareTo(other.name);
    if (byName != 0) {
      return byName;
    }
    int byQualifier = qualifier.compareTo(other.qualifier);
    return byQualifier == 0 ? fact.compareTo(other.fact) : byQualifier;
  }
}

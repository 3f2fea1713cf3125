package io.tidemark.demo;

/// What the server made of a history.
///
/// @param accepted records stored now
/// @param duplicates records it had already
/// @param rejected records it refused by name
public record HistoryOutcome(long accepted, long duplicates, long rejected) {

  /// Records sent.
  public long sent() {
    return accepted + duplicates + rejected;
  }

  HistoryOutcome plus(BatchOutcome.Taken taken) {
    return new HistoryOutcome(
        accepted + taken.accepted(), duplicates + taken.duplicates(), rejected + taken.rejected());
  }
}

package io.tidemark.demo;

/// Told how far the sending of a history is, after each batch and by one thread at a time.
@FunctionalInterface
public interface ProgressListener {

  /// Takes note of one more batch. A slow listener slows the sending.
  ///
  /// @param sent records that the server has answered for, growing
  /// @param total how many there will be: an estimate until the last call, in which it equals
  ///   `sent`
  void progressed(long sent, long total);
}

package io.tidemark.rollup;

/// Hears how far long work over rollups has come, and says whether it goes on.
@FunctionalInterface
public interface WorkListener {

  /// Told often, by the thread that does the work.
  ///
  /// @param done of `total` parts
  /// @return false to stop; what is done stays done
  boolean progressed(long done, long total);
}

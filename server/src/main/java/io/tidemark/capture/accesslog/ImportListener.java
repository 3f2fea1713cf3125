package io.tidemark.capture.accesslog;

/// Told how far an import is, some times a second at the speed of usual machines, by one thread. A
/// slow listener slows the import.
@FunctionalInterface
public interface ImportListener {

  /// @param readBytes bytes of the input read, packed as they are
  /// @param lines lines read
  void progressed(long readBytes, long lines);
}

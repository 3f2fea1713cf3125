package io.tidemark.capture.accesslog;

/// How an import ended. However it did, the same import can be run again and adds only what is
/// missing.
public sealed interface ImportEnding {

  /// The whole log was read.
  record Complete() implements ImportEnding {}

  /// It was asked to stop.
  record Stopped() implements ImportEnding {}

  /// It could not go on.
  ///
  /// @param reason for the person who must act
  record Broken(String reason) implements ImportEnding {}
}

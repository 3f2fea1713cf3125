package io.tidemark.access;

/// What became of the wish for a new key.
public sealed interface CreateKeyOutcome {

  /// @param key in clear, for the only time
  record Created(String key) implements CreateKeyOutcome {

    @Override
    public String toString() {
      return "Created[key=***]";
    }
  }

  /// @param reason for the person who asked: what is wrong with the name
  record Refused(String reason) implements CreateKeyOutcome {}
}

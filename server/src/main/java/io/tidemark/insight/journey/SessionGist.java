package io.tidemark.insight.journey;

import org.jspecify.annotations.Nullable;

/// What is gathered of a session to count it. Not thread-safe.
final class SessionGist {

  private @Nullable Happened entry;
  private @Nullable Happened exit;
  private boolean hasMeant;

  void add(Happened happened, boolean isMeant) {
    entry = entry == null ? happened : entry;
    exit = happened;
    hasMeant |= isMeant;
  }

  /// What it began with; of several at that instant the first by name.
  @Nullable Happened entry() {
    return entry;
  }

  /// What it ended with; of several at that instant the last by name.
  @Nullable Happened exit() {
    return exit;
  }

  /// Whether the event that the question is about is in it.
  boolean hasMeant() {
    return hasMeant;
  }
}

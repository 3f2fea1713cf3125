package io.tidemark.access;

import java.util.Locale;

/// What a key is for. The constants' names in lower case are in the key itself, in the database and
/// on the command line.
public enum KeyKind {
  /// May be public, as in a browser or an app: may record.
  WRITE(true, false),
  /// A server's: may record and ask.
  SECRET(true, true),
  /// May ask.
  READ(false, true);

  private final boolean records;
  private final boolean asks;

  KeyKind(boolean records, boolean asks) {
    this.records = records;
    this.asks = asks;
  }

  public boolean isForRecording() {
    return records;
  }

  public boolean isForAsking() {
    return asks;
  }

  /// The word for this kind: `write`, `secret` or `read`.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static KeyKind ofWord(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}

package io.tidemark.access;

import java.util.Locale;

/// What a key is for. The constants' names in lower case are in the key itself, in the database and
/// on the command line.
public enum KeyKind {
  /// May be public, as in a browser or an app: may record.
  WRITE(true, false, false),
  /// A server's: may record, ask, and see who people are.
  SECRET(true, true, true),
  /// May ask.
  READ(false, true, false),
  /// May ask, and see who people are.
  PEOPLE(false, true, true);

  private final boolean records;
  private final boolean asks;
  private final boolean seesPeople;

  KeyKind(boolean records, boolean asks, boolean seesPeople) {
    this.records = records;
    this.asks = asks;
    this.seesPeople = seesPeople;
  }

  public boolean isForRecording() {
    return records;
  }

  public boolean isForAsking() {
    return asks;
  }

  public boolean isForSeeingPeople() {
    return seesPeople;
  }

  /// The word for this kind: `write`, `secret`, `read` or `people`.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static KeyKind ofWord(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}

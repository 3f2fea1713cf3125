package io.tidemark.insight.journey;

import io.tidemark.insight.walk.Piece;

/// What the columns of a piece mean to sessions. Nobody changes it.
///
/// A row's person and what happened stand in one number: `user_key` before the last 26 bits; of
/// these the last says whether it is the event that the question is about, the others its kind.
record SessionRows(Piece piece, Happenings happenings) {

  static final int BITS_OF_WHAT = 26;
  private static final int WHAT = (1 << BITS_OF_WHAT) - 1;

  /// `user_key`; 0 for nobody.
  long person(int row) {
    return piece.column(1).at(row) >>> BITS_OF_WHAT;
  }

  /// A hash of the client's session; 0 where there is none.
  long session(int row) {
    return piece.column(2).at(row);
  }

  /// Among what can happen.
  int place(int row) {
    return happenings.place(((int) piece.column(1).at(row) & WHAT) >>> 1);
  }

  boolean isMeant(int row) {
    return (piece.column(1).at(row) & 1) == 1;
  }
}

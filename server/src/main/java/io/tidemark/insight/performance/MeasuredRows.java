package io.tidemark.insight.performance;

import io.tidemark.insight.walk.Piece;

/// What the columns of a piece mean: measures (calls or samples), conversions, and events that only
/// say a value of the breakdown. Nobody changes it.
///
/// A row's person and what it is stand in one number: `user_key` before the last 26 bits; of these
/// the last two say what it is, the one before whether it says a value, the others its kind.
record MeasuredRows(Piece piece) {

  static final int BITS_OF_WHAT = 26;
  static final int BITS_BELOW_KIND = 3;
  static final int MEASURE = 1;
  static final int CONVERSION = 2;
  static final int HAS_VALUE = 4;
  private static final int WHAT = (1 << BITS_OF_WHAT) - 1;

  /// `user_key`; 0 for nobody.
  long person(int row) {
    return piece.column(1).at(row) >>> BITS_OF_WHAT;
  }

  boolean isMeasure(int row) {
    return (piece.column(1).at(row) & MEASURE) != 0;
  }

  boolean isConversion(int row) {
    return (piece.column(1).at(row) & CONVERSION) != 0;
  }

  boolean hasValue(int row) {
    return (piece.column(1).at(row) & HAS_VALUE) != 0;
  }

  int kind(int row) {
    return ((int) piece.column(1).at(row) & WHAT) >>> BITS_BELOW_KIND;
  }

  /// A hash of the client's session; 0 where there is none, and where a row of a person is no
  /// measure.
  long session(int row) {
    return piece.column(2).at(row);
  }

  /// What was measured.
  double met(int row) {
    return piece.column(3).doubleAt(row);
  }
}

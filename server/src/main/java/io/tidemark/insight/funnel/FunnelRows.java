package io.tidemark.insight.funnel;

import io.tidemark.insight.walk.Piece;
import io.tidemark.insight.walk.TextColumn;
import io.tidemark.insight.walk.ValueNumbers;

/// What the columns of a piece mean to a funnel. Nobody changes it.
///
/// A row's person and what it is stand in one number: `user_key` before the last 26 bits; of these
/// the first says whether the others are the row's kind, else they are its bits ([FunnelRules]).
///
/// @param kinds what kinds are
record FunnelRows(Piece piece, KindBits kinds, boolean hasSessions) {

  static final int BITS_OF_WHAT = 26;
  static final int IS_KIND = 1 << 25;
  private static final int WHAT = IS_KIND - 1;

  /// `user_key`; 0 for nobody.
  long person(int row) {
    return piece.column(1).at(row) >>> BITS_OF_WHAT;
  }

  int bits(int row) {
    int what = (int) piece.column(1).at(row);
    return (what & IS_KIND) == 0 ? what & WHAT : kinds.bits(what & WHAT);
  }

  /// A hash of the client's session; 0 where there is none.
  long session(int row) {
    return hasSessions ? piece.column(2).at(row) : 0;
  }

  int count() {
    return piece.count();
  }

  /// The value of the breakdown of each row, none where it is no first step; empty without values.
  int[] values(ValueNumbers numbers) {
    if (piece.texts().isEmpty()) {
      return new int[0];
    }
    int[] values = new int[count()];
    TextColumn.Cursor texts = piece.texts().cursor();
    for (int row = 0; row < values.length; row++) {
      if (FunnelRules.isStep(bits(row), 0)) {
        values[row] = numbers.number(texts.next());
      }
    }
    return values;
  }
}

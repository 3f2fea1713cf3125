package io.tidemark.insight.walk;

/// Which rows of a piece have a text, and which.
///
/// A piece is put together in memory, here and in PostgreSQL, so a row's text must be short there:
/// of a long one its SHA-256 is sent, and the text itself once for all rows that have it.
///
/// @param column of the rows, may be null
/// @param condition which rows have one
public record PieceTexts(String column, String condition) {

  /// So that not even of the rows of the shortest piece it is more than PostgreSQL puts together.
  static final int LONGEST_BYTES = 200;

  /// Texts in the order of the rows; an aggregate.
  String aggregate() {
    return """
    string_agg(CASE WHEN octet_length(%1$s) <= %2$d THEN textsend(%1$s)
                    WHEN %1$s IS NULL THEN %3$s
                    ELSE %4$s || textsend(encode(sha256(textsend(%1$s)), 'hex')) END, %5$s) FILTER (WHERE %6$s)\
    """
        .formatted(
            column,
            LONGEST_BYTES,
            aByte(TextColumn.NOTHING),
            aByte(TextColumn.LONG),
            aByte(TextColumn.END),
            condition);
  }

  /// Which rows have a long one.
  String isLong() {
    return "octet_length(%s) > %d AND %s".formatted(column, LONGEST_BYTES, condition);
  }

  private static String aByte(byte value) {
    return "decode('%02x', 'hex')".formatted(value);
  }
}

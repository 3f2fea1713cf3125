package io.tidemark.insight.walk;

import java.util.List;

/// Rows of a piece of time, in no order, as columns. Nobody changes them.
public final class Piece {

  private final long endMicros;
  private final List<LongColumn> columns;
  private final TextColumn texts;

  /// @param columns as long as each other; the first has the time of each row
  /// @param texts of the rows that have one, in their order
  public Piece(long endMicros, List<LongColumn> columns, TextColumn texts) {
    this.endMicros = endMicros;
    this.columns = List.copyOf(columns);
    this.texts = texts;
  }

  /// No row of a later piece is before this.
  public long endMicros() {
    return endMicros;
  }

  public int count() {
    return columns.getFirst().count();
  }

  public long at(int row) {
    return columns.getFirst().at(row);
  }

  /// @param place from 0, which is the times
  public LongColumn column(int place) {
    return columns.get(place);
  }

  public TextColumn texts() {
    return texts;
  }
}

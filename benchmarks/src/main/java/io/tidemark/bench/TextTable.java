package io.tidemark.bench;

import java.util.ArrayList;
import java.util.List;

/// A table for the terminal: the first column to the left, the others to the right, each as wide as
/// it needs to be.
public final class TextTable {

  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  public TextTable(String... heads) {
    rows.add(List.of(heads));
  }

  /// @param cells as many as there are heads
  public TextTable add(String... cells) {
    if (cells.length != rows.getFirst().size()) {
      throw new IllegalArgumentException("a row has as many cells as the table has heads");
    }
    rows.add(List.of(cells));
    return this;
  }

  @Override
  public String toString() {
    int[] widths = new int[rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      for (int column = 0; column < widths.length; column++) {
        String padding = " ".repeat(widths[column] - row.get(column).length());
        text.append(column == 0 ? row.get(column) + padding : GAP + padding + row.get(column));
      }
      text.append('\n');
    }
    return text.toString();
  }
}

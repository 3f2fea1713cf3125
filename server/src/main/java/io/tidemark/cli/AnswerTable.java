package io.tidemark.cli;

import java.io.InputStream;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.MappingIterator;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvReadFeature;

/// Rows in columns of equal width, numbers to the right and with four digits where they have a
/// longer fraction. Long text is cut, marked by `…`. More rows than fit into memory are not shown.
final class AnswerTable {

  private static final CsvMapper CSV =
      CsvMapper.builder()
          .enable(CsvReadFeature.WRAP_AS_ARRAY)
          .enable(CsvReadFeature.EMPTY_UNQUOTED_STRING_AS_NULL)
          .build();
  private static final int WIDEST_CELL = 60;

  /// Numbers with more digits than anyone reads; `--csv` and `--json` have them all.
  private static final Pattern LONG_FRACTION =
      Pattern.compile("-?\\d{1,15}\\.\\d{4,20}(E-?\\d{1,2})?");

  private static final int SHOWN_DIGITS = 4;

  private final List<String[]> rows = new ArrayList<>();
  private boolean isCut;

  private AnswerTable() {}

  /// @param csv its first row has the names of the columns
  /// @param mostRows how many rows to keep
  static AnswerTable read(InputStream csv, int mostRows) {
    AnswerTable table = new AnswerTable();
    try (MappingIterator<String[]> rows = CSV.readerFor(String[].class).readValues(csv)) {
      while (rows.hasNext() && !table.isCut) {
        table.add(rows.next(), mostRows);
      }
    }
    return table;
  }

  private void add(String[] row, int mostRows) {
    isCut = rows.size() > mostRows;
    if (!isCut) {
      rows.add(Arrays.stream(row).map(AnswerTable::text).toArray(String[]::new));
    }
  }

  /// What is not known is a blank cell, a text without characters is none.
  private static String text(@Nullable String cell) {
    if (cell == null) {
      return "";
    }
    return cell.isEmpty() ? "\"\"" : cell;
  }

  void print(PrintWriter out) {
    int[] widths = widths();
    for (int i = 0; i < rows.size(); i++) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < rows.get(i).length; column++) {
        line.append(column == 0 ? "" : "  ").append(cell(i, column, widths[column]));
      }
      out.println(line.toString().stripTrailing());
    }
    if (isCut) {
      out.printf("… the first %,d rows; --csv has them all%n", rows.size() - 1);
    } else if (rows.size() == 1) {
      out.println("(no rows)");
    }
    if (rows.stream().flatMap(Arrays::stream).anyMatch(AnswerTable::isTooWide)) {
      out.println("… after a text: --csv has it whole");
    }
  }

  private int[] widths() {
    int[] widths = new int[rows.isEmpty() ? 0 : rows.getFirst().length];
    for (String[] row : rows) {
      for (int column = 0; column < widths.length && column < row.length; column++) {
        widths[column] = Math.max(widths[column], shortened(row[column]).length());
      }
    }
    return widths;
  }

  private String cell(int row, int column, int width) {
    String text = shortened(rows.get(row)[column]);
    String padding = " ".repeat(Math.max(0, width - text.length()));
    boolean isNumber = rows.size() > 1 && rows.get(1)[column].matches("-?[0-9][0-9.E-]*");
    return isNumber ? padding + text : text + padding;
  }

  private static String shortened(String cell) {
    if (LONG_FRACTION.matcher(cell).matches()) {
      BigDecimal number = new BigDecimal(cell);
      int wholeDigits = Math.max(0, number.precision() - number.scale());
      return number
          .round(new MathContext(Math.max(SHOWN_DIGITS, wholeDigits)))
          .stripTrailingZeros()
          .toPlainString();
    }
    String line = cell.replaceAll("\\p{Cntrl}+", " ");
    return isTooWide(line)
        ? line.substring(0, line.offsetByCodePoints(0, WIDEST_CELL - 1)) + "…"
        : line;
  }

  private static boolean isTooWide(String line) {
    return line.codePointCount(0, line.length()) > WIDEST_CELL;
  }
}

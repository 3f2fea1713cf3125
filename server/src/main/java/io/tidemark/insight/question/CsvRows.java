package io.tidemark.insight.question;

import java.io.OutputStream;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SequenceWriter;
import tools.jackson.databind.util.RawValue;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvSchema;
import tools.jackson.dataformat.csv.CsvWriteFeature;

/// Rows as CSV (RFC 4180, UTF-8). Text that a spreadsheet would take for a formula has `'` before
/// it: what people type into an app must not be run on the machine of whoever opens the file. What
/// is not known is nothing, a text without characters is `""`. Not thread-safe.
final class CsvRows implements RowSink, AutoCloseable {

  private static final CsvMapper CSV =
      CsvMapper.builder().enable(CsvWriteFeature.STRICT_CHECK_FOR_QUOTING).build();

  /// The feature for this has no effect beside the strict check (jackson-dataformat-csv 3.1.7).
  private static final RawValue WITHOUT_CHARACTERS = new RawValue("\"\"");

  private static final String BEGINS_A_FORMULA = "=+-@\t\r\n";

  private final OutputStream body;
  private final Consumer<AnswerHead> heads;
  private @Nullable SequenceWriter writer;

  /// @param heads told what the answer says first
  CsvRows(OutputStream body, Consumer<AnswerHead> heads) {
    this.body = body;
    this.heads = heads;
  }

  @Override
  public void head(AnswerHead head) {
    heads.accept(head);
  }

  @Override
  public void columns(String... names) {
    CsvSchema.Builder schema = CsvSchema.builder().setLineSeparator("\r\n");
    for (String name : names) {
      schema.addColumn(name);
    }
    writer = CSV.writer(schema.build()).writeValues(body);
    row((Object[]) names);
  }

  @Override
  public void row(@Nullable Object... cells) {
    if (writer == null) {
      throw new IllegalStateException("Rows have columns first");
    }
    @Nullable Object[] told = new @Nullable Object[cells.length];
    for (int i = 0; i < cells.length; i++) {
      told[i] = cell(cells[i]);
    }
    writer.write(told);
  }

  /// To be called when all rows are written; what broke off is not to look whole.
  @Override
  public void close() {
    if (writer != null) {
      writer.close();
    }
  }

  static @Nullable Object cell(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Number number -> number;
      case Boolean bool -> bool;
      case Enum<?> constant -> constant.name().toLowerCase(Locale.ROOT);
      default -> text(value.toString());
    };
  }

  private static Object text(String text) {
    if (text.isEmpty()) {
      return WITHOUT_CHARACTERS;
    }
    boolean isFormula = BEGINS_A_FORMULA.indexOf(text.charAt(0)) >= 0;
    return isFormula ? "'" + text : text;
  }
}

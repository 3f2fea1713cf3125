package io.tidemark.insight.walk;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Texts, read where PostgreSQL's bytes lie: in UTF-8, with a NUL between each two, which no text
/// has. Nobody changes them.
public final class TextColumn {

  private static final byte END = 0;

  /// No text has this byte, since it is no UTF-8.
  private static final byte NOTHING = (byte) 0xff;

  private final byte @Nullable [] sent;

  private TextColumn(byte @Nullable [] sent) {
    this.sent = sent;
  }

  /// @param sent null for no texts
  static TextColumn of(byte @Nullable [] sent) {
    return new TextColumn(sent);
  }

  public static TextColumn of(List<@Nullable String> texts) {
    if (texts.isEmpty()) {
      return new TextColumn(null);
    }
    byte[][] each =
        texts.stream()
            .map(
                text -> text == null ? new byte[] {NOTHING} : text.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    for (int place = 0; place < each.length; place++) {
      if (place > 0) {
        sent.write(END);
      }
      sent.writeBytes(each[place]);
    }
    return new TextColumn(sent.toByteArray());
  }

  /// The SQL of such a column: an aggregate over what may be null.
  ///
  /// @param condition which rows have a text
  public static String sql(String text, String condition) {
    return "string_agg(coalesce(textsend(%s), '\\xff'), '\\x00') FILTER (WHERE %s)"
        .formatted(text, condition);
  }

  public boolean isEmpty() {
    return sent == null;
  }

  /// The texts from the first on. Not thread-safe.
  public Cursor cursor() {
    return new Cursor(sent == null ? new byte[0] : sent);
  }

  /// Reads one text after the other.
  public static final class Cursor {
    private final byte[] sent;
    private int place;

    private Cursor(byte[] sent) {
      this.sent = sent;
    }

    /// There must be one.
    public @Nullable String next() {
      int from = place;
      int to = from;
      while (to < sent.length && sent[to] != END) {
        to++;
      }
      place = to + 1;
      return to == from + 1 && sent[from] == NOTHING
          ? null
          : new String(sent, from, to - from, StandardCharsets.UTF_8);
    }
  }
}

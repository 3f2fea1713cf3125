package io.tidemark.insight.walk;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Texts, read where PostgreSQL's bytes lie: in UTF-8, with a NUL between each two, which no text
/// has. Nobody changes them.
public final class TextColumn {

  static final byte END = 0;

  /// No text has this byte, since it is no UTF-8.
  static final byte NOTHING = (byte) 0xff;

  /// Nor this one; behind it stand the hexadecimal digits of the SHA-256 of a long text.
  static final byte LONG = (byte) 0xfe;

  private final byte @Nullable [] sent;
  private final Map<String, String> longTexts;

  /// @param sent null for no texts
  /// @param longTexts by their SHA-256; others may be added meanwhile
  TextColumn(byte @Nullable [] sent, Map<String, String> longTexts) {
    this.sent = sent;
    this.longTexts = longTexts;
  }

  /// Texts of any length.
  public static TextColumn of(List<@Nullable String> texts) {
    if (texts.isEmpty()) {
      return new TextColumn(null, Map.of());
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
    return new TextColumn(sent.toByteArray(), Map.of());
  }

  public boolean isEmpty() {
    return sent == null;
  }

  /// Of long texts, the SHA-256 of those that are not known.
  Set<String> unknown() {
    Set<String> unknown = new HashSet<>();
    byte[] bytes = sent == null ? new byte[0] : sent;
    for (int place = 0; place < bytes.length; place++) {
      if (bytes[place] == LONG) {
        int from = place + 1;
        place = end(bytes, from);
        String hash = text(bytes, from, place);
        if (!longTexts.containsKey(hash)) {
          unknown.add(hash);
        }
      }
    }
    return unknown;
  }

  private static int end(byte[] sent, int from) {
    int to = from;
    while (to < sent.length && sent[to] != END) {
      to++;
    }
    return to;
  }

  private static String text(byte[] sent, int from, int to) {
    return new String(sent, from, to - from, StandardCharsets.UTF_8);
  }

  /// The texts from the first on. Not thread-safe.
  public Cursor cursor() {
    return new Cursor(sent == null ? new byte[0] : sent, longTexts);
  }

  /// Reads one text after the other.
  public static final class Cursor {
    private final byte[] sent;
    private final Map<String, String> longTexts;
    private int place;

    private Cursor(byte[] sent, Map<String, String> longTexts) {
      this.sent = sent;
      this.longTexts = longTexts;
    }

    /// There must be one.
    public @Nullable String next() {
      int from = place;
      int to = end(sent, from);
      place = to + 1;
      if (to == from + 1 && sent[from] == NOTHING) {
        return null;
      }
      return to > from && sent[from] == LONG
          ? Objects.requireNonNull(longTexts.get(text(sent, from + 1, to)))
          : text(sent, from, to);
    }
  }
}

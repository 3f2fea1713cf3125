package io.tidemark.capture.accesslog;

import static java.nio.charset.StandardCharsets.UTF_8;

/// Quoted text of a log, as Apache (`\"`, `\\`, `\n`, `\xHH`) and nginx (`\xHH`) escape it.
final class EscapedText {

  private EscapedText() {}

  /// Position of the quote that closes what was opened before `from`; -1 when none does.
  static int closingQuote(String line, int from) {
    for (int i = from; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        return i;
      }
      if (c == '\\') {
        i++;
      }
    }
    return -1;
  }

  /// The text as the client sent it. Bytes that are no UTF-8 become U+FFFD; a backslash that
  /// escapes nothing known stays.
  static String unescape(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    byte[] in = text.getBytes(UTF_8);
    byte[] out = new byte[in.length];
    int length = 0;
    int position = 0;
    while (position < in.length) {
      int escaped = in[position] == '\\' ? escapedByte(in, position) : -1;
      out[length++] = escaped < 0 ? in[position] : (byte) escaped;
      position += escaped < 0 ? 1 : escapeLength(in[position + 1]);
    }
    return new String(out, 0, length, UTF_8);
  }

  private static int escapeLength(byte kind) {
    return kind == 'x' ? 4 : 2;
  }

  /// The byte that the escape at `position` stands for; -1 when it is no escape.
  private static int escapedByte(byte[] in, int position) {
    if (position + 1 >= in.length) {
      return -1;
    }
    return switch (in[position + 1]) {
      case '"', '\\' -> in[position + 1];
      case 'b' -> '\b';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'v' -> 0x0B;
      case 'x' -> position + 3 < in.length ? hexByte(in[position + 2], in[position + 3]) : -1;
      default -> -1;
    };
  }

  private static int hexByte(byte high, byte low) {
    int upper = Character.digit(high, 16);
    int lower = Character.digit(low, 16);
    return upper < 0 || lower < 0 ? -1 : upper * 16 + lower;
  }
}

package io.tidemark.platform;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What follows `?` in an address, read strictly: percent-encoded UTF-8 without the character
/// U+0000. Tomcat finds out when somebody asks for a parameter, and then says so with the value.
/// Pure.
final class QueryString {

  private static final int LONGEST_NAME_TOLD = 100;

  private QueryString() {}

  /// The names of the parameters, in their order, each as often as it is there.
  ///
  /// @param query null when there is none
  /// @throws ProblemException naming the first parameter that cannot be read
  static List<String> names(@Nullable String query) {
    List<String> names = new ArrayList<>();
    if (query == null) {
      return names;
    }
    for (String part : query.split("&", -1)) {
      if (part.isEmpty()) {
        continue;
      }
      int end = part.indexOf('=');
      String written = end < 0 ? part : part.substring(0, end);
      String name = decode(written);
      if (name == null || name.chars().anyMatch(Character::isISOControl)) {
        throw ProblemException.invalidField(
            shortened(written),
            "The name of a parameter must be percent-encoded UTF-8 without control characters");
      }
      if (end >= 0 && decode(part.substring(end + 1)) == null) {
        throw ProblemException.invalidField(
            shortened(name),
            shortened(name)
                + " must be percent-encoded UTF-8 without the character U+0000 (write % as %25)");
      }
      names.add(name);
    }
    return names;
  }

  /// @return null when it cannot be read
  private static @Nullable String decode(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        int value = hexByte(text, i + 1);
        if (value <= 0) {
          return null;
        }
        bytes.write(value);
        i += 2;
      } else {
        bytes.write(c == '+' ? ' ' : c);
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /// @return negative when there are not two hexadecimal digits
  private static int hexByte(String text, int start) {
    if (start + 2 > text.length()) {
      return -1;
    }
    int high = Character.digit(text.charAt(start), 16);
    int low = Character.digit(text.charAt(start + 1), 16);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
  }

  private static String shortened(String name) {
    return name.codePointCount(0, name.length()) > LONGEST_NAME_TOLD
        ? name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME_TOLD)) + "…"
        : name;
  }
}

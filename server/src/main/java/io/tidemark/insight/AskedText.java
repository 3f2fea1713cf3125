package io.tidemark.insight;

import io.tidemark.platform.ProblemException;

/// Text that a question compares with what was recorded. It may be whatever can be recorded, and
/// its characters are counted as they are there: one outside the basic plane is one.
public final class AskedText {

  private AskedText() {}

  /// @param longest how many characters it may have
  /// @return the text
  /// @throws ProblemException naming the field when it is empty, too long or nothing that could be
  ///   recorded
  public static String checked(String field, String text, int longest) {
    if (text.isEmpty()
        || (text.length() > longest && text.codePointCount(0, text.length()) > longest)
        || !isStorable(text)) {
      throw ProblemException.invalidField(
          field,
          "%s must have 1 to %,d characters, none of them NUL or half of a surrogate pair"
              .formatted(field, longest));
    }
    return text;
  }

  /// Whether PostgreSQL can hold it: else it is equal to nothing that was recorded.
  public static boolean isStorable(String text) {
    return text.codePoints()
        .noneMatch(each ->
            each == 0 || (each >= Character.MIN_SURROGATE && each <= Character.MAX_SURROGATE));
  }
}

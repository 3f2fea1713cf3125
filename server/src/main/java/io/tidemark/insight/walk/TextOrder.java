package io.tidemark.insight.walk;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// Orders texts by their characters, as PostgreSQL's `COLLATE "C"` does in UTF-8, what is not known
/// last. `String` orders by halves of characters: what lies outside the basic plane would stand
/// before U+E000.
public final class TextOrder {

  public static final Comparator<@Nullable String> NULLS_LAST =
      Comparator.nullsLast(TextOrder::compare);

  private TextOrder() {}

  private static int compare(String one, String other) {
    int length = Math.min(one.length(), other.length());
    for (int place = 0; place < length; place++) {
      char first = one.charAt(place);
      char second = other.charAt(place);
      if (first != second) {
        int outside = Boolean.compare(Character.isSurrogate(first), Character.isSurrogate(second));
        return outside == 0 ? Character.compare(first, second) : outside;
      }
    }
    return Integer.compare(one.length(), other.length());
  }
}

package io.tidemark.insight.question;

import io.tidemark.platform.ProblemException;
import tools.jackson.databind.JsonNode;

/// Whether all text of a document can be compared with what is stored: JSON may escape what
/// PostgreSQL never holds.
final class DocumentText {

  private DocumentText() {}

  /// @throws ProblemException naming the field
  static void check(JsonNode document) {
    check("", document);
  }

  private static void check(String path, JsonNode node) {
    if (node.isString() && !isStorable(node.stringValue())) {
      throw unstorable(path);
    }
    if (node.isArray()) {
      for (int place = 0; place < node.size(); place++) {
        check("%s[%d]".formatted(path, place), node.get(place));
      }
    }
    node.propertyStream()
        .forEach(property -> {
          String inner = (path.isEmpty() ? "" : path + ".") + shown(property.getKey());
          if (!isStorable(property.getKey())) {
            throw unstorable(inner);
          }
          check(inner, property.getValue());
        });
  }

  private static ProblemException unstorable(String field) {
    return ProblemException.invalidField(
        field, field + " must not hold the character U+0000 or half of a surrogate pair");
  }

  /// With what is wrong written as JSON writes it.
  private static String shown(String name) {
    StringBuilder shown = new StringBuilder();
    name.codePoints()
        .forEach(c -> {
          if (isStorable(c)) {
            shown.appendCodePoint(c);
          } else {
            shown.append("\\u%04x".formatted(c));
          }
        });
    return shown.toString();
  }

  private static boolean isStorable(String text) {
    return text.codePoints().allMatch(DocumentText::isStorable);
  }

  private static boolean isStorable(int codePoint) {
    return codePoint != 0
        && (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE);
  }
}

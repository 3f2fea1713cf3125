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
      throw unstorable(path, path);
    }
    if (node.isArray()) {
      for (int place = 0; place < node.size(); place++) {
        check("%s[%d]".formatted(path, place), node.get(place));
      }
    }
    node.propertyStream()
        .forEach(property -> {
          if (!isStorable(property.getKey())) {
            throw unstorable(path, path.isEmpty() ? "A name" : "A name in " + path);
          }
          check(path.isEmpty() ? property.getKey() : path + "." + property.getKey(), property.getValue());
        });
  }

  private static ProblemException unstorable(String field, String subject) {
    return ProblemException.invalidField(
        field, subject + " must not hold the character U+0000 or half of a surrogate pair");
  }

  private static boolean isStorable(String text) {
    return text.indexOf(0) < 0 && text.codePoints().noneMatch(DocumentText::isHalfOfAPair);
  }

  private static boolean isHalfOfAPair(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }
}

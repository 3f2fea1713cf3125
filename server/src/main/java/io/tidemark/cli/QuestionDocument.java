package io.tidemark.cli;

import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The document of a question that is asked from a terminal.
final class QuestionDocument {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private QuestionDocument() {}

  /// @param question its kind
  /// @param fields each `name=value`; a value that is a JSON object, list, number or truth is that,
  ///   everything else is text
  /// @throws IllegalArgumentException naming the field that has no value
  static String of(String question, List<String> fields) {
    ObjectNode document = JSON.createObjectNode().put("question", question);
    for (String field : fields) {
      int equals = field.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException("A field is name=value, such as from=-P7D: " + field);
      }
      document.set(field.substring(0, equals), value(field.substring(equals + 1)));
    }
    return document.toString();
  }

  private static JsonNode value(String text) {
    try {
      return JSON.readTree(text);
    } catch (JacksonException noJson) {
      return JSON.getNodeFactory().stringNode(text);
    }
  }
}

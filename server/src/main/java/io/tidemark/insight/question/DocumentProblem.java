package io.tidemark.insight.question;

import io.tidemark.platform.ProblemException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.JsonNodeException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/// What is wrong with a document, in words of the document and never of Java, with the path of the
/// field: `steps[1].where[0].property`.
final class DocumentProblem {

  private DocumentProblem() {}

  /// @param document what was read; null when it could not be taken apart
  static ProblemException of(JacksonException wrong, @Nullable JsonNode document) {
    if (document == null) {
      return ProblemException.of(
          HttpStatus.BAD_REQUEST,
          "malformed_json",
          "The document is not JSON: " + wrong.getOriginalMessage());
    }
    String path = path(wrong);
    if (wrong.getCause() instanceof ProblemException ours) {
      String field = ours.field() == null ? "" : ours.field();
      String whole = path.isEmpty() || field.isEmpty() ? path + field : path + "." + field;
      return ProblemException.invalidField(whole, ours.detail());
    }
    return ProblemException.invalidField(path, path + " " + expected(wrong, document));
  }

  private static String expected(JacksonException wrong, JsonNode document) {
    String verb = isGiven(wrong, document) ? "must be " : "is required: ";
    return switch (wrong) {
      case UnrecognizedPropertyException unknown ->
          "is unknown; there are "
              + unknown.getKnownPropertyIds().stream()
                  .map(String::valueOf)
                  .sorted()
                  .collect(Collectors.joining(", "));
      case MismatchedInputException mismatched -> verb + words(mismatched.getTargetType());
      case InputCoercionException tooLarge -> verb + words(tooLarge.getTargetType());
      case JsonNodeException _ -> verb + "a number of at most 308 digits";
      default -> "cannot be read";
    };
  }

  /// Whether the document has something at that place, and not null.
  private static boolean isGiven(JacksonException wrong, JsonNode document) {
    JsonNode at = document;
    for (JacksonException.Reference reference : wrong.getPath()) {
      at =
          reference.getPropertyName() == null
              ? at.path(reference.getIndex())
              : at.path(reference.getPropertyName());
    }
    return !at.isMissingNode() && !at.isNull();
  }

  private static String words(@Nullable Class<?> type) {
    if (type == null) {
      return "something else";
    }
    if (type.isEnum()) {
      return "one of "
          + Arrays.stream(type.getEnumConstants())
              .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
              .collect(Collectors.joining(", "));
    }
    if (Collection.class.isAssignableFrom(type)) {
      return "a list";
    }
    if (Map.class.isAssignableFrom(type) || (type.isRecord() && !isWrittenAsText(type))) {
      return "an object";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (type == double.class || type == Double.class || type == BigDecimal.class) {
      return "a number";
    }
    if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
      return "a whole number";
    }
    if (type == Duration.class) {
      return "an ISO 8601 duration such as PT24H";
    }
    if (type == Instant.class) {
      return "an RFC 3339 timestamp such as 2026-03-01T12:00:00Z";
    }
    if (ZoneId.class.isAssignableFrom(type)) {
      return "a time zone such as Europe/Berlin";
    }
    return "text";
  }

  private static boolean isWrittenAsText(Class<?> type) {
    return type.getRecordComponents().length == 1
        && type.getRecordComponents()[0].getType() == String.class;
  }

  private static String path(JacksonException wrong) {
    StringBuilder path = new StringBuilder();
    for (JacksonException.Reference reference : wrong.getPath()) {
      if (reference.getPropertyName() == null) {
        path.append('[').append(reference.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(reference.getPropertyName());
      }
    }
    return path.toString();
  }
}

package io.tidemark.insight.question;

import io.tidemark.platform.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.introspect.AnnotationIntrospectorPair;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.type.LogicalType;

/// Reads what clients send into records, by the rules of [Question]. Every other way to write the
/// same is refused, with the path of the field: a mistake must not change what is meant.
/// Thread-safe.
public final class StrictJson {

  private static final int MOST_BYTES = 64 * 1024;

  private final JsonMapper mapper;

  /// @param mapper as answers are written with
  StrictJson(JsonMapper mapper) {
    JsonMapper.Builder strict =
        mapper
            .rebuild()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .withCoercionConfig(
                LogicalType.Textual,
                text ->
                    text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .withCoercionConfig(
                LogicalType.DateTime,
                time ->
                    time.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail));
    this.mapper =
        strict
            .annotationIntrospector(
                AnnotationIntrospectorPair.create(
                    new RequiredComponents(),
                    mapper.deserializationConfig().getAnnotationIntrospector()))
            .build();
  }

  /// @return what a body holds
  /// @throws ProblemException 413 when it is larger than 64 KB, 400 when it is not UTF-8
  public static String text(InputStream body) throws IOException {
    byte[] bytes = body.readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) {
      throw ProblemException.of(
          HttpStatus.CONTENT_TOO_LARGE,
          "document_too_large",
          "A document has at most %d bytes".formatted(MOST_BYTES));
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw ProblemException.of(
          HttpStatus.BAD_REQUEST, "malformed_json", "The document must be JSON in UTF-8");
    }
  }

  /// @throws ProblemException naming what is wrong
  public <T> T read(InputStream body, Class<T> type) throws IOException {
    return read(readObject(text(body)), type);
  }

  /// @throws ProblemException when it is no JSON object, or holds text that PostgreSQL cannot keep
  ObjectNode readObject(String text) {
    try {
      if (mapper.readTree(text) instanceof ObjectNode fields) {
        DocumentText.check(fields);
        return fields;
      }
    } catch (JacksonException e) {
      throw DocumentProblem.of(e, null);
    }
    throw ProblemException.of(
        HttpStatus.BAD_REQUEST, "malformed_json", "The document must be a JSON object");
  }

  /// @throws ProblemException naming the field that is wrong
  <T> T read(ObjectNode fields, Class<T> type) {
    try {
      return mapper.treeToValue(fields, type);
    } catch (JacksonException e) {
      throw DocumentProblem.of(e, fields);
    }
  }
}

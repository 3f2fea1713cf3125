package io.tidemark.insight.question;

import io.tidemark.platform.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.introspect.AnnotationIntrospectorPair;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.type.LogicalType;

/// Reads the documents that questions are asked with. Every other way to write the same is refused,
/// with the path of the field: a mistake must not change what is answered. Thread-safe.
final class QuestionDocuments {

  private static final String KIND = "question";

  /// A question with the one who answers it.
  record Asked<Q extends Question, A>(Q question, Answerer<Q, A> answerer) {}

  private final JsonMapper mapper;
  private final Map<String, Answerer<?, ?>> answerers = new TreeMap<>();

  /// @param mapper as answers are written with
  QuestionDocuments(JsonMapper mapper, List<Answerer<?, ?>> answerers) {
    JsonMapper.Builder strict =
        mapper
            .rebuild()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
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
    for (Answerer<?, ?> answerer : answerers) {
      if (this.answerers.put(answerer.kind().name(), answerer) != null) {
        throw new IllegalStateException("Two answerers for the question " + answerer.kind().name());
      }
    }
  }

  /// @throws ProblemException naming what is wrong with the document
  Asked<?, ?> read(String document) {
    try {
      if (!(mapper.readTree(document) instanceof ObjectNode fields)) {
        throw ProblemException.invalidField(KIND, "The document must be a JSON object");
      }
      return read(fields);
    } catch (JacksonException e) {
      throw DocumentProblem.of(e);
    }
  }

  private Asked<?, ?> read(ObjectNode fields) {
    JsonNode kind = fields.remove(KIND);
    Answerer<?, ?> answerer =
        kind == null || !kind.isString() ? null : answerers.get(kind.asString());
    if (answerer == null) {
      throw ProblemException.invalidField(
          KIND, "question must be one of " + String.join(", ", answerers.keySet()));
    }
    return asked(answerer, fields);
  }

  private <Q extends Question, A> Asked<Q, A> asked(Answerer<Q, A> answerer, ObjectNode fields) {
    return new Asked<>(mapper.treeToValue(fields, answerer.kind().question()), answerer);
  }
}

package io.tidemark.insight.question;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.converter.ResolvedSchema;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.Discriminator;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springdoc.core.customizers.OpenApiCustomizer;
import tools.jackson.databind.json.JsonMapper;

/// What may be asked, in the OpenAPI document: a schema and examples for each kind of question, a
/// schema for its answer.
final class QuestionApiDocument implements OpenApiCustomizer {

  private static final String KIND = "question";
  private static final String JSON = "application/json";
  private static final String REFERENCE = "#/components/schemas/";

  private final List<? extends QuestionKind<?, ?>> kinds;

  QuestionApiDocument(List<? extends QuestionKind<?, ?>> kinds) {
    this.kinds = List.copyOf(kinds);
  }

  @Override
  public void customise(OpenAPI document) {
    Operation ask =
        Objects.requireNonNull(document.getPaths().get(QuestionController.PATH)).getPost();
    Schema<?> questions = new Schema<>();
    Schema<?> answers = new Schema<>();
    Discriminator discriminator = new Discriminator().propertyName(KIND);
    MediaType body = new MediaType().schema(questions);
    for (QuestionKind<?, ?> kind : kinds) {
      String question = addQuestion(document, kind);
      questions.addOneOfItem(new Schema<>().$ref(question));
      discriminator.mapping(kind.name(), question);
      answers.addOneOfItem(new Schema<>().$ref(add(document, kind.answer())));
      addExamples(body, kind);
    }
    questions.setDiscriminator(discriminator);
    ask.setRequestBody(
        new RequestBody().required(true).content(new Content().addMediaType(JSON, body)));
    ask.getResponses()
        .addApiResponse(
            "200",
            new ApiResponse()
                .description("The answer")
                .content(
                    new Content()
                        .addMediaType(JSON, new MediaType().schema(answers))
                        .addMediaType(
                            QuestionController.CSV,
                            new MediaType()
                                .schema(new StringSchema().description("RFC 4180, UTF-8")))));
  }

  /// The record of the question, which others may hold too, and the name of its kind.
  private static String addQuestion(OpenAPI document, QuestionKind<?, ?> kind) {
    Schema<?> named =
        new ObjectSchema()
            .addProperty(KIND, new StringSchema().addEnumItem(kind.name()))
            .addRequiredItem(KIND);
    document
        .getComponents()
        .addSchemas(
            kind.name(),
            new Schema<>()
                .description(kind.summary())
                .addAllOfItem(named)
                .addAllOfItem(new Schema<>().$ref(add(document, kind.question()))));
    return REFERENCE + kind.name();
  }

  /// @return the reference to the schema of a type, which is then there
  private static String add(OpenAPI document, Class<?> type) {
    ResolvedSchema resolved =
        ModelConverters.getInstance(true)
            .resolveAsResolvedSchema(new AnnotatedType(type).resolveAsRef(true));
    resolved.referencedSchemas.forEach(document.getComponents()::addSchemas);
    return resolved.schema.get$ref();
  }

  private static void addExamples(MediaType body, QuestionKind<?, ?> kind) {
    for (int i = 0; i < kind.examples().size(); i++) {
      body.addExamples(
          i == 0 ? kind.name() : kind.name() + "-" + (i + 1),
          new Example()
              .summary(kind.summary())
              .value(JsonMapper.shared().readValue(kind.examples().get(i), Map.class)));
    }
  }
}

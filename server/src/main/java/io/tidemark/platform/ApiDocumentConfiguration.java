package io.tidemark.platform;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The OpenAPI document at `/v3/api-docs` and its readable page at `/swagger-ui`: what all
/// operations have in common.
@Configuration(proxyBeanMethods = false)
public class ApiDocumentConfiguration {

  private static final String KEY = "key";
  private static final String PROBLEM = "Problem";

  @Bean
  OpenAPI apiDocument() {
    return new OpenAPI()
        .info(
            new Info()
                .title("Tidemark")
                .version("1")
                .description("Product and performance analytics on plain PostgreSQL.")
                .license(new License().name("Apache-2.0")))
        .components(
            new Components()
                .addSecuritySchemes(
                    KEY,
                    new SecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme("bearer")
                        .description("A key made with ./tidemark key create"))
                .addSchemas(PROBLEM, problem()))
        .addSecurityItem(new SecurityRequirement().addList(KEY));
  }

  /// Names as they are sent.
  @Bean
  ModelResolver fieldNames() {
    return new ModelResolver(
        Json.mapper().copy().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE));
  }

  /// What is answered when something is wrong.
  @Bean
  OpenApiCustomizer commonAnswers() {
    return document -> {
      document
          .getPaths()
          .values()
          .forEach(path -> path.readOperations().forEach(ApiDocumentConfiguration::addProblem));
    };
  }

  private static void addProblem(Operation operation) {
    operation
        .getResponses()
        .addApiResponse(
            "default",
            new ApiResponse()
                .description("What was wrong (RFC 9457)")
                .content(
                    new Content()
                        .addMediaType(
                            "application/problem+json",
                            new MediaType()
                                .schema(new Schema<>().$ref("#/components/schemas/" + PROBLEM)))));
  }

  private static Schema<?> problem() {
    return new ObjectSchema()
        .addProperty("title", new StringSchema())
        .addProperty("status", new IntegerSchema())
        .addProperty(
            "detail", new StringSchema().description("What was wrong and what was expected"))
        .addProperty("code", new StringSchema().description("Stable, for programs"))
        .addProperty("field", new StringSchema().description("The parameter or field, if one"));
  }
}

package io.tidemark.capture;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import org.springdoc.core.customizers.OpenApiCustomizer;

/// The intake in the OpenAPI document, which is otherwise read off controllers.
final class IntakeDocument implements OpenApiCustomizer {

  private static final String JSON = "application/json";

  private static final String DESCRIPTION =
      """
      Takes an object with `records` (and `sent_at`, the client's clock), a bare array, or with
      `Content-Type: application/x-ndjson` one record a line; gzip is recognised. At most 10,000 records of 32 KB,
      4 MB a body, 32 MB inflated. Needs a write or a secret key. Answers 200 after the records are committed; records
      that were not plainly accepted are listed, each with its position, and cost their neighbours nothing.
      429 with `Retry-After` when the key has sent too much, 503 with `Retry-After` when nothing can be stored now:
      records with an `id` may be sent again without fear.
      """;

  private static final String REQUEST =
      """
      {"records": [{"type": "user_event", "id": "e-1", "event_type": "page_view", "user_id": "u-1"}]}
      """;

  private static final String ANSWER =
      """
      {"accepted": 1, "duplicates": 0, "rejected": 0, "results": []}
      """;

  @Override
  public void customise(OpenAPI document) {
    document.path(
        IntakeFilter.PATH,
        new PathItem()
            .post(
                new Operation()
                    .addTagsItem("Intake")
                    .summary("Store records")
                    .description(DESCRIPTION)
                    .requestBody(new RequestBody().required(true).content(example(REQUEST)))
                    .responses(
                        new ApiResponses()
                            .addApiResponse(
                                "200",
                                new ApiResponse()
                                    .description("Stored")
                                    .content(example(ANSWER))))));
  }

  private static Content example(String json) {
    return new Content().addMediaType(JSON, new MediaType().example(json));
  }
}

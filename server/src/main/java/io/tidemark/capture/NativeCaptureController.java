package io.tidemark.capture;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.tidemark.access.AuthenticatedKey;
import io.tidemark.access.KeyKind;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// `POST /api/v1/batch`. Reads and writes the request itself: this is the path that everything
/// comes in by.
@RestController
@Tag(name = "Intake", description = "Records in")
final class NativeCaptureController {

  private static final JsonFactory JSON = JsonFactory.builder().build();
  private static final String LINES = "application/x-ndjson";

  private final NativeCapture capture;
  private final IntakeMemory memory;

  NativeCaptureController(NativeCapture capture, IntakeMemory memory) {
    this.capture = capture;
    this.memory = memory;
  }

  @Operation(
      summary = "Store records",
      description =
          """
          Takes an object with `records` (and `sent_at`, the client's clock), a bare array, or with
          `Content-Type: application/x-ndjson` one record a line; gzip is recognised. At most 10,000 records of 32 KB,
          4 MB a body, 32 MB inflated. Needs a write or a secret key. Answers 200 after the records are committed; records
          that were not plainly accepted are listed, each with its position, and cost their neighbours nothing.
          503 with `Retry-After` when nothing can be stored now: records with an `id` may be sent again without fear.
          """,
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON_VALUE,
                      examples =
                          @ExampleObject(
                              """
                              {"records": [{"type": "user_event", "id": "e-1", "event_type": "page_view", "user_id": "u-1"}]}
                              """))),
      responses =
          @ApiResponse(
              responseCode = "200",
              description = "Stored",
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON_VALUE,
                      examples =
                          @ExampleObject(
                              """
                              {"accepted": 1, "duplicates": 0, "rejected": 0, "results": []}
                              """))))
  @PostMapping("/api/v1/batch")
  void batch(
      HttpServletRequest request,
      HttpServletResponse response,
      @AuthenticationPrincipal AuthenticatedKey key)
      throws IOException {
    BatchAnswer answer;
    try (IntakeMemory.Share share = memory.open()) {
      byte[] body =
          BodyReader.read(request.getInputStream(), request.getContentLengthLong(), share);
      answer =
          capture.record(
              body,
              isLines(request.getContentType()),
              key.name(),
              key.kind() == KeyKind.SECRET,
              share);
    }
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    try (JsonGenerator json =
        JSON.createGenerator(ObjectWriteContext.empty(), response.getOutputStream())) {
      answer.write(json);
    }
  }

  private static boolean isLines(@Nullable String contentType) {
    return contentType != null && contentType.regionMatches(true, 0, LINES, 0, LINES.length());
  }
}

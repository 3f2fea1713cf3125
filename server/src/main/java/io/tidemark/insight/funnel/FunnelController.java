package io.tidemark.insight.funnel;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.tidemark.insight.AskedRange;
import io.tidemark.insight.TimeAgo;
import io.tidemark.insight.TimeRange;
import io.tidemark.insight.question.Audience;
import io.tidemark.insight.question.QuestionRequests;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The funnel of steps as an address: makes the document and asks it.
@RestController
@Tag(name = "Insights")
final class FunnelController {

  private static final TimeAgo LAST_24_HOURS = TimeAgo.parse("-PT24H");

  private final QuestionRequests questions;
  private final JsonMapper mapper;
  private final InstantSource clock;

  FunnelController(QuestionRequests questions, JsonMapper mapper, InstantSource clock) {
    this.questions = questions;
    this.mapper = mapper;
    this.clock = clock;
  }

  @Operation(
      summary = "The ordered funnel of people",
      description =
          """
          How many people took the steps one after the other: the first within the range, the others within the window, measured
          from the first. The same as the question `funnel`, which can be asked more. Default: the configured steps and window,
          people who began in the last 24 hours.
          """)
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = FunnelAnswer.class)))
  @GetMapping("/api/v1/insights/funnel")
  Object funnel(
      @Parameter(
              description =
                  "Start: RFC 3339, such as 2026-03-01T12:00:00Z; a date; or a time before now, such as -P7D or -PT90M")
          @RequestParam(required = false)
          @Nullable String from,
      @Parameter(description = "End (not included), as from; default: now")
          @RequestParam(required = false)
          @Nullable String to,
      @Parameter(description = "Time zone of days, such as Asia/Kolkata; default: UTC")
          @RequestParam(required = false)
          @Nullable String zone,
      @Parameter(description = "1 to 16 steps, separated by commas") @RequestParam(required = false)
          @Nullable String steps,
      @Parameter(description = "ISO 8601 duration, such as PT24H") @RequestParam(required = false)
          @Nullable String window,
      HttpServletRequest request,
      Authentication who) {
    AskedRange asked = AskedRange.of(from, to, zone);
    TimeRange range = asked.resolve(LAST_24_HOURS, clock.instant());
    ObjectNode document =
        mapper
            .createObjectNode()
            .put("question", FunnelAnswerer.NAME)
            .put("from", range.from().toString())
            .put("to", range.to().toString())
            .put("zone", asked.zone().getId())
            .put("window", window);
    if (steps != null) {
      ArrayNode list = document.putArray("steps");
      for (String step : steps.split(",", -1)) {
        list.addObject().put("step", step);
      }
    }
    return questions.ask(document.toString(), false, request, Audience.of(who));
  }
}

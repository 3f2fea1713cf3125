package io.tidemark.insight.summary;

import com.github.benmanes.caffeine.cache.Ticker;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.tidemark.access.Permission;
import io.tidemark.insight.Answer;
import io.tidemark.insight.AskedRange;
import io.tidemark.insight.ClientWatch;
import io.tidemark.insight.Insights;
import io.tidemark.insight.SharedAnswers;
import io.tidemark.insight.question.AnswerReader;
import io.tidemark.insight.question.Asking;
import io.tidemark.insight.question.WeightClass;
import io.tidemark.platform.ClientPresence;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Questions that have an address of their own. Each runs as documents do: as long as its class
/// may, and until its client has gone.
@RestController
@RequestMapping("/api/v1/insights")
@Tag(name = "Insights", description = "Questions: each answer says its range and how fresh it is")
final class InsightController {

  private static final String FROM =
      "Start: RFC 3339, such as 2026-03-01T12:00:00Z; a date; or a time before now, such as -P7D or -PT90M";
  private static final String TO = "End (not included), as from; default: now";
  private static final String ZONE = "Time zone of days, such as Asia/Kolkata; default: UTC";

  private final Insights insights;
  private final AnswerReader reader;
  private final ClientWatch watch;
  private final InstantSource clock;
  private final SharedAnswers<String, Answer.Live> lives =
      new SharedAnswers<>(Ticker.systemTicker());

  InsightController(
      Insights insights, AnswerReader reader, ClientWatch watch, InstantSource clock) {
    this.insights = insights;
    this.reader = reader;
    this.watch = watch;
    this.clock = clock;
  }

  @Operation(summary = "Live now: people, records and requests a second, error rate, p95")
  @GetMapping("/live")
  Answer.Live live(HttpServletRequest request) {
    return lives
        .get(
            "live",
            isGone(request),
            cancellation -> reader.readEach(WeightClass.LIVE, cancellation, insights::live))
        .toldAt(clock.instant());
  }

  @Operation(
      summary = "API latency by endpoint",
      description =
          "Percentiles are by nearest rank, within 1 %. Default range: the last 24 hours.")
  @GetMapping("/endpoints")
  Answer.Endpoints endpoints(
      @Parameter(description = FROM) @RequestParam(required = false) @Nullable String from,
      @Parameter(description = TO) @RequestParam(required = false) @Nullable String to,
      @Parameter(description = ZONE) @RequestParam(required = false) @Nullable String zone,
      HttpServletRequest request) {
    return ask(
        WeightClass.DASHBOARD, request, () -> insights.endpoints(AskedRange.of(from, to, zone)));
  }

  @Operation(
      summary = "API trend by interval and endpoint",
      description =
          """
          Days are those of the time zone; hours and minutes are the same everywhere. The range may cut the first and the last
          interval: these are among partial_intervals. Before the time for which minutes are kept, minute is answered by the hour;
          the answer says its interval. Default: the last 24 hours by the hour.
          """)
  @GetMapping("/api-trend")
  Answer.Trend trend(
      @Parameter(description = FROM) @RequestParam(required = false) @Nullable String from,
      @Parameter(description = TO) @RequestParam(required = false) @Nullable String to,
      @Parameter(description = ZONE) @RequestParam(required = false) @Nullable String zone,
      @Parameter(description = "minute, hour or day") @RequestParam(defaultValue = "hour")
          String interval,
      @Parameter(description = "Only this endpoint") @RequestParam(required = false)
          @Nullable String endpoint,
      HttpServletRequest request) {
    return ask(
        WeightClass.DASHBOARD,
        request,
        () -> insights.trend(AskedRange.of(from, to, zone), interval, endpoint));
  }

  @Operation(
      summary = "API performance over time, all endpoints together",
      description =
          """
          Days are those of the time zone, half-hour offsets and clock changes included; hours and minutes are the same
          everywhere. The range may cut the first and the last interval: these are among partial_intervals. Percentiles are by nearest rank, within 1 %. Default: the last 30 days by the day.
          """)
  @GetMapping("/api-totals")
  Answer.Totals totals(
      @Parameter(description = FROM) @RequestParam(required = false) @Nullable String from,
      @Parameter(description = TO) @RequestParam(required = false) @Nullable String to,
      @Parameter(description = ZONE) @RequestParam(required = false) @Nullable String zone,
      @Parameter(description = "minute, hour or day") @RequestParam(defaultValue = "day")
          String interval,
      HttpServletRequest request) {
    return ask(
        WeightClass.DASHBOARD,
        request,
        () -> insights.totals(AskedRange.of(from, to, zone), interval));
  }

  @Operation(
      summary = "Performance metrics by type",
      description = "Percentiles are by nearest rank, within 1 %. Default range: the last hour.")
  @GetMapping("/metrics")
  Answer.Metrics metrics(
      @Parameter(description = FROM) @RequestParam(required = false) @Nullable String from,
      @Parameter(description = TO) @RequestParam(required = false) @Nullable String to,
      @Parameter(description = ZONE) @RequestParam(required = false) @Nullable String zone,
      HttpServletRequest request) {
    return ask(
        WeightClass.DASHBOARD, request, () -> insights.metrics(AskedRange.of(from, to, zone)));
  }

  @Operation(
      summary = "Completions and distinct people by funnel step, in whatever order they came",
      description = "Exact. Default range: the last 24 hours.")
  @GetMapping("/funnel-steps")
  Answer.FunnelSteps funnelSteps(
      @Parameter(description = FROM) @RequestParam(required = false) @Nullable String from,
      @Parameter(description = TO) @RequestParam(required = false) @Nullable String to,
      @Parameter(description = ZONE) @RequestParam(required = false) @Nullable String zone,
      HttpServletRequest request) {
    return ask(
        WeightClass.DASHBOARD, request, () -> insights.funnelSteps(AskedRange.of(from, to, zone)));
  }

  @Operation(
      summary = "One person's sessions with their event sequence",
      description =
          "The newest 500, newest first; for those who may see people. Default range: the last 7 days.")
  @GetMapping("/sessions")
  Answer.Sessions sessions(
      @Parameter(description = "The app's id of the person, or the anonymous id")
          @RequestParam("user_id")
          String userId,
      @Parameter(description = FROM) @RequestParam(required = false) @Nullable String from,
      @Parameter(description = TO) @RequestParam(required = false) @Nullable String to,
      @Parameter(description = ZONE) @RequestParam(required = false) @Nullable String zone,
      HttpServletRequest request,
      Authentication who) {
    Asking.requirePeople(Permission.SEE_PEOPLE.isGivenTo(who));
    return ask(
        WeightClass.ANALYTICS,
        request,
        () -> insights.sessions(userId, AskedRange.of(from, to, zone)));
  }

  @Operation(
      summary = "The reject log: records that were refused, by reason, type and key",
      description =
          "By time of arrival, on whole hours; each server adds its counts every two seconds. Default range: the last 24 hours.")
  @GetMapping("/refusals")
  Answer.Refusals refusals(
      @Parameter(description = FROM) @RequestParam(required = false) @Nullable String from,
      @Parameter(description = TO) @RequestParam(required = false) @Nullable String to,
      @Parameter(description = ZONE) @RequestParam(required = false) @Nullable String zone,
      HttpServletRequest request) {
    return ask(
        WeightClass.DASHBOARD, request, () -> insights.refusals(AskedRange.of(from, to, zone)));
  }

  @Operation(summary = "What is stored, by fact table: first and last hour, records")
  @GetMapping("/coverage")
  Answer.Coverage coverage(HttpServletRequest request) {
    return ask(WeightClass.DASHBOARD, request, () -> insights.coverage());
  }

  @Operation(
      summary = "Whether rollups equal detail: what comparisons found, what is being counted anew",
      description =
          "A bit is compared every `tidemark.rollup.verify-interval`, all of it by `tidemark rollup verify`.")
  @GetMapping("/rollups")
  Answer.RollupTruth rollups(HttpServletRequest request) {
    return ask(WeightClass.DASHBOARD, request, () -> insights.rollups());
  }

  private <A> A ask(WeightClass weight, HttpServletRequest request, Supplier<A> answer) {
    return watch.during(
        isGone(request), cancellation -> reader.readEach(weight, cancellation, answer));
  }

  private static BooleanSupplier isGone(HttpServletRequest request) {
    return ClientPresence.of(request)::isGone;
  }
}

package io.tidemark.insight.summary;

import io.swagger.v3.oas.annotations.media.Schema;
import io.tidemark.insight.AskedTime;
import io.tidemark.insight.question.Question;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// How all calls of the app's API together performed over time.
///
/// @param from null for the last 30 days
/// @param to null for now
/// @param zone of the days; null for UTC
/// @param interval null for days
public record ApiTotalsQuestion(
    @Schema(description = "Start; default: -P30D, the last 30 days") @Nullable AskedTime from,
    @Schema(description = "End, not included; default: now") @Nullable AskedTime to,
    @Schema(type = "string", description = "Time zone of the days; default: UTC")
        @Nullable ZoneId zone,
    @Schema(description = "Default: day") @Nullable Interval interval)
    implements Question {}

package io.tidemark.insight.retention;

import io.swagger.v3.oas.annotations.media.Schema;

/// Who is in the cohort of an interval.
@Schema(
    description =
        "first_time: who began for the first time ever; any_time: everyone who began in the interval")
public enum CohortRule {
  FIRST_TIME,
  ANY_TIME
}

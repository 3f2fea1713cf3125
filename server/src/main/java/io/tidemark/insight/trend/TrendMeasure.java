package io.tidemark.insight.trend;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// What a series counts.
@Schema(
    description =
        "count: events; people: distinct people; per_person: events of people for each of these")
public enum TrendMeasure {
  COUNT,
  PEOPLE,
  PER_PERSON;

  /// Null when nothing can be said: events for each of no people.
  @Nullable Number of(TrendCounts counts) {
    return switch (this) {
      case COUNT -> counts.events();
      case PEOPLE -> counts.people();
      case PER_PERSON ->
          counts.people() == 0 ? null : (double) counts.eventsOfPeople() / counts.people();
    };
  }
}

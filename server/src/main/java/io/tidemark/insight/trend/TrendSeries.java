package io.tidemark.insight.trend;

import io.swagger.v3.oas.annotations.media.Schema;
import io.tidemark.insight.AskedText;
import io.tidemark.insight.select.EventSelector;
import io.tidemark.insight.select.PropertyFilter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One line of a trend: which events, and what is counted of them.
@Schema(description = "A line of the trend: which events, and what is counted of them")
public record TrendSeries(
    @Schema(description = "What to call it; default: the event", example = "uploads")
        @Nullable String name,
    @Schema(description = "Type of event; without event and step, all events")
        @Nullable String event,
    @Schema(description = "Step of the funnel") @Nullable String step,
    @Schema(description = "Filters, at most 16; all must hold") List<PropertyFilter> where,
    @Schema(description = "count (default), people or per_person") @Nullable TrendMeasure measure) {

  static final int LONGEST_NAME = 200;

  public TrendSeries {
    where = new EventSelector(event, step, where).where();
    measure = measure == null ? TrendMeasure.COUNT : measure;
    name = name == null ? new EventSelector(event, step, where).label() : name;
    AskedText.checked("name", name, LONGEST_NAME);
  }

  EventSelector events() {
    return new EventSelector(event, step, where);
  }

  TrendMeasure counted() {
    return measure == null ? TrendMeasure.COUNT : measure;
  }

  String label() {
    return name == null ? events().label() : name;
  }

  /// Whether rollups know it.
  boolean isRolledUp() {
    return where.isEmpty() && counted() != TrendMeasure.PER_PERSON;
  }
}

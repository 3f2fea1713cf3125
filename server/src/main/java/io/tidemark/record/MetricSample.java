package io.tidemark.record;

import org.jspecify.annotations.Nullable;

/// A sample of a performance metric.
///
/// @param metric which metric
/// @param value finite, in `unit`
/// @param unit null when not said
/// @param page where in the app; null when not said
public record MetricSample(
    FactOrigin origin, String metric, double value, @Nullable String unit, @Nullable String page)
    implements Fact {

  @Override
  public FactTable table() {
    return FactTable.PERFORMANCE_METRIC;
  }

  @Override
  public FactKind kind() {
    return new FactKind(FactTable.PERFORMANCE_METRIC, metric, unit == null ? "" : unit);
  }
}

package io.tidemark.record;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Something that happened: one row of a fact table.
public sealed interface Fact extends CapturedRecord
    permits UserEvent, FunnelStep, MetricSample, ApiCall {

  /// What every fact carries.
  FactOrigin origin();

  /// The table it belongs to.
  FactTable table();

  @Override
  default Instant at() {
    return origin().at();
  }

  @Override
  default @Nullable RecordIdentity identity() {
    return origin().identity();
  }

  @Override
  default @Nullable Person person() {
    return origin().person();
  }
}

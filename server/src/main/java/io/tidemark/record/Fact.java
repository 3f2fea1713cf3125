package io.tidemark.record;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Something that happened: one row of detail.
public sealed interface Fact extends CapturedRecord
    permits UserEvent, FunnelStep, MetricSample, ApiCall {

  /// What every fact carries.
  FactOrigin origin();

  /// The fact table it belongs to.
  FactTable table();

  /// What happened, as detail keeps it.
  FactKind kind();

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

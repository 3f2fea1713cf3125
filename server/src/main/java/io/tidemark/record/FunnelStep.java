package io.tidemark.record;

import org.jspecify.annotations.Nullable;

/// A completed step of the conversion funnel.
///
/// @param step the step, in the app's own words
/// @param effectId the effect (the product) it was about; null when not said
public record FunnelStep(FactOrigin origin, String step, @Nullable String effectId)
    implements Fact {

  @Override
  public FactTable table() {
    return FactTable.CONVERSION_FUNNEL;
  }

  @Override
  public FactKind kind() {
    return new FactKind(FactTable.CONVERSION_FUNNEL, step, "");
  }
}

package io.tidemark.insight.question;

import java.util.function.BooleanSupplier;

/// Who asks.
///
/// @param isGone whether they have gone away; asked a few times a second, in the thread that asks
public record Asker(Audience audience, BooleanSupplier isGone) {

  /// Whether they may see who people are.
  public boolean showsPeople() {
    return audience.showsPeople();
  }
}

package io.tidemark.record;

import org.jspecify.annotations.Nullable;

/// An interaction of a person with the app.
///
/// @param eventType what happened, in the app's own words
/// @param page where in the app; null when not said
public record UserEvent(FactOrigin origin, String eventType, @Nullable String page)
    implements Fact {

  @Override
  public FactTable table() {
    return FactTable.USER_EVENT;
  }

  @Override
  public FactKind kind() {
    return new FactKind(FactTable.USER_EVENT, eventType, "");
  }
}

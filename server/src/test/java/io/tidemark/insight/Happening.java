package io.tidemark.insight;

import io.tidemark.record.CapturedRecord;
import io.tidemark.record.FactOrigin;
import io.tidemark.record.FunnelStep;
import io.tidemark.record.Person;
import io.tidemark.record.UserEvent;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// An event or a completed step, as tests know it.
///
/// @param name type of the event, or step
/// @param person null when nobody was named
/// @param plan what the person's trait says; null when nothing
public record Happening(
    Instant at,
    boolean isStep,
    String name,
    @Nullable Person person,
    @Nullable String session,
    @Nullable String page,
    Map<String, Object> properties,
    @Nullable String plan) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  public CapturedRecord record() {
    String said = properties.isEmpty() ? null : JSON.writeValueAsString(properties);
    FactOrigin origin = new FactOrigin(at, null, person, session, said);
    return isStep ? new FunnelStep(origin, name, null) : new UserEvent(origin, name, page);
  }

  /// A property as it is shown; null when it was not said.
  public @Nullable String shown(String property) {
    Object value = properties.get(property);
    return value == null ? null : value.toString();
  }
}

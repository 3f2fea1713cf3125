package io.tidemark.insight;

import io.tidemark.record.SubscriptionState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What is known of one subscription, and when it ran, by looking at all that was said of it.
public final class SubscriptionOracle {

  private static final Set<String> ENDING = Set.of("canceled", "cancelled", "expired");

  private final List<SubscriptionState> said = new ArrayList<>();
  private SubscriptionState now;

  public SubscriptionOracle(SubscriptionState first) {
    said.add(first);
    now = first;
  }

  /// In the order of arrival. What is not said stays as it was; what is late changes nothing of it.
  public void say(SubscriptionState next) {
    said.add(next);
    if (next.at().isBefore(now.at())) {
      return;
    }
    now =
        new SubscriptionState(
            next.at(),
            next.subscriptionId(),
            next.person(),
            next.tier() == null ? now.tier() : next.tier(),
            next.price() == null ? now.price() : next.price(),
            next.currency() == null ? now.currency() : next.currency(),
            next.status() == null ? now.status() : next.status(),
            next.startedAt() == null ? now.startedAt() : next.startedAt(),
            next.endedAt() == null ? now.endedAt() : next.endedAt());
  }

  public SubscriptionState now() {
    return now;
  }

  public Instant starts() {
    if (now.startedAt() != null) {
      return now.startedAt();
    }
    return Stream.concat(said.stream().map(SubscriptionState::at), Stream.of(ends()))
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  /// The end of time while it runs.
  public Instant ends() {
    return Objects.requireNonNullElse(
        now.endedAt() == null ? endedByStatus() : now.endedAt(), Instant.MAX);
  }

  private @Nullable Instant endedByStatus() {
    Instant ended = null;
    for (SubscriptionState each :
        said.stream().sorted(Comparator.comparing(SubscriptionState::at)).toList()) {
      String status = Objects.requireNonNullElse(each.status(), "").strip();
      if (ENDING.contains(status.toLowerCase(Locale.ROOT))) {
        ended = ended == null ? each.at() : ended;
      } else if (!status.isEmpty()) {
        ended = null;
      }
    }
    return ended;
  }
}

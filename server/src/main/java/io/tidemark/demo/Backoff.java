package io.tidemark.demo;

import java.time.Duration;

/// How long to wait before the next attempt: twice as long each time, up to `longest`.
record Backoff(Duration next, Duration longest) {

  /// The next wait, or the one the server asks for when that is longer.
  Duration orAsked(Duration asked) {
    return asked.compareTo(next) > 0 ? asked : next;
  }

  Backoff doubled() {
    Duration doubled = next.multipliedBy(2);
    return new Backoff(doubled.compareTo(longest) < 0 ? doubled : longest, longest);
  }
}

package io.tidemark.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Visits for tests: as many as asked for, spread over a week, the same ones every time.
final class SampleSessions {

  static final Instant WEEK_STARTS = Instant.parse("2026-11-09T00:00:00Z");

  private SampleSessions() {}

  static List<Session> write(int sessions) {
    SessionScript script = new SessionScript(Rhythm.ofTheSampleApp(), 1);
    Crowd crowd = new Crowd(Instant.MIN);
    return IntStream.range(0, sessions)
        .mapToObj(number -> {
          SplittableRandom random = new SplittableRandom(number);
          Instant start =
              WEEK_STARTS.plus(Duration.ofDays(7).multipliedBy(number).dividedBy(sessions));
          return script.write(crowd.arrive(start, random), start, random);
        })
        .toList();
  }
}

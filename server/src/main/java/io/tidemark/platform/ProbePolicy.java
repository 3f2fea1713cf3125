package io.tidemark.platform;

import java.time.Duration;
import java.util.stream.LongStream;

/// Decides when the database is tried, and how. Pure; moments are as of `System.nanoTime`.
///
/// @param idleAt when nobody had, or waited for, a connection of the intake
/// @param committedAt when something was committed
/// @param triedAt when a try ended
/// @param stoppedAt when the intake was stopped, if it is
record ProbePolicy(long idleAt, long committedAt, long triedAt, long stoppedAt) {

  /// Together with half a second for the answer less than a second.
  private static final Duration BUSY_WITHOUT_COMMIT = Duration.ofMillis(200);

  private static final Duration IDLE_PAUSE = Duration.ofSeconds(1);
  private static final Duration STOPPED_PAUSE = Duration.ofSeconds(1);

  /// A look writes nothing; a write anew makes a connection for it.
  enum Kind {
    NONE,
    LOOK,
    WRITE,
    WRITE_ANEW
  }

  /// @param isSuspicious whether a writer has just lost its connection
  /// @param isBusy whether a connection of the intake is in use or waited for
  Kind decide(long now, boolean isStopped, boolean isSuspicious, boolean isBusy) {
    if (isStopped) {
      return isOver(STOPPED_PAUSE, now, triedAt, stoppedAt) ? Kind.WRITE_ANEW : Kind.NONE;
    }
    if (isSuspicious) {
      return Kind.WRITE_ANEW;
    }
    if (isBusy && isOver(BUSY_WITHOUT_COMMIT, now, idleAt, committedAt, triedAt)) {
      return Kind.WRITE;
    }
    return isOver(IDLE_PAUSE, now, committedAt, triedAt) ? Kind.LOOK : Kind.NONE;
  }

  private static boolean isOver(Duration pause, long now, long... moments) {
    return LongStream.of(moments).allMatch(moment -> now - moment >= pause.toNanos());
  }
}

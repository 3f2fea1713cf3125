package io.tidemark.insight.walk;

import java.time.Duration;

/// Where sessions end, in event time. A session is the client's, of one person, while it is not
/// silent for more than 24 hours: a name that comes back after that is another session. Without a
/// client's session, a person's rows are in one as long as not more than 30 minutes lie between
/// them, and not more than 24 hours after its first.
public final class SessionRule {

  public static final Duration SILENCE = Duration.ofMinutes(30);
  public static final Duration LONGEST = Duration.ofHours(24);
  public static final Duration SILENCE_OF_CLIENT = Duration.ofHours(24);

  private static final long SILENCE_MICROS = Micros.of(SILENCE);
  private static final long LONGEST_MICROS = Micros.of(LONGEST);
  private static final long SILENCE_OF_CLIENT_MICROS = Micros.of(SILENCE_OF_CLIENT);

  private SessionRule() {}

  /// Whether a row is not in the session any more.
  ///
  /// @param isClients whether the client named the session
  /// @param began time of the session's first row
  /// @param last time of the row before
  public static boolean isOver(boolean isClients, long began, long last, long at) {
    return isSilent(isClients, last, at) || (!isClients && at - began > LONGEST_MICROS);
  }

  /// Whether it is over because nothing happened for too long.
  public static boolean isSilent(boolean isClients, long last, long at) {
    return at - last > (isClients ? SILENCE_OF_CLIENT_MICROS : SILENCE_MICROS);
  }
}

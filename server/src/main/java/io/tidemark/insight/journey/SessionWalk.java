package io.tidemark.insight.journey;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Puts rows, which come by time, together to sessions. Knows open sessions only. Not thread-safe.
///
/// @param <S> what is gathered of a session
final class SessionWalk<S> {

  static final Duration SILENCE = Duration.ofMinutes(30);
  static final Duration LONGEST = Duration.ofHours(24);

  /// The client's session ends with it too: a name that comes back is another session.
  static final Duration SILENCE_OF_CLIENT = Duration.ofHours(24);

  private static final long SILENCE_MICROS = SILENCE.toMillis() * 1_000;
  private static final long LONGEST_MICROS = LONGEST.toMillis() * 1_000;
  private static final long CLIENT_MICROS = SILENCE_OF_CLIENT.toMillis() * 1_000;

  private record Key(long userKey, @Nullable String sessionId) {}

  /// A session that is over.
  ///
  /// @param beganMicros time of its first row
  /// @param endedMicros time of its last row
  /// @param unbrokenSinceMicros since when there was no silence: earlier than it began if the
  ///   session before it was cut for its length
  record Ended<S>(
      long userKey,
      @Nullable String sessionId,
      long beganMicros,
      long endedMicros,
      long unbrokenSinceMicros,
      long rows,
      S gathered) {}

  private static final class Open<S> {
    private final long beganMicros;
    private final long unbrokenSinceMicros;
    private final S gathered;
    private long lastMicros;
    private long rows;

    Open(long beganMicros, long unbrokenSinceMicros, S gathered) {
      this.beganMicros = beganMicros;
      this.unbrokenSinceMicros = unbrokenSinceMicros;
      this.gathered = gathered;
    }
  }

  private final SessionGathering<S> gathering;
  private final Consumer<Ended<S>> whenEnded;

  /// Those that were silent longest come first.
  private final LinkedHashMap<Key, Open<S>> open = new LinkedHashMap<>(1 << 10, 0.75f, true);

  /// @param whenEnded told of each session, in no order
  SessionWalk(SessionGathering<S> gathering, Consumer<Ended<S>> whenEnded) {
    this.gathering = gathering;
    this.whenEnded = whenEnded;
  }

  /// @param row not before the one added last
  void add(SessionRow row) {
    endSilent(row.atMicros());
    Key key = new Key(row.userKey(), row.sessionId());
    Open<S> session = open.get(key);
    if (session == null) {
      session = new Open<>(row.atMicros(), row.atMicros(), gathering.begin());
      open.put(key, session);
    } else if (row.sessionId() == null) {
      session = continued(key, session, row.atMicros());
    }
    session.lastMicros = row.atMicros();
    session.rows++;
    gathering.gather(session.gathered, row);
  }

  /// After the last row.
  void end() {
    open.forEach(this::tell);
    open.clear();
  }

  private Open<S> continued(Key key, Open<S> session, long atMicros) {
    boolean isSilent = atMicros - session.lastMicros > SILENCE_MICROS;
    if (!isSilent && atMicros - session.beganMicros <= LONGEST_MICROS) {
      return session;
    }
    tell(key, session);
    Open<S> next =
        new Open<>(atMicros, isSilent ? atMicros : session.unbrokenSinceMicros, gathering.begin());
    open.put(key, next);
    return next;
  }

  private void endSilent(long nowMicros) {
    while (!open.isEmpty()) {
      Map.Entry<Key, Open<S>> oldest = open.firstEntry();
      if (nowMicros - oldest.getValue().lastMicros <= CLIENT_MICROS) {
        return;
      }
      tell(oldest.getKey(), oldest.getValue());
      open.pollFirstEntry();
    }
  }

  private void tell(Key key, Open<S> session) {
    whenEnded.accept(
        new Ended<>(
            key.userKey(),
            key.sessionId(),
            session.beganMicros,
            session.lastMicros,
            session.unbrokenSinceMicros,
            session.rows,
            session.gathered));
  }
}

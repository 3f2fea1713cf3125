package io.tidemark.insight.journey;

/// What is made of sessions as they are read. Not thread-safe.
///
/// @param <S> what is gathered of one session
interface SessionGathering<S> {

  /// A session begins.
  S begin();

  /// A row of the session, by time.
  void gather(S session, SessionRow row);

  /// A session is over that began in the range; in no order.
  void ended(SessionWalk.Ended<S> session);
}

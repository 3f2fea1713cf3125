package io.tidemark.insight.journey;

/// What is made of sessions as they are read. Not thread-safe.
///
/// @param <S> what is gathered of one session
interface SessionGathering<S> {

  /// A session begins.
  S begin();

  /// What happened in the session, by time.
  ///
  /// @param isMeant whether it is the event that the question is about
  void gather(S session, Happened happened, boolean isMeant);

  /// A session is over that began in the range; in no order.
  void ended(SessionWalk.Ended<S> session);
}

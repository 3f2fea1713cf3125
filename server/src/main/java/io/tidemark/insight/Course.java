package io.tidemark.insight;

/// The course of an answer: asked before each part of the work whether it may go on. Thread-safe.
@FunctionalInterface
public interface Course {

  /// Nobody stops it.
  Course ENDLESS = () -> {};

  /// @throws io.tidemark.platform.ProblemException `question_timeout` when it took too long
  /// @throws io.tidemark.platform.ClientGoneException when nobody waits for it any more
  void requireWanted();
}

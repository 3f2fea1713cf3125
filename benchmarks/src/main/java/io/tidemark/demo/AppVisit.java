package io.tidemark.demo;

import java.time.Instant;
import java.util.Queue;

/// One visit as it is played: its posts in time order, each taken once. For one thread at a time.
public final class AppVisit {

  private final Queue<Post> posts;

  AppVisit(Queue<Post> posts) {
    this.posts = posts;
  }

  /// What the app sends in one go.
  ///
  /// @param at when it is sent; no record in it is later
  /// @param body of `POST /api/v1/batch`
  public record Post(Instant at, String body, int records) {}

  public boolean isOver() {
    return posts.isEmpty();
  }

  /// The next one, which stays the next one.
  ///
  /// @throws java.util.NoSuchElementException when the visit is over
  public Post next() {
    return posts.element();
  }

  /// Goes on to the one after it.
  public void advance() {
    posts.remove();
  }
}

package io.tidemark.record;

/// Whom a record is about, by the name its sender gave.
///
/// @param isKnown whether the app named a user (`user_id`); otherwise the client made the name up
///   (`anonymous_id`)
/// @param id 1 to 200 characters
public record Person(boolean isKnown, String id) {

  public static Person user(String userId) {
    return new Person(true, userId);
  }

  public static Person anonymous(String anonymousId) {
    return new Person(false, anonymousId);
  }
}

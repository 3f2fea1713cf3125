package io.tidemark.record;

/// Whom a record is about, by the name its sender gave. Ordered, because senders could choose names
/// whose hashes are the same: hash tables stay quick with keys that can be compared.
///
/// @param isKnown whether the app named a user (`user_id`); otherwise the client made the name up
///   (`anonymous_id`)
/// @param id 1 to 200 characters
public record Person(boolean isKnown, String id) implements Comparable<Person> {

  public static Person user(String userId) {
    return new Person(true, userId);
  }

  public static Person anonymous(String anonymousId) {
    return new Person(false, anonymousId);
  }

  @Override
  public int compareTo(Person other) {
    int byKind = Boolean.compare(isKnown, other.isKnown);
    return byKind == 0 ? id.compareTo(other.id) : byKind;
  }
}

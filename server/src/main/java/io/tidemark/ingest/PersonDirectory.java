package io.tidemark.ingest;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tidemark.record.Person;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Gives every person their key, and knows since when they have been seen. Keys once given never
/// change and the time only becomes earlier, so that both can be remembered; of those recently seen
/// they are. Thread-safe.
final class PersonDirectory {

  private static final int REMEMBERED = 200_000;

  private static final String FIND =
      "SELECT /* person.find */ %1$s, user_key, first_seen_at FROM app_user WHERE %1$s = ANY (?)";

  /// Looks before it inserts and inserts in order: an insert that finds its row there would still
  /// use up a key, and keys shall stay dense; two writers that insert the same people in different
  /// orders would wait for each other.
  private static final String ADD =
      """
      INSERT INTO /* person.add */ app_user (%1$s, first_seen_at)
      SELECT name, timestamptz 'epoch' + micros * interval '1 microsecond' FROM unnest(?, ?) AS seen (name, micros) ORDER BY name
      ON CONFLICT (%1$s) DO NOTHING
      """;

  private final Cache<Person, KnownPerson> remembered =
      Caffeine.newBuilder().maximumSize(REMEMBERED).build();

  /// Those people as they are known; who is new gets a key. Commits on its own: a person without
  /// records harms nobody.
  ///
  /// @param connection in auto-commit mode
  /// @param people with the event time of their earliest record: since then someone new is seen
  Map<Person, KnownPerson> resolve(Connection connection, Map<Person, Instant> people)
      throws SQLException {
    Map<Person, KnownPerson> resolved = new HashMap<>(people.size() * 2);
    List<String> users = new ArrayList<>();
    List<String> anonymous = new ArrayList<>();
    for (Person person : people.keySet()) {
      KnownPerson known = remembered.getIfPresent(person);
      if (known != null) {
        resolved.put(person, known);
        continue;
      }
      (person.isKnown() ? users : anonymous).add(person.id());
    }
    resolveMissing(connection, true, users, people, resolved);
    resolveMissing(connection, false, anonymous, people, resolved);
    return resolved;
  }

  /// Those who were seen earlier than was known, with the new time. Most groups have none.
  ///
  /// @param people with the event time of their earliest record
  static Map<Person, KnownPerson> seenEarlier(
      Map<Person, Instant> people, Map<Person, KnownPerson> known) {
    Map<Person, KnownPerson> earlier = new HashMap<>();
    people.forEach((person, at) -> {
      KnownPerson before = Objects.requireNonNull(known.get(person));
      long micros = KnownPerson.micros(at);
      if (micros < before.firstSeenMicros()) {
        earlier.put(person, new KnownPerson(before.userKey(), micros));
      }
    });
    return earlier;
  }

  /// @param earlier is committed
  void remember(Map<Person, KnownPerson> earlier) {
    earlier.forEach(
        (person, seen) -> remembered.asMap().merge(person, seen, KnownPerson::earliest));
  }

  private void resolveMissing(
      Connection connection,
      boolean isKnown,
      List<String> ids,
      Map<Person, Instant> people,
      Map<Person, KnownPerson> resolved)
      throws SQLException {
    if (ids.isEmpty()) {
      return;
    }
    find(connection, isKnown, ids, resolved);
    List<String> added = new ArrayList<>();
    for (String id : ids) {
      if (!resolved.containsKey(new Person(isKnown, id))) {
        added.add(id);
      }
    }
    if (added.isEmpty()) {
      return;
    }
    add(connection, isKnown, added, people);
    find(connection, isKnown, added, resolved);
  }

  private void find(
      Connection connection, boolean isKnown, List<String> ids, Map<Person, KnownPerson> resolved)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(FIND.formatted(column(isKnown)))) {
      statement.setArray(1, textArray(connection, ids));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          Person person = new Person(isKnown, rows.getString(1));
          Instant firstSeenAt = rows.getObject(3, OffsetDateTime.class).toInstant();
          KnownPerson known = new KnownPerson(rows.getLong(2), KnownPerson.micros(firstSeenAt));
          remembered.put(person, known);
          resolved.put(person, known);
        }
      }
    }
  }

  private static void add(
      Connection connection, boolean isKnown, List<String> ids, Map<Person, Instant> people)
      throws SQLException {
    Object[] micros =
        ids.stream()
            .map(id -> Objects.requireNonNull(people.get(new Person(isKnown, id))))
            .map(KnownPerson::micros)
            .toArray();
    try (PreparedStatement statement =
        connection.prepareStatement(ADD.formatted(column(isKnown)))) {
      statement.setArray(1, textArray(connection, ids));
      statement.setArray(2, connection.createArrayOf("bigint", micros));
      statement.executeUpdate();
    }
  }

  private static Array textArray(Connection connection, List<String> ids) throws SQLException {
    return connection.createArrayOf("text", ids.toArray());
  }

  private static String column(boolean isKnown) {
    return isKnown ? "user_id" : "anonymous_id";
  }
}

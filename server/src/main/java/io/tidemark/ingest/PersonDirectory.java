package io.tidemark.ingest;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tidemark.record.Person;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Gives every person their key. Keys once given never change, so that they can be remembered;
/// those recently seen are. Thread-safe.
final class PersonDirectory {

  private static final int REMEMBERED = 200_000;

  private static final String FIND =
      "SELECT /* person.find */ %1$s, user_key FROM app_user WHERE %1$s = ANY (?)";

  /// Looks before it inserts and inserts in order: an insert that finds its row there would still
  /// use up a key, and keys shall stay dense; two writers that insert the same people in different
  /// orders would wait for each other.
  private static final String ADD =
      """
      INSERT INTO /* person.add */ app_user (%1$s)
      SELECT name FROM unnest(?) AS name ORDER BY name
      ON CONFLICT (%1$s) DO NOTHING
      """;

  private final Cache<Person, Long> keys = Caffeine.newBuilder().maximumSize(REMEMBERED).build();

  /// The keys of those people; who is new gets one. Commits on its own: a person without records
  /// harms nobody.
  ///
  /// @param connection in auto-commit mode
  Map<Person, Long> resolve(Connection connection, Collection<Person> people) throws SQLException {
    Map<Person, Long> resolved = new HashMap<>(people.size() * 2);
    List<String> users = new ArrayList<>();
    List<String> anonymous = new ArrayList<>();
    for (Person person : people) {
      Long key = keys.getIfPresent(person);
      if (key != null) {
        resolved.put(person, key);
        continue;
      }
      (person.isKnown() ? users : anonymous).add(person.id());
    }
    resolveMissing(connection, true, users, resolved);
    resolveMissing(connection, false, anonymous, resolved);
    return resolved;
  }

  private void resolveMissing(
      Connection connection, boolean isKnown, List<String> ids, Map<Person, Long> resolved)
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
    add(connection, isKnown, added);
    find(connection, isKnown, added, resolved);
  }

  private void find(
      Connection connection, boolean isKnown, List<String> ids, Map<Person, Long> resolved)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(FIND.formatted(column(isKnown)))) {
      statement.setArray(1, textArray(connection, ids));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          Person person = new Person(isKnown, rows.getString(1));
          long key = rows.getLong(2);
          keys.put(person, key);
          resolved.put(person, key);
        }
      }
    }
  }

  private static void add(Connection connection, boolean isKnown, List<String> ids)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(ADD.formatted(column(isKnown)))) {
      statement.setArray(1, textArray(connection, ids));
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

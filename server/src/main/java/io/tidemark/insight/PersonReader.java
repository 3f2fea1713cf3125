package io.tidemark.insight;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Who is meant by a name. Somebody whom the app named and somebody whose name a client made up are
/// two, also when both are called the same. Thread-safe.
public final class PersonReader {

  private static final String FIND =
      """
      SELECT /* insight.person */ user_key, is_known
        FROM (SELECT user_key, TRUE AS is_known FROM app_user WHERE user_id = :name AND NOT coalesce(CAST(:anonymous AS boolean), FALSE)
              UNION ALL
              SELECT user_key, FALSE FROM app_user WHERE anonymous_id = :name AND coalesce(CAST(:anonymous AS boolean), TRUE)) AS called
       ORDER BY is_known DESC
       LIMIT 1
      """;

  private final JdbcClient jdbc;

  /// @param userKey under which detail knows the person
  /// @param isKnown whether the app named them
  public record FoundPerson(long userKey, boolean isKnown) {}

  public PersonReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// @param name the app's id of the person, or the anonymous id
  /// @param anonymous true for the anonymous id, false for the app's; null for the app's, if there
  ///   is one
  public Optional<FoundPerson> find(String name, @Nullable Boolean anonymous) {
    return jdbc.sql(FIND)
        .param("name", name)
        .param("anonymous", anonymous)
        .query((row, number) -> new FoundPerson(row.getLong(1), row.getBoolean(2)))
        .optional();
  }
}

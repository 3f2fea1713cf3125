package io.tidemark.insight.funnel;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What people are called, by `user_key`. Thread-safe.
final class PersonNameReader {

  private static final String NAMES =
      """
      /* insight.person-names */
      SELECT user_key, coalesce(user_id, anonymous_id), user_id IS NOT NULL FROM app_user WHERE user_key = ANY (CAST(? AS bigint[]))
      """;

  /// @param isKnown whether the app named them; else the client made the name up
  record Called(String name, boolean isKnown) {}

  private final JdbcClient jdbc;

  PersonNameReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// @param userKeys a few thousand at most
  Map<Long, Called> readNames(List<Long> userKeys) {
    Map<Long, Called> names = new HashMap<>();
    jdbc.sql(NAMES)
        .param(userKeys.toArray(new Long[0]))
        .query(row -> {
          names.put(row.getLong(1), new Called(row.getString(2), row.getBoolean(3)));
        });
    return names;
  }
}

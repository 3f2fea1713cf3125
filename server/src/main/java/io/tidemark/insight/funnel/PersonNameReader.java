package io.tidemark.insight.funnel;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Names of people by `user_key`. Thread-safe.
final class PersonNameReader {

  private static final String NAMES =
      """
      /* insight.person-names */
      SELECT user_key, coalesce(user_id, anonymous_id) FROM app_user WHERE user_key = ANY (CAST(? AS bigint[]))
      """;

  private final JdbcClient jdbc;

  PersonNameReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// @param userKeys a few thousand at most
  Map<Long, String> readNames(List<Long> userKeys) {
    Map<Long, String> names = new HashMap<>();
    jdbc.sql(NAMES)
        .param(userKeys.toArray(new Long[0]))
        .query(row -> {
          names.put(row.getLong(1), row.getString(2));
        });
    return names;
  }
}

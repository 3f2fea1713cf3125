package io.tidemark.insight;

import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Puts the configured weights of the engagement score where the view `user_engagement_scores`
/// reads them.
final class EngagementWeightStore {

  private static final String REPLACE =
      """
      WITH configured AS (
        SELECT * FROM unnest(CAST(? AS text[]), CAST(? AS double precision[])) AS entry (event_type, weight)
      ), dropped AS (
        DELETE FROM engagement_weight WHERE event_type NOT IN (SELECT event_type FROM configured)
      )
      INSERT INTO /* engagement.configure */ engagement_weight AS known (event_type, weight)
      SELECT event_type, weight FROM configured ORDER BY event_type
      ON CONFLICT (event_type) DO UPDATE SET weight = excluded.weight WHERE known.weight <> excluded.weight
      """;

  private final JdbcClient jdbc;

  EngagementWeightStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void configure(Map<String, Double> weights) {
    String[] types = weights.keySet().stream().sorted().toArray(String[]::new);
    Double[] values = new Double[types.length];
    for (int i = 0; i < types.length; i++) {
      values[i] = weights.get(types[i]);
    }
    jdbc.sql(REPLACE).param(types).param(values).update();
  }
}

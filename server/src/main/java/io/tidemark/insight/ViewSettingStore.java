package io.tidemark.insight;

import io.tidemark.insight.InsightProperties.ViewNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Puts what is configured where the views for analysis read it: the weights of
/// `user_engagement_scores` and the names that the others look for.
final class ViewSettingStore {

  private static final String REPLACE_WEIGHTS =
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

  private static final String REPLACE_SETTINGS =
      """
      WITH configured AS (
        SELECT DISTINCT setting, value FROM unnest(CAST(? AS text[]), CAST(? AS text[])) AS entry (setting, value)
      ), dropped AS (
        DELETE FROM insight_setting WHERE (setting, value) NOT IN (SELECT setting, value FROM configured)
      )
      INSERT INTO /* insight.configure */ insight_setting (setting, value)
      SELECT setting, value FROM configured ORDER BY setting, value
      ON CONFLICT (setting, value) DO NOTHING
      """;

  private final JdbcClient jdbc;

  ViewSettingStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void configure(InsightProperties properties) {
    replaceWeights(properties.engagementWeights());
    replaceSettings(properties);
  }

  private void replaceWeights(Map<String, Double> weights) {
    String[] types = weights.keySet().stream().sorted().toArray(String[]::new);
    Double[] values = Arrays.stream(types).map(weights::get).toArray(Double[]::new);
    jdbc.sql(REPLACE_WEIGHTS).param(types).param(values).update();
  }

  private void replaceSettings(InsightProperties properties) {
    ViewNames names = properties.views();
    List<String> settings = new ArrayList<>();
    List<String> values = new ArrayList<>();
    add("converting-steps", names.convertingSteps(), settings, values);
    add("last-steps", names.lastSteps(), settings, values);
    add("download-events", names.downloadEvents(), settings, values);
    add("share-events", names.shareEvents(), settings, values);
    add("processing-metrics", names.processingMetrics(), settings, values);
    jdbc.sql(REPLACE_SETTINGS)
        .param(settings.toArray(String[]::new))
        .param(values.toArray(String[]::new))
        .update();
  }

  private static void add(
      String setting, List<String> entries, List<String> settings, List<String> values) {
    for (String entry : entries) {
      settings.add(setting);
      values.add(entry);
    }
  }
}

package io.tidemark.rollup;

import io.tidemark.record.FactTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What is kept of the rows of a fact table: one SQL statement for each rollup that they go into.
/// The statements are the only place where a rollup's meaning is written.
final class Rollup {

  private Rollup() {}

  /// The statements that merge rows of that table into the rollups.
  ///
  /// @param source a query for the rows, with all their columns
  static List<String> statements(FactTable table, String source) {
    return switch (table) {
      case USER_EVENT ->
          List.of(
              read("event_rollup", source),
              people(table, "event_type", source),
              read("person_activity", source));
      case CONVERSION_FUNNEL ->
          List.of(read("funnel_rollup", source), people(table, "step", source));
      case PERFORMANCE_METRIC ->
          List.of(read("metric_rollup", source), people(table, "type", source));
      case API_RESPONSE_TIME -> List.of(read("api_rollup", source), people(table, "''", source));
    };
  }

  private static String people(FactTable table, String key, String source) {
    return read("people_rollup", source).replace("{fact}", table.tableName()).replace("{key}", key);
  }

  private static String read(String name, String source) {
    try (InputStream file = Rollup.class.getResourceAsStream(name + ".sql")) {
      if (file == null) {
        throw new IllegalStateException("The jar lacks " + name + ".sql");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .replaceAll("(?m)^--.*\n", "")
          .replace("{source}", source);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + name + ".sql from the jar", e);
    }
  }
}

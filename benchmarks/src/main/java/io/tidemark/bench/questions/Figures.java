package io.tidemark.bench.questions;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The numbers of an answer, by what tells its rows apart.
///
/// @param rows each as many figures as the question has
record Figures(Map<String, List<Double>> rows) {

  Figures {
    rows = Map.copyOf(rows);
  }

  /// @param count how many of the last columns are figures
  static Figures of(List<List<@Nullable Object>> rows, int count) {
    Map<String, List<Double>> figures = new HashMap<>();
    for (List<@Nullable Object> row : rows) {
      int keys = row.size() - count;
      StringJoiner key = new StringJoiner(" · ");
      row.subList(0, keys).forEach(column -> key.add(String.valueOf(column)));
      add(figures, key.toString(), row.subList(keys, row.size()).stream().map(Figures::number));
    }
    return new Figures(figures);
  }

  static Figures of(JsonNode answer, Question.Source.Http source) {
    Map<String, List<Double>> figures = new HashMap<>();
    for (JsonNode item : answer.path(source.items())) {
      StringJoiner key = new StringJoiner(" · ");
      source.keys().forEach(field -> key.add(text(item.path(field))));
      add(
          figures,
          key.toString(),
          source.fields().stream().map(field -> item.path(field).asDouble(Double.NaN)));
    }
    return new Figures(figures);
  }

  /// What is not the same, in words; empty when all is.
  List<String> differencesFrom(Figures report, List<Question.Figure> kinds) {
    List<String> differences = new ArrayList<>();
    rows.forEach((key, tidemark) -> {
      List<Double> other = report.rows.get(key);
      if (other == null) {
        differences.add(key + ": only Tidemark has it");
        return;
      }
      for (int i = 0; i < kinds.size(); i++) {
        if (!kinds.get(i).isSame(tidemark.get(i), other.get(i))) {
          differences.add("%s: %s, report %s".formatted(key, tidemark.get(i), other.get(i)));
        }
      }
    });
    report.rows.keySet().stream()
        .filter(key -> !rows.containsKey(key))
        .forEach(key -> differences.add(key + ": Tidemark does not have it"));
    return differences;
  }

  /// A row that is told twice is two rows.
  private static void add(Map<String, List<Double>> rows, String key, Stream<Double> figures) {
    String other = key;
    while (rows.containsKey(other)) {
      other += " · again";
    }
    rows.put(other, figures.toList());
  }

  private static String text(JsonNode value) {
    if (!value.isArray()) {
      return value.asString();
    }
    StringJoiner list = new StringJoiner(",");
    value.forEach(item -> list.add(item.asString()));
    return list.toString();
  }

  private static Double number(@Nullable Object value) {
    return value instanceof Number number ? number.doubleValue() : Double.NaN;
  }
}

package io.tidemark.rollup;

import static java.util.stream.Collectors.joining;

import io.tidemark.record.FactTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// A rollup of a fact table. What it means is written once, in the SQL beside this class: in
/// `….rows.sql` what rows of detail amount to by the minute, in `….hours.sql` the same of hours as
/// they are kept, in `….sql` how either is merged into the rollup. Refreshing, recounting and
/// verifying differ only in which rows they take and where the result goes.
///
/// @param table what is asked: a table, or a view of its rows, packed or not
/// @param fact the fact table it is made of
/// @param statements name of its statements, which may serve several rollups
/// @param keys what its rows are told apart by, for those that share their statements; else empty
record Rollup(String table, FactTable fact, String statements, String keys) {

  private static final String API = "api_rollup";
  private static final String PEOPLE = "people_rollup";
  private static final String ACTIVITY = "person_events";

  /// Minutes are kept for some days: of rows that come later than that only hours and days are
  /// made.
  private static final String WANTED =
      "grain <> 'minute' OR at >= (SELECT minutes_since FROM rollup_horizon)";

  /// The rollups of a fact table.
  static List<Rollup> of(FactTable fact) {
    return switch (fact) {
      case USER_EVENT ->
          List.of(plain("event_rollup", fact), people(fact, "event_type"), activity());
      case CONVERSION_FUNNEL -> List.of(plain("funnel_rollup", fact), people(fact, "step"));
      case PERFORMANCE_METRIC -> List.of(plain("metric_rollup", fact), people(fact, "type"));
      case API_RESPONSE_TIME ->
          List.of(
              new Rollup(API, fact, API, ", endpoint, method"),
              new Rollup("api_total_rollup", fact, API, ""),
              people(fact, "''"));
    };
  }

  private static Rollup plain(String table, FactTable fact) {
    return new Rollup(table, fact, table, "");
  }

  private static Rollup people(FactTable fact, String key) {
    return new Rollup(PEOPLE, fact, PEOPLE, key);
  }

  /// Everyone's events over all time.
  static Rollup activity() {
    return plain(ACTIVITY, FactTable.USER_EVENT);
  }

  /// Packed when they are over; empty for those that are not.
  Optional<PackedRollup> packed() {
    return PackedRollup.shownBy(table);
  }

  /// The packed ones among the rollups of a fact table.
  static List<PackedRollup> packedOf(FactTable fact) {
    return of(fact).stream().flatMap(rollup -> rollup.packed().stream()).toList();
  }

  /// The table into which is merged.
  String keptIn() {
    return packed().map(PackedRollup::unpackedTable).orElse(table);
  }

  /// Whether it is kept by minute, hour and day; otherwise it is over all time.
  boolean isByTime() {
    return !table.equals(ACTIVITY);
  }

  /// Which rows of its table are its own.
  String ownRows() {
    return table.equals(PEOPLE) ? "fact = '%s'".formatted(fact.tableName()) : "true";
  }

  /// The statement that merges rows of detail.
  ///
  /// @param purpose of the statement, for whoever watches the database
  /// @param source a query for the rows, with all their columns
  /// @param target table of the same form that they are merged into
  String mergeRows(String purpose, String source, Collection<Grain> grains, String target) {
    String part = isByTime() ? read(statements + ".rows.sql") : "";
    return merge(purpose, part, grains, target).replace("{source}", source);
  }

  /// What rows of detail amount to, by the minute.
  ///
  /// @param source a query for the rows, with all their columns
  String parts(String source) {
    return read(statements + ".rows.sql").replace("{keys}", keys).replace("{source}", source);
  }

  /// The statement that makes days of the hours as they are kept.
  ///
  /// @param range a condition on `bucket`: which hours
  String mergeHours(String purpose, String range) {
    return merge(purpose, read(statements + ".hours.sql"), List.of(Grain.DAY), keptIn())
        .replace("{range}", range);
  }

  private String merge(String purpose, String part, Collection<Grain> grains, String target) {
    return read(statements + ".sql")
        .replace("{part}", part)
        .replace("{grains}", grains.stream().map(Rollup::row).collect(joining(", ")))
        .replace("{wanted}", WANTED)
        .replace("{purpose}", purpose)
        .replace("{target}", target)
        .replace("{fact}", fact.tableName())
        .replace("{table}", table)
        .replace("{keys}", keys);
  }

  private static String row(Grain grain) {
    return "('%1$s', interval '1 %1$s')".formatted(grain.columnValue());
  }

  static String read(String name) {
    try (InputStream file = Rollup.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalStateException("The jar lacks " + name);
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).replaceAll("(?m)^--.*\n", "");
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + name + " from the jar", e);
    }
  }
}

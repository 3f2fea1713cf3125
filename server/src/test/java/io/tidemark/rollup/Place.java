package io.tidemark.rollup;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.tidemark.record.FactTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Where a row of detail is counted.
///
/// @param key event type, step, metric or endpoint
/// @param method of API calls, else empty
record Place(String grain, Instant bucket, String key, String method) {

  private static final Map<String, ChronoUnit> GRAINS =
      Map.of("minute", ChronoUnit.MINUTES, "hour", ChronoUnit.HOURS, "day", ChronoUnit.DAYS);

  record Placed(Place place, DetailRow row) {}

  /// The rows of each place.
  static Map<Place, List<DetailRow>> of(List<DetailRow> detail, FactTable fact) {
    return each(detail, fact).collect(groupingBy(Placed::place, mapping(Placed::row, toList())));
  }

  /// Each row at each place it belongs to: one of every grain.
  static Stream<Placed> each(List<DetailRow> detail, FactTable fact) {
    return detail.stream()
        .filter(row -> row.fact() == fact)
        .flatMap(row ->
            GRAINS.entrySet().stream()
                .map(grain ->
                    new Placed(
                        new Place(
                            grain.getKey(),
                            row.at().truncatedTo(grain.getValue()),
                            row.key(),
                            row.method()),
                        row)));
  }

  /// The place that the first four columns name.
  static Place of(ResultSet row) throws SQLException {
    return new Place(
        row.getString(1),
        row.getObject(2, OffsetDateTime.class).toInstant(),
        row.getString(3),
        row.getString(4));
  }
}

package io.tidemark.insight.select;

import io.swagger.v3.oas.annotations.media.Schema;
import io.tidemark.insight.AskedText;
import io.tidemark.platform.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Which events are meant: those of a type, completions of a funnel step, or, with neither, all
/// events that are not steps; and of these the ones that pass every filter.
///
/// @param where may be left out in a document
@Schema(description = "Which events: of a type, of a funnel step, or all; that pass all filters")
public record EventSelector(
    @Schema(description = "Type of event", example = "result_download") @Nullable String event,
    @Schema(description = "Step of the funnel", example = "page_visit") @Nullable String step,
    @Schema(description = "Filters, at most 16; all must hold") List<PropertyFilter> where) {

  public static final int MOST_FILTERS = 16;

  public EventSelector {
    if (event != null && step != null) {
      throw ProblemException.invalidField("step", "only one of event and step may be given");
    }
    event = event == null ? null : AskedText.checked("event", event, Attribute.LONGEST_NAME);
    step = step == null ? null : AskedText.checked("step", step, Attribute.LONGEST_NAME);
    where = where == null ? List.of() : where;
    if (where.size() > MOST_FILTERS || where.stream().anyMatch(Objects::isNull)) {
      throw ProblemException.invalidField(
          "where", "where must have at most %d filters, none of them null".formatted(MOST_FILTERS));
    }
    where = List.copyOf(where);
    DetailTable table = step == null ? DetailTable.USER_EVENT : DetailTable.CONVERSION_FUNNEL;
    for (int place = 0; place < where.size(); place++) {
      if (!where.get(place).appliesTo(table)) {
        throw ProblemException.invalidField(
            "where[%d].field".formatted(place),
            "%s is not a field of %s"
                .formatted(where.get(place).field(), step == null ? "events" : "steps"));
      }
    }
  }

  public static EventSelector event(String type) {
    return new EventSelector(type, null, List.of());
  }

  public static EventSelector step(String name) {
    return new EventSelector(null, name, List.of());
  }

  /// Where the events are.
  public DetailTable table() {
    return step == null ? DetailTable.USER_EVENT : DetailTable.CONVERSION_FUNNEL;
  }

  /// The type of event or the step; null for any event.
  public @Nullable String name() {
    return step == null ? event : step;
  }

  /// Whether every event of the type or step is meant.
  public boolean isUnfiltered() {
    return where.isEmpty();
  }

  /// What to call them in an answer.
  public String label() {
    String name = name();
    return name == null ? "any event" : name;
  }

  /// Whether a row of its table is meant: true, false, or null for no.
  ///
  /// @param row alias of the table's row
  public SqlPart condition(String row) {
    List<SqlPart> parts = new ArrayList<>();
    String name = name();
    if (name != null) {
      parts.add(kind(row, name));
    }
    where.forEach(filter -> parts.add(filter.condition(row)));
    return SqlPart.all(parts);
  }

  /// The number is looked up once for the whole statement.
  private SqlPart kind(String row, String name) {
    return SqlPart.of(
        "%s.kind_id = (SELECT kind_id FROM fact_kind WHERE fact = '%s' AND name = ? AND qualifier = '')"
            .formatted(row, table().fact()),
        name);
  }
}

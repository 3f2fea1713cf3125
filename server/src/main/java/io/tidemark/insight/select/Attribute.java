package io.tidemark.insight.select;

import io.tidemark.platform.ProblemException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Something that is known of a row of detail or of its person.
sealed interface Attribute {

  int LONGEST_TEXT = 200;

  /// A key of the record's properties.
  record Property(String name) implements Attribute {

    @Override
    public SqlPart text(String row) {
      return SqlPart.of("(%s.properties ->> ?)".formatted(row), name);
    }

    @Override
    public SqlPart json(String row) {
      return SqlPart.of("(%s.properties -> ?)".formatted(row), name);
    }
  }

  /// A trait of the person, as last said.
  record Trait(String name) implements Attribute {

    @Override
    public SqlPart text(String row) {
      return SqlPart.of("(%s.traits ->> ?)".formatted(row), name);
    }

    @Override
    public SqlPart json(String row) {
      return SqlPart.of("(%s.traits -> ?)".formatted(row), name);
    }
  }

  /// A column of detail or of the person; always text.
  enum Column implements Attribute {
    PAGE("page", DetailTable.USER_EVENT),
    EFFECT_ID("effect_id", DetailTable.CONVERSION_FUNNEL),
    SESSION_ID("session_id", null),
    SUBSCRIPTION_TIER("subscription_tier", null);

    private final String column;
    private final @Nullable DetailTable only;

    Column(String column, @Nullable DetailTable only) {
      this.column = column;
      this.only = only;
    }

    @Override
    public SqlPart text(String row) {
      return SqlPart.of("%s.%s".formatted(row, column));
    }

    @Override
    public SqlPart json(String row) {
      return SqlPart.of("to_jsonb(%s.%s)".formatted(row, column));
    }

    static Optional<Column> named(String name) {
      return Arrays.stream(values()).filter(each -> each.column.equals(name)).findAny();
    }

    static String names() {
      return Arrays.stream(values()).map(each -> each.column).collect(Collectors.joining(", "));
    }
  }

  /// Exactly one of the three is given.
  ///
  /// @throws ProblemException naming what is wrong
  static Attribute of(@Nullable String property, @Nullable String trait, @Nullable String field) {
    if (Stream.of(property, trait, field).filter(Objects::nonNull).count() > 1) {
      throw ProblemException.invalidField(
          field == null ? "trait" : "field", "only one of property, trait and field may be given");
    }
    if (property != null) {
      return new Property(checked("property", property));
    }
    if (trait != null) {
      return new Trait(checked("trait", trait));
    }
    if (field == null) {
      throw ProblemException.invalidField("property", "property, trait or field must be given");
    }
    return Column.named(field)
        .orElseThrow(
            () -> ProblemException.invalidField("field", "field must be one of " + Column.names()));
  }

  static String checked(String field, String text) {
    if (text.isEmpty() || text.length() > LONGEST_TEXT || text.indexOf(0) >= 0) {
      throw ProblemException.invalidField(
          field,
          "%s must have 1 to %d characters, none of them NUL".formatted(field, LONGEST_TEXT));
    }
    return text;
  }

  /// Its value as text; null when it is not known.
  ///
  /// @param row alias of the row of detail, or of the person for what is known of them
  SqlPart text(String row);

  /// Its value as jsonb, with its type; null when it is not known.
  SqlPart json(String row);

  /// Whether it is known of the person rather than of the row.
  default boolean belongsToPerson() {
    return this instanceof Trait || this == Column.SUBSCRIPTION_TIER;
  }

  /// Whether it says who someone is: a session does, to whoever has the client's logs.
  default boolean isPersonal(PersonalPolicy policy) {
    return switch (this) {
      case Property(String name) -> policy.isPersonalProperty(name);
      case Trait(String name) -> policy.isPersonalTrait(name);
      case Column column -> column == Column.SESSION_ID;
    };
  }

  /// Its field where a question names it.
  default String field() {
    return switch (this) {
      case Property _ -> "property";
      case Trait _ -> "trait";
      case Column _ -> "field";
    };
  }

  /// Whether rows of the table have it.
  default boolean isOf(DetailTable table) {
    return !(this instanceof Column column) || column.only == null || column.only == table;
  }
}

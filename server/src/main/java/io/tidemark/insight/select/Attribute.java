package io.tidemark.insight.select;

import io.tidemark.insight.AskedText;
import io.tidemark.platform.ProblemException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Something that is known of a row of detail or of its person.
sealed interface Attribute {

  /// How long the name of an event or step may be, in characters.
  int LONGEST_NAME = 200;

  /// More than a key or a value of a record can have: a record has 32 KB.
  int LONGEST_TEXT = 32 * 1024;

  /// In the text of a jsonb, which has no exponents: what is in quotes as a whole, or a fraction.
  String FRACTION = "(\"(\\\\.|[^\"\\\\])*\")|([.][0-9]*[1-9])0*|[.]0+";

  /// What is in quotes stays, and of a fraction all up to the zeros at its end.
  String SHORT_FRACTION = "\\1\\3";

  /// A key of the record's properties.
  record Property(String name) implements Attribute {

    @Override
    public SqlPart text(String row) {
      return valueAsText(row + ".properties", name);
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
      return valueAsText(row + ".traits", name);
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
      return new Property(AskedText.checked("property", property, LONGEST_TEXT));
    }
    if (trait != null) {
      return new Trait(AskedText.checked("trait", trait, LONGEST_TEXT));
    }
    if (field == null) {
      throw ProblemException.invalidField("property", "property, trait or field must be given");
    }
    return Column.named(field)
        .orElseThrow(
            () -> ProblemException.invalidField("field", "field must be one of " + Column.names()));
  }

  /// Numbers that are equal are one value, and jsonb keeps the zeros that they were written with:
  /// so zeros at the end of a fraction are left out, within lists and objects too.
  private static SqlPart valueAsText(String json, String key) {
    return SqlPart.of(
        """
        CASE WHEN strpos(%1$s ->> ?, '.') > 0
             THEN CASE jsonb_typeof(%1$s -> ?)
                       WHEN 'string' THEN %1$s ->> ?
                       WHEN 'number' THEN CAST(trim_scale(CAST(%1$s -> ? AS numeric)) AS text)
                       ELSE regexp_replace(%1$s ->> ?, ?, ?, 'g') END
             ELSE %1$s ->> ? END\
        """
            .formatted(json),
        key,
        key,
        key,
        key,
        key,
        FRACTION,
        SHORT_FRACTION,
        key);
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

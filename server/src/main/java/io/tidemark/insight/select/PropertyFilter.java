package io.tidemark.insight.select;

import io.swagger.v3.oas.annotations.media.Schema;
import io.tidemark.platform.ProblemException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A condition on one thing that is known of an event or of its person. All comparisons that are
/// given must hold. What is not known is nothing: it equals no value, and is not any.
///
/// Text is compared with text as it is shown (the number 10 and the text 10 are both "10"), a
/// number with numbers alone, true and false with themselves alone.
@Schema(description = "A condition on a property, trait or field; all comparisons given must hold")
public record PropertyFilter(
    @Schema(description = "Key of the event's properties", example = "plan")
        @Nullable String property,
    @Schema(description = "Trait of the person, as last said") @Nullable String trait,
    @Schema(description = "page (of events), effect_id (of steps), session_id, subscription_tier")
        @Nullable String field,
    @Schema(description = "Equal to this text, number or boolean", example = "pro")
        @Nullable FilterValue is,
    @Schema(description = "Different from it, or not known") @Nullable FilterValue isNot,
    @Schema(description = "Has this text in it; case matters") @Nullable String contains,
    @Schema(description = "A number greater than this") @Nullable BigDecimal greater,
    @Schema(description = "A number less than this") @Nullable BigDecimal less,
    @Schema(description = "Whether it is known at all") @Nullable Boolean exists,
    @Schema(description = "Equal to one of these: 1 to 100") @Nullable List<FilterValue> oneOf)
    implements MayNamePeople {

  public static final int MOST_VALUES = 100;

  public PropertyFilter {
    Attribute attribute = Attribute.of(property, trait, field);
    if (Stream.of(is, isNot, contains, greater, less, exists, oneOf).allMatch(Objects::isNull)) {
      throw ProblemException.invalidField(
          "is", "one of is, is_not, contains, greater, less, exists and one_of must be given");
    }
    if (attribute instanceof Attribute.Column) {
      requireNoNumber("greater", greater);
      requireNoNumber("less", less);
    }
    contains = contains == null ? null : Attribute.checked("contains", contains);
    greater = greater == null ? null : bounded("greater", greater);
    less = less == null ? null : bounded("less", less);
    if (oneOf != null) {
      if (oneOf.isEmpty()
          || oneOf.size() > MOST_VALUES
          || oneOf.stream().anyMatch(Objects::isNull)) {
        throw ProblemException.invalidField(
            "one_of", "one_of must have 1 to %d values".formatted(MOST_VALUES));
      }
      oneOf = List.copyOf(oneOf);
    }
  }

  /// Whether it holds for a row of detail: true, false, or null for no.
  ///
  /// @param row alias of the row of detail
  public SqlPart condition(String row) {
    List<SqlPart> parts = new ArrayList<>();
    if (is != null) {
      parts.add(holds(row, isOneOf(List.of(is))));
    }
    if (isNot != null) {
      parts.add(fails(row, isOneOf(List.of(isNot))));
    }
    if (contains != null) {
      parts.add(holds(row, of -> followed(attribute().text(of), "strpos(%s, ?) > 0", contains)));
    }
    if (greater != null) {
      parts.add(holds(row, isNumber(">", greater)));
    }
    if (less != null) {
      parts.add(holds(row, isNumber("<", less)));
    }
    if (exists != null) {
      Comparison isKnown = of -> followed(attribute().text(of), "%s IS NOT NULL");
      parts.add(exists ? holds(row, isKnown) : fails(row, isKnown));
    }
    if (oneOf != null) {
      parts.add(holds(row, isOneOf(oneOf)));
    }
    return SqlPart.all(parts);
  }

  @Override
  public @Nullable String personalField(PersonalPolicy policy) {
    return attribute().isPersonal(policy) ? attribute().field() : null;
  }

  boolean appliesTo(DetailTable table) {
    return attribute().isOf(table);
  }

  private Attribute attribute() {
    return Attribute.of(property, trait, field);
  }

  /// A condition over whoever has the attribute: a row of detail or a person.
  @FunctionalInterface
  private interface Comparison {
    SqlPart on(String alias);
  }

  /// What is asked of people is asked once for each of them, not for each row.
  private SqlPart holds(String row, Comparison comparison) {
    if (!attribute().belongsToPerson()) {
      return comparison.on(row);
    }
    return followed(
        comparison.on("person"),
        row + ".user_key IN (SELECT person.user_key FROM app_user AS person WHERE %s)");
  }

  private SqlPart fails(String row, Comparison comparison) {
    return followed(holds(row, comparison), "(%s) IS NOT TRUE");
  }

  private Comparison isOneOf(List<FilterValue> values) {
    return of -> {
      List<SqlPart> parts = new ArrayList<>();
      String[] texts =
          values.stream()
              .map(FilterValue::value)
              .filter(String.class::isInstance)
              .map(String::valueOf)
              .toArray(String[]::new);
      String[] others =
          values.stream()
              .map(FilterValue::value)
              .filter(value -> !(value instanceof String))
              .map(String::valueOf)
              .toArray(String[]::new);
      if (texts.length > 0) {
        parts.add(followed(attribute().text(of), "%s = ANY (CAST(? AS text[]))", (Object) texts));
      }
      if (others.length > 0) {
        parts.add(followed(attribute().json(of), "%s = ANY (CAST(? AS jsonb[]))", (Object) others));
      }
      return SqlPart.any(parts);
    };
  }

  /// Values of jsonb of any type can be compared, so that no row can make the question fail.
  private Comparison isNumber(String operator, BigDecimal bound) {
    return of ->
        SqlPart.all(
            List.of(
                followed(attribute().json(of), "jsonb_typeof(%s) = 'number'"),
                followed(
                    attribute().json(of),
                    "%s " + operator + " to_jsonb(CAST(? AS numeric))",
                    bound)));
  }

  private static SqlPart followed(SqlPart part, String around, Object... parameters) {
    List<Object> all = new ArrayList<>(part.parameters());
    all.addAll(List.of(parameters));
    return new SqlPart(around.formatted(part.sql()), all);
  }

  private static void requireNoNumber(String name, @Nullable BigDecimal number) {
    if (number != null) {
      throw ProblemException.invalidField(
          name, "%s compares numbers; field is always text".formatted(name));
    }
  }

  private static BigDecimal bounded(String name, BigDecimal number) {
    try {
      return FilterValue.plain(number);
    } catch (ProblemException e) {
      throw ProblemException.invalidField(name, name + " must be a number of at most 310 digits");
    }
  }
}

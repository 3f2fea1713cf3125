package io.tidemark.insight.select;

import io.swagger.v3.oas.annotations.media.Schema;
import io.tidemark.insight.AskedText;
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
    @Schema(description = "Does not have this text in it, or is not known; case matters")
        @Nullable String doesNotContain,
    @Schema(description = "A number greater than this") @Nullable BigDecimal greater,
    @Schema(description = "A number less than this") @Nullable BigDecimal less,
    @Schema(description = "This number or a greater one") @Nullable BigDecimal atLeast,
    @Schema(description = "This number or a lesser one") @Nullable BigDecimal atMost,
    @Schema(description = "Whether it is known at all") @Nullable Boolean exists,
    @Schema(description = "Equal to one of these: 1 to 100") @Nullable List<FilterValue> oneOf,
    @Schema(description = "Different from all of these, 1 to 100, or not known")
        @Nullable List<FilterValue> noneOf)
    implements MayNamePeople {

  public static final int MOST_VALUES = 100;

  public PropertyFilter {
    Attribute attribute = Attribute.of(property, trait, field);
    if (Stream.of(
            is,
            isNot,
            contains,
            doesNotContain,
            greater,
            less,
            atLeast,
            atMost,
            exists,
            oneOf,
            noneOf)
        .allMatch(Objects::isNull)) {
      throw ProblemException.invalidField(
          "is",
          "one of is, is_not, contains, does_not_contain, greater, less, at_least, at_most, exists, one_of and none_of must be given");
    }
    boolean isNeverNumber = attribute instanceof Attribute.Column;
    contains = text("contains", contains);
    doesNotContain = text("does_not_contain", doesNotContain);
    greater = number("greater", greater, isNeverNumber);
    less = number("less", less, isNeverNumber);
    atLeast = number("at_least", atLeast, isNeverNumber);
    atMost = number("at_most", atMost, isNeverNumber);
    oneOf = values("one_of", oneOf);
    noneOf = values("none_of", noneOf);
  }

  public static PropertyFilter property(String name, FilterValue is) {
    return new PropertyFilter(
        name, null, null, is, null, null, null, null, null, null, null, null, null, null);
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
      parts.add(holds(row, contains(contains)));
    }
    if (doesNotContain != null) {
      parts.add(fails(row, contains(doesNotContain)));
    }
    if (greater != null) {
      parts.add(holds(row, isNumber(">", greater)));
    }
    if (less != null) {
      parts.add(holds(row, isNumber("<", less)));
    }
    if (atLeast != null) {
      parts.add(holds(row, isNumber(">=", atLeast)));
    }
    if (atMost != null) {
      parts.add(holds(row, isNumber("<=", atMost)));
    }
    if (exists != null) {
      Comparison isKnown = of -> followed(attribute().text(of), "%s IS NOT NULL");
      parts.add(exists ? holds(row, isKnown) : fails(row, isKnown));
    }
    if (oneOf != null) {
      parts.add(holds(row, isOneOf(oneOf)));
    }
    if (noneOf != null) {
      parts.add(fails(row, isOneOf(noneOf)));
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

  private Comparison contains(String text) {
    return of -> followed(attribute().text(of), "strpos(%s, ?) > 0", text);
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

  private static @Nullable String text(String name, @Nullable String text) {
    return text == null ? null : AskedText.checked(name, text, Attribute.LONGEST_TEXT);
  }

  private static @Nullable BigDecimal number(
      String name, @Nullable BigDecimal number, boolean isNeverNumber) {
    if (number == null) {
      return null;
    }
    if (isNeverNumber) {
      throw ProblemException.invalidField(
          name, "%s compares numbers; field is always text".formatted(name));
    }
    try {
      return FilterValue.plain(number);
    } catch (ProblemException e) {
      throw ProblemException.invalidField(name, name + " must be a number of at most 310 digits");
    }
  }

  private static @Nullable List<FilterValue> values(
      String name, @Nullable List<FilterValue> values) {
    if (values == null) {
      return null;
    }
    if (values.isEmpty()
        || values.size() > MOST_VALUES
        || values.stream().anyMatch(Objects::isNull)) {
      throw ProblemException.invalidField(
          name, "%s must have 1 to %d values".formatted(name, MOST_VALUES));
    }
    return List.copyOf(values);
  }
}

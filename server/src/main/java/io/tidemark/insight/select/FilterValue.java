package io.tidemark.insight.select;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.tidemark.insight.AskedText;
import io.tidemark.platform.ProblemException;
import java.math.BigDecimal;
import java.math.BigInteger;

/// What something is compared with: text, a number or true/false. Numbers are equal when they mean
/// the same, however they were written.
///
/// @param value a `String` of at most 32,768 characters, a `BigDecimal` or a `Boolean`
public record FilterValue(@JsonValue Object value) {

  /// No longer ones are recorded.
  private static final int MOST_DIGITS = 1_000;

  private static final int MOST_WHOLE_DIGITS = 310;
  private static final int MOST_DIGITS_OF_FRACTION = 2_000;
  private static final String EXPECTED =
      "must be text of at most %,d characters, none of them NUL or half of a surrogate pair, a number of at most %d digits, true or false"
          .formatted(Attribute.LONGEST_TEXT, MOST_WHOLE_DIGITS);

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public FilterValue {
    value =
        switch (value) {
          case String text
              when text.length() <= Attribute.LONGEST_TEXT && AskedText.isStorable(text) ->
              text;
          case Boolean is -> is;
          case Integer number -> plain(BigDecimal.valueOf(number));
          case Long number -> plain(BigDecimal.valueOf(number));
          case Double number when Double.isFinite(number) -> plain(BigDecimal.valueOf(number));
          case BigInteger number -> plain(new BigDecimal(number));
          case BigDecimal number -> plain(number);
          default -> throw unexpected();
        };
  }

  /// With its zeros gone, so that equal numbers are equal.
  ///
  /// @throws ProblemException when no such number can be recorded
  static BigDecimal plain(BigDecimal number) {
    if ((long) number.precision() - number.scale() > MOST_WHOLE_DIGITS
        || number.scale() > MOST_DIGITS_OF_FRACTION
        || number.precision() > MOST_DIGITS) {
      throw unexpected();
    }
    return number.stripTrailingZeros();
  }

  private static ProblemException unexpected() {
    return ProblemException.invalidField("", EXPECTED);
  }
}

package io.tidemark.insight.trend;

import io.swagger.v3.oas.annotations.media.Schema;
import io.tidemark.insight.AskedText;
import io.tidemark.platform.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A line made of two series.
///
/// @param of the names of the two, in order
@Schema(description = "A line made of two series")
public record TrendFormula(
    @Schema(description = "What to call it; default: such as `ratio of uploads and visits`")
        @Nullable String name,
    Kind kind,
    @Schema(description = "The names of two series", example = "[\"uploads\", \"visits\"]")
        List<String> of) {

  /// How the second is set against the first.
  @Schema(description = "ratio: first / second; difference: first - second; sum: first + second")
  public enum Kind {
    RATIO,
    DIFFERENCE,
    SUM
  }

  public TrendFormula {
    of = List.copyOf(of);
    if (of.size() != 2) {
      throw ProblemException.invalidField("of", "of must name two series");
    }
    name =
        name == null
            ? "%s of %s and %s"
                .formatted(kind.name().toLowerCase(Locale.ROOT), of.getFirst(), of.getLast())
            : AskedText.checked("name", name, TrendSeries.LONGEST_NAME);
  }

  String label() {
    return String.valueOf(name);
  }

  TrendAnswer.Line lineOf(TrendAnswer.Line first, TrendAnswer.Line second) {
    TrendAnswer.Values previous = first.previous();
    TrendAnswer.Values otherPrevious = second.previous();
    return new TrendAnswer.Line(
        label(),
        first.value(),
        first.isOther(),
        valuesOf(first.asked(), second.asked()),
        previous == null || otherPrevious == null ? null : valuesOf(previous, otherPrevious));
  }

  private TrendAnswer.Values valuesOf(TrendAnswer.Values first, TrendAnswer.Values second) {
    List<@Nullable Number> values = new ArrayList<>();
    for (int place = 0; place < first.values().size(); place++) {
      values.add(apply(first.values().get(place), second.values().get(place)));
    }
    return new TrendAnswer.Values(apply(first.total(), second.total()), values);
  }

  /// Null when nothing can be said: one of them is null, or a ratio to nothing.
  @Nullable Number apply(@Nullable Number first, @Nullable Number second) {
    if (first == null || second == null) {
      return null;
    }
    return switch (kind) {
      case RATIO -> second.doubleValue() == 0 ? null : first.doubleValue() / second.doubleValue();
      case DIFFERENCE -> sum(first, second, -1);
      case SUM -> sum(first, second, 1);
    };
  }

  private static Number sum(Number first, Number second, int sign) {
    if (first instanceof Long one && second instanceof Long other) {
      return one + sign * other;
    }
    return first.doubleValue() + sign * second.doubleValue();
  }
}

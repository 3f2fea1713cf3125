package io.tidemark.insight.performance;

import io.tidemark.insight.Course;
import io.tidemark.insight.TimeRange;
import io.tidemark.insight.performance.MeasureReader.Part;
import io.tidemark.insight.select.Breakdown;
import io.tidemark.insight.walk.Micros;
import io.tidemark.insight.walk.PairIndex;
import io.tidemark.insight.walk.ValueNumbers;
import io.tidemark.platform.ProblemException;
import java.util.Arrays;
import java.util.Map;
import java.util.function.LongToIntFunction;
import org.springframework.http.HttpStatus;

/// Walks what was measured: everyone in one go, or, if that takes more memory than there is, people
/// in parts, each of which is read by itself. Thread-safe.
final class PerformanceEngine {

  private static final int MOST_PARTS = 256;

  /// What is carried of sessions and people from piece to piece.
  static final long MOST_BYTES = Runtime.getRuntime().maxMemory() / 8;

  private final MeasureReader measures;
  private final PerformanceReader people;
  private final long mostBytes;

  /// @param mostBytes what may be carried from piece to piece
  PerformanceEngine(MeasureReader measures, PerformanceReader people, long mostBytes) {
    this.measures = measures;
    this.people = people;
    this.mostBytes = mostBytes;
  }

  PerformanceTally tally(PerformanceQuestion question, TimeRange range, Course course) {
    boolean isByP95 = question.isSlowByP95() && question.metric() == null;
    Map<Integer, Double> slowAbove = isByP95 ? people.readP95(range) : Map.of();
    for (int parts = 1; parts <= MOST_PARTS; parts *= 2) {
      try {
        return tally(question, range, slowAbove, parts, course);
      } catch (PerformanceWalk.TooMuchException _) {
        // In smaller parts.
      }
    }
    throw ProblemException.of(
        HttpStatus.UNPROCESSABLE_CONTENT,
        "performance_too_large",
        "The question takes more memory than there is; ask for a shorter range or a shorter within");
  }

  private PerformanceTally tally(
      PerformanceQuestion question,
      TimeRange range,
      Map<Integer, Double> slowAbove,
      int parts,
      Course course) {
    ValueNumbers values = new ValueNumbers();
    PerformanceTally tally = new PerformanceTally(question, slowAbove, values);
    for (int number = 0; number < parts; number++) {
      Part part = new Part(number, parts);
      PerformanceWalk walk =
          new PerformanceWalk(
              mostBytes,
              Micros.of(question.convertsWithin()),
              tally,
              values,
              ofPeople(question, part, values));
      measures.read(question, range, part, course, walk::take);
      walk.end();
      if (question.metric() == null) {
        people.readSubscriptions(range, tally.endpoints()::add);
      }
      tally.endpoints().forgetPeople();
    }
    return tally;
  }

  private LongToIntFunction ofPeople(PerformanceQuestion question, Part part, ValueNumbers values) {
    Breakdown breakdown = question.breakdown();
    if (breakdown == null || !breakdown.ofPerson()) {
      return _ -> ValueNumbers.NONE;
    }
    PairIndex known = new PairIndex();
    var of =
        new Object() {
          private int[] number = new int[1 << 10];
        };
    people.readValues(
        breakdown,
        part,
        (value, person) -> {
          int place = known.number(person, 0);
          if (place == of.number.length) {
            of.number = Arrays.copyOf(of.number, place * 2);
          }
          of.number[place] = values.number(value);
        });
    return person -> known.has(person, 0) ? of.number[known.number(person, 0)] : ValueNumbers.NONE;
  }
}

package io.tidemark.insight.performance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.insight.performance.PerformanceAnswer.Stratum;
import io.tidemark.insight.select.Breakdown;
import io.tidemark.insight.select.EventSelector;
import io.tidemark.insight.walk.ValueNumbers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PerformanceTallyTest {

  private final ValueNumbers values = new ValueNumbers();
  private final PerformanceTally tally = new PerformanceTally(question(), Map.of(), values);

  @Test
  void curves_largestValueComesAfterThousandsOfOthers_isShownFirst() {
    for (int value = 0; value < 5_000; value++) {
      add("value " + value);
    }
    add("the largest");
    add("the largest");

    List<Stratum> curves = tally.curves();

    assertThat(curves.stream().map(Stratum::value))
        .containsExactly(null, "the largest", "value 0", null);
    assertThat(curves.getLast().isOther()).isTrue();
    assertThat(curves.getLast().buckets().getFirst().conversion().sessions()).isEqualTo(4_999);
  }

  private void add(String value) {
    MeasuredSession session = new MeasuredSession(1, 0);
    session.say(values.number(value), 0, values);
    session.hear(ValueNumbers.NONE, PerformanceWalk.NEVER);
    session.add(0, 5, 1);
    tally.add(0, session, 0);
  }

  private static PerformanceQuestion question() {
    return new PerformanceQuestion(
        null,
        null,
        null,
        EventSelector.step("s"),
        null,
        null,
        List.of(),
        null,
        null,
        new Breakdown("v", null, null, 2));
  }
}

package io.tidemark.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EndpointTest {

  @ParameterizedTest
  @EnumSource
  void answer_anyEndpoint_isOneThatTheIntakeTakes(Endpoint endpoint) {
    assertThat(answers(endpoint, 1))
        .allSatisfy(answer -> {
          assertThat(answer.statusCode()).isBetween(200, 599);
          assertThat(answer.millis()).isBetween(0.0, Endpoint.LONGEST_MILLIS);
        });
  }

  @Test
  void answer_cached_isNeverAFailure() {
    assertThat(answers(Endpoint.LIST_EFFECTS, 3))
        .filteredOn(Endpoint.Answer::cached)
        .isNotEmpty()
        .noneMatch(Endpoint.Answer::isFailed);
  }

  @Test
  void answer_slowedDown_takesLongerAndFailsMore() {
    List<Endpoint.Answer> atEase = answers(Endpoint.SHARE_RESULT, 1);
    List<Endpoint.Answer> slowed = answers(Endpoint.SHARE_RESULT, 2);

    assertThat(meanMillis(slowed)).isGreaterThan(1.8 * meanMillis(atEase));
    assertThat(slowed.stream().filter(Endpoint.Answer::isFailed).count())
        .isGreaterThan(atEase.stream().filter(Endpoint.Answer::isFailed).count());
  }

  private static List<Endpoint.Answer> answers(Endpoint endpoint, double slowdown) {
    SplittableRandom random = new SplittableRandom(3);
    return Stream.generate(() -> endpoint.answer(random, slowdown)).limit(5_000).toList();
  }

  private static double meanMillis(List<Endpoint.Answer> answers) {
    return answers.stream().mapToDouble(Endpoint.Answer::millis).average().orElseThrow();
  }
}

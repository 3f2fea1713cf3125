package io.tidemark.insight.question;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.insight.Cancellation;
import io.tidemark.insight.InsightProperties;
import io.tidemark.platform.ProblemException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Questions that may take long leave half of the connections to others.
class AnswerRoomTest {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final InsightProperties.Timeout TIMEOUTS =
      new InsightProperties.Timeout(SECOND, SECOND, SECOND, SECOND);

  private final AnswerRoom room = new AnswerRoom(3);

  @Test
  void room_full_makesQuestionsWaitThatMayTakeLong() {
    AnswerRoom.Place place = room.enter(time(WeightClass.ANALYTICS));

    room.enter(time(WeightClass.LIVE)).close();
    room.enter(time(WeightClass.DASHBOARD)).close();
    assertThatThrownBy(() -> room.enter(time(WeightClass.EXPORT)))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("tidemark.insight.timeout.export");

    place.close();
    room.enter(time(WeightClass.EXPORT)).close();
  }

  private static AnswerTime time(WeightClass weight) {
    return AnswerTime.start(weight, TIMEOUTS, new Cancellation());
  }
}

package io.tidemark.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.platform.ProbePolicy.Kind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProbePolicyTest {

  private static final long START = Long.MAX_VALUE - 1_000; // The clock may turn over.
  private static final ProbePolicy POLICY = new ProbePolicy(START, START, START, START);

  @Test
  void decide_nothingToDo_looksOnceASecond() {
    assertThat(POLICY.decide(after(900), false, false, false)).isEqualTo(Kind.NONE);
    assertThat(POLICY.decide(after(1_000), false, false, false)).isEqualTo(Kind.LOOK);
  }

  @Test
  void decide_busyWithoutCommit_triesAWrite() {
    assertThat(POLICY.decide(after(150), false, false, true)).isEqualTo(Kind.NONE);
    assertThat(POLICY.decide(after(200), false, false, true)).isEqualTo(Kind.WRITE);
  }

  @Test
  void decide_busyAndCommitting_triesNothing() {
    ProbePolicy committing = new ProbePolicy(START, after(400), START, START);

    assertThat(committing.decide(after(500), false, false, true)).isEqualTo(Kind.NONE);
  }

  @Test
  void decide_connectionLost_triesANewOneAtOnce() {
    assertThat(POLICY.decide(START, false, true, true)).isEqualTo(Kind.WRITE_ANEW);
  }

  @Test
  void decide_stopped_triesOnceASecond() {
    assertThat(POLICY.decide(after(900), true, true, true)).isEqualTo(Kind.NONE);
    assertThat(POLICY.decide(after(1_000), true, false, false)).isEqualTo(Kind.WRITE_ANEW);
  }

  private static long after(long millis) {
    return START + Duration.ofMillis(millis).toNanos();
  }
}

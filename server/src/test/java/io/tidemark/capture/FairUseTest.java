package io.tidemark.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.bucket4j.TimeMeter;
import io.tidemark.access.AuthenticatedKey;
import io.tidemark.access.KeyKind;
import io.tidemark.platform.ProblemException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FairUseTest {

  private static final AuthenticatedKey BROWSERS =
      new AuthenticatedKey("browsers", KeyKind.WRITE, "browsers");
  private static final AuthenticatedKey APP = new AuthenticatedKey("app", KeyKind.WRITE, "app");
  private static final AuthenticatedKey BACKEND =
      new AuthenticatedKey("backend", KeyKind.SECRET, "backend");

  private final SettableMeter time = new SettableMeter();
  private final FairUse fairUse =
      new FairUse(new CaptureProperties.RateLimit(2_000, 0, Duration.ofSeconds(10)), time);

  @Test
  void take_upToTheBurst_isAdmitted() {
    assertThatCode(() -> send(BROWSERS, 10_000)).doesNotThrowAnyException();
    assertThatCode(() -> send(BROWSERS, 10_000)).doesNotThrowAnyException();
  }

  @Test
  void take_moreThanIsLeft_isToldWhenItFits() {
    send(BROWSERS, 10_000);
    send(BROWSERS, 9_000);

    ProblemException refusal = refusal(BROWSERS, 4_000);
    time.pass(Duration.ofSeconds(refusal.retryAfterSeconds()));

    assertThat(refusal.status().value()).isEqualTo(429);
    assertThat(refusal.code()).isEqualTo("rate_limited");
    assertThat(refusal.retryAfterSeconds()).isEqualTo(2);
    assertThatCode(() -> send(BROWSERS, 4_000)).doesNotThrowAnyException();
  }

  @Test
  void take_nothingLeft_isRefusedBeforeItIsRead() {
    send(BROWSERS, 10_000);
    send(BROWSERS, 10_000);

    ProblemException refusal =
        catchThrowableOfType(ProblemException.class, () -> fairUse.admitRequest(BROWSERS));

    assertThat(refusal.retryAfterSeconds()).isEqualTo(1);
  }

  @Test
  void take_otherKeys_areNotConcerned() {
    send(BROWSERS, 10_000);
    send(BROWSERS, 10_000);

    assertThatCode(() -> send(APP, 10_000)).doesNotThrowAnyException();
  }

  @Test
  void take_kindWithoutLimit_isAlwaysAdmitted() {
    assertThatCode(
            () -> {
              for (int i = 0; i < 1_000; i++) {
                send(BACKEND, 10_000);
              }
            })
        .doesNotThrowAnyException();
  }

  /// Otherwise it could be sent again for ever.
  @Test
  void take_largestRequestWithTheSmallestLimit_fitsIntoAFullBucket() {
    FairUse strict =
        new FairUse(new CaptureProperties.RateLimit(1, 1, Duration.ofSeconds(1)), time);

    assertThatCode(
            () -> {
              strict.admitRequest(BACKEND);
              strict.admitRecords(BACKEND, NativeBatchParser.MOST_RECORDS);
            })
        .doesNotThrowAnyException();
  }

  private ProblemException refusal(AuthenticatedKey key, int records) {
    return catchThrowableOfType(ProblemException.class, () -> send(key, records));
  }

  private void send(AuthenticatedKey key, int records) {
    fairUse.admitRequest(key);
    fairUse.admitRecords(key, records);
  }

  private static final class SettableMeter implements TimeMeter {

    private long nanos;

    void pass(Duration duration) {
      nanos += duration.toNanos();
    }

    @Override
    public long currentTimeNanos() {
      return nanos;
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }
  }
}

package io.tidemark.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidemark.platform.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimedInputTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int MEGABYTE = 1024 * 1024;

  private final IntakeMemory memory = new IntakeMemory(64 * MEGABYTE);
  private long nanos;

  @Test
  void read_inTime_givesTheBytes() throws IOException {
    TimedInput input = input(new ByteArrayInputStream(new byte[] {1, -1, 3}));
    nanos = PATIENCE.toNanos() - 1;

    assertThat(input.read()).isEqualTo(1);
    assertThat(input.read()).isEqualTo(255);
    assertThat(input.readAllBytes()).containsExactly(3);
    assertThat(input.read()).isEqualTo(-1);
  }

  @Test
  void read_bytesThatTrickle_endsWhenTheTimeIsUp() {
    TimedInput input = input(new Trickle());

    ProblemException late =
        catchThrowableOfType(ProblemException.class, () -> input.readNBytes(MEGABYTE));

    assertThat(late.status().value()).isEqualTo(408);
    assertThat(late.code()).isEqualTo("request_timeout");
    assertThat(nanos).isEqualTo(PATIENCE.toNanos());
  }

  @Test
  void read_memoryIsScarce_hasLessTime() {
    TimedInput input = input(new Trickle());
    IntakeMemory.Share other = memory.open();
    other.take(33 * MEGABYTE);

    assertThatThrownBy(() -> input.readNBytes(MEGABYTE)).isInstanceOf(ProblemException.class);

    assertThat(nanos).isEqualTo(PATIENCE.toNanos() / 6);
  }

  @Test
  void read_silence_isTooSlowToo() {
    TimedInput input =
        input(new FailingStream(new IOException(new SocketTimeoutException("silence"))));

    assertThat(catchThrowableOfType(ProblemException.class, input::read).code())
        .isEqualTo("request_timeout");
    assertThat(input.isLate()).isTrue();
  }

  @Test
  void read_brokenOff_isAFault() {
    TimedInput input = input(new FailingStream(new IOException("gone")));

    assertThatIOException().isThrownBy(input::read).withMessage("gone");
  }

  @Test
  void discard_endsWithTheBodyTheBoundOrTheTime() throws IOException {
    Trickle trickle = new Trickle();

    input(new ByteArrayInputStream(new byte[MEGABYTE])).discard(10L * MEGABYTE);
    input(trickle).discard(3);
    long afterThree = nanos;
    input(trickle).discard(MEGABYTE);

    assertThat(afterThree).isEqualTo(Duration.ofSeconds(3).toNanos());
    assertThat(nanos).isEqualTo(afterThree + PATIENCE.toNanos());
  }

  private TimedInput input(InputStream stream) {
    return new TimedInput(stream, memory, PATIENCE, () -> nanos);
  }

  /// A byte a second, for ever.
  private final class Trickle extends InputStream {

    @Override
    public int read() {
      nanos += Duration.ofSeconds(1).toNanos();
      return 1;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      buffer[offset] = (byte) read();
      return 1;
    }
  }

  private static final class FailingStream extends InputStream {

    private final IOException failure;

    FailingStream(IOException failure) {
      this.failure = failure;
    }

    @Override
    public int read() throws IOException {
      throw failure;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      throw failure;
    }
  }
}

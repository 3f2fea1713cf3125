package io.tidemark.capture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidemark.platform.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class BodyReaderTest {

  private static final int MEGABYTE = 1024 * 1024;

  private final IntakeMemory memory = new IntakeMemory(0);

  @Test
  void read_plain_givesTheBytes() throws IOException {
    assertThat(read("[{}]".getBytes(UTF_8))).isEqualTo("[{}]".getBytes(UTF_8));
    assertThat(read(new byte[0])).isEmpty();
  }

  @Test
  void read_gzip_givesTheInflatedBytes() throws IOException {
    assertThat(read(gzip("[{}]".getBytes(UTF_8)))).isEqualTo("[{}]".getBytes(UTF_8));
  }

  @Test
  void read_gzipOfSeveralMembers_givesThemAll() throws IOException {
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    members.write(gzip("[{}".getBytes(UTF_8)));
    members.write(gzip(",{}]".getBytes(UTF_8)));

    assertThat(read(members.toByteArray())).isEqualTo("[{},{}]".getBytes(UTF_8));
  }

  @Test
  void read_exactlyTheLargestSize_isTaken() throws IOException {
    assertThat(read(new byte[4 * MEGABYTE])).hasSize(4 * MEGABYTE);
    assertThat(read(gzip(new byte[32 * MEGABYTE]))).hasSize(32 * MEGABYTE);
  }

  @Test
  void read_oneByteMore_isTooLarge() throws IOException {
    assertThat(problem(new byte[4 * MEGABYTE + 1]).status().value()).isEqualTo(413);
    assertThat(problem(gzip(new byte[32 * MEGABYTE + 1])).code()).isEqualTo("body_too_large");
  }

  @Test
  void read_declaredTooLarge_isRefusedBeforeAnythingIsRead() {
    ProblemException problem =
        catchThrowableOfType(
            ProblemException.class,
            () -> BodyReader.read(new BrokenStream(), 4L * MEGABYTE + 1, memory.open()));

    assertThat(problem.code()).isEqualTo("body_too_large");
  }

  @Test
  void read_brokenGzip_isMalformed() throws IOException {
    byte[] whole = gzip("[{\"type\": \"user_event\"}]".getBytes(UTF_8));
    byte[] wrongSum = whole.clone();
    wrongSum[whole.length - 6] ^= 1;

    assertThat(problem(Arrays.copyOf(whole, whole.length - 9)).code()).isEqualTo("malformed_gzip");
    assertThat(problem(Arrays.copyOf(whole, 3)).code()).isEqualTo("malformed_gzip");
    assertThat(problem(wrongSum).code()).isEqualTo("malformed_gzip");
    assertThat(problem(new byte[] {0x1f, (byte) 0x8b, 9, 9, 9}).code()).isEqualTo("malformed_gzip");
  }

  @Test
  void read_streamBreaksOff_isNoBody() {
    InputStream breaking =
        new SequenceInputStream(
            new ByteArrayInputStream("[{}]".getBytes(UTF_8)), new BrokenStream());

    assertThatIOException().isThrownBy(() -> BodyReader.read(breaking, 100, memory.open()));
  }

  @Test
  void read_memoryTakenByOthers_isBusyUntilTheyAreDone() throws IOException {
    byte[] large = gzip(new byte[30 * MEGABYTE]);
    IntakeMemory.Share other = memory.open();
    other.take(20 * MEGABYTE);

    ProblemException busy = problem(large);
    other.close();

    assertThat(busy.status().value()).isEqualTo(503);
    assertThat(busy.code()).isEqualTo("intake_busy");
    assertThat(busy.retryAfterSeconds()).isPositive();
    assertThat(read(large)).hasSize(30 * MEGABYTE);
  }

  private byte[] read(byte[] sent) throws IOException {
    try (IntakeMemory.Share share = memory.open()) {
      return BodyReader.read(new ByteArrayInputStream(sent), -1, share);
    }
  }

  private ProblemException problem(byte[] sent) {
    return catchThrowableOfType(ProblemException.class, () -> read(sent));
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream gzipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(gzipped)) {
      gzip.write(plain);
    }
    return gzipped.toByteArray();
  }

  private static final class BrokenStream extends InputStream {

    @Override
    public int read() throws IOException {
      throw new IOException("broken");
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      throw new IOException("broken");
    }
  }
}

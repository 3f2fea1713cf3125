package io.tidemark.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is read of a segment whatever a crash or a disk made of it.
class SegmentReaderTest {

  private static final List<String> TEXTS = List.of("first", "s", "third one", "4");

  @TempDir private Path directory;

  @Test
  void next_wholeSegment_isEveryEntry() throws IOException {
    Outcome outcome = read(write());

    assertThat(outcome.texts()).isEqualTo(TEXTS);
    assertThat(outcome.isDamaged()).isFalse();
  }

  @Test
  void next_interruptedThread_readsAllTheSame() throws IOException {
    Path file = directory.resolve("whole");
    Files.write(file, write());

    Thread.currentThread().interrupt();
    try (SegmentReader reader = SegmentReader.open(file)) {
      for (String text : TEXTS) {
        assertThat(reader.next()).asString(StandardCharsets.UTF_8).isEqualTo(text);
      }
      assertThat(reader.next()).isNull();
      assertThat(reader.isDamaged()).isFalse();
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void next_tornAnywhere_isWhatWasWholeBeforeIt() throws IOException {
    byte[] whole = write();

    for (int length = 0; length < whole.length; length++) {
      Outcome outcome = read(Arrays.copyOf(whole, length));

      assertThat(outcome.texts()).isEqualTo(TEXTS.subList(0, entriesWithin(length)));
      assertThat(outcome.goodBytes()).isEqualTo(goodBytesWithin(length));
    }
  }

  @Test
  void next_tailOfZeros_isWhatWasWholeBeforeIt() throws IOException {
    byte[] whole = write();

    Outcome outcome = read(Arrays.copyOf(whole, whole.length + 4096));

    assertThat(outcome.texts()).isEqualTo(TEXTS);
    assertThat(outcome.goodBytes()).isEqualTo(whole.length);
  }

  @Test
  void next_badPayloadInTheMiddle_isPassedOver() throws IOException {
    byte[] bytes = write();
    bytes[goodBytes(1) + SegmentFormat.ENTRY_HEADER_BYTES] ^= 1;

    Outcome outcome = read(bytes);

    assertThat(outcome.texts()).containsExactly("first", "third one", "4");
    assertThat(outcome.isDamaged()).isTrue();
  }

  @Test
  void next_badChecksumInTheMiddle_isPassedOver() throws IOException {
    byte[] bytes = write();
    bytes[goodBytes(2) + 5] ^= 0x40;

    Outcome outcome = read(bytes);

    assertThat(outcome.texts()).containsExactly("first", "s", "4");
    assertThat(outcome.isDamaged()).isTrue();
  }

  @Test
  void next_badLength_endsTheSegmentAsDamaged() throws IOException {
    byte[] bytes = write();
    bytes[goodBytes(1)] = 0x7f;

    Outcome outcome = read(bytes);

    assertThat(outcome.texts()).containsExactly("first");
    assertThat(outcome.isDamaged()).isTrue();
  }

  @Test
  void next_otherFile_isNothing() throws IOException {
    Outcome outcome = read("something else altogether".getBytes(StandardCharsets.UTF_8));

    assertThat(outcome.texts()).isEmpty();
    assertThat(outcome.isDamaged()).isTrue();
  }

  @Test
  void next_anyBitFlipped_neverInventsAnEntry() throws IOException {
    byte[] whole = write();
    Random random = new Random(7);

    for (int round = 0; round < 500; round++) {
      byte[] bytes = whole.clone();
      for (int flip = random.nextInt(3); flip >= 0; flip--) {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      }

      assertThat(TEXTS).containsAll(read(bytes).texts());
    }
  }

  private record Outcome(List<String> texts, long goodBytes, boolean isDamaged) {}

  private byte[] write() throws IOException {
    Path file = directory.resolve("written");
    Files.deleteIfExists(file);
    try (SegmentWriter writer = SegmentWriter.create(file)) {
      List<byte[]> payloads =
          TEXTS.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
      writer.append(
          List.of(
              SegmentFormat.entries(payloads.subList(0, 1)),
              SegmentFormat.entries(payloads.subList(1, 4))),
          4);
    }
    return Files.readAllBytes(file);
  }

  private Outcome read(byte[] bytes) throws IOException {
    Path file = directory.resolve("read");
    Files.write(file, bytes);
    List<String> texts = new ArrayList<>();
    try (SegmentReader reader = SegmentReader.open(file)) {
      for (byte[] next = reader.next(); next != null; next = reader.next()) {
        texts.add(new String(next, StandardCharsets.UTF_8));
      }
      return new Outcome(texts, reader.goodBytes(), reader.isDamaged());
    }
  }

  /// Where the entries before that one end.
  private static int goodBytes(int entries) {
    return SegmentFormat.MAGIC.length
        + TEXTS.subList(0, entries).stream()
            .mapToInt(text -> SegmentFormat.ENTRY_HEADER_BYTES + text.length())
            .sum();
  }

  private static int entriesWithin(int length) {
    int entries = 0;
    while (entries < TEXTS.size() && goodBytes(entries + 1) <= length) {
      entries++;
    }
    return entries;
  }

  private static int goodBytesWithin(int length) {
    return length < SegmentFormat.MAGIC.length ? 0 : goodBytes(entriesWithin(length));
  }
}

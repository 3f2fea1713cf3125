package io.tidemark.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {

  private static final long LIMIT = 1_000_000;

  @TempDir private Path directory;

  @Test
  void next_afterRestart_handsOutWhatWasKeptInOrder() throws IOException {
    try (Spool spool = open(LIMIT)) {
      assertThat(spool.keep(payloads("a", "b"))).isTrue();
      assertThat(spool.keep(payloads("c"))).isTrue();
    }

    try (Spool spool = open(LIMIT)) {
      assertThat(spool.records()).isEqualTo(3);
      assertThat(takeAll(spool)).containsExactly("a", "b", "c");
    }
  }

  @Test
  void next_nothingKept_isNothingAndLeavesNoFile() throws IOException {
    try (Spool spool = open(LIMIT)) {
      assertThat(spool.next()).isNull();
    }

    assertThat(segments()).isEmpty();
  }

  @Test
  void finish_everything_emptiesTheFolder() throws IOException {
    try (Spool spool = open(LIMIT)) {
      spool.keep(payloads("a"));
      takeAll(spool);

      assertThat(spool.bytes()).isZero();
      assertThat(segments()).isEmpty();
    }
  }

  @Test
  void keep_whileSegmentsAreTaken_losesNothing() throws Exception {
    Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    List<String> taken = new ArrayList<>();

    try (Spool spool = open(LIMIT);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<? extends Future<?>> callers =
          IntStream.range(0, 200)
              .mapToObj(caller ->
                  threads.submit(() -> {
                    for (int i = 0; i < 20; i++) {
                      String text = caller + "-" + i;
                      if (spool.keep(payloads(text))) {
                        acknowledged.add(text);
                      }
                    }
                  }))
              .toList();
      while (callers.stream().anyMatch(caller -> !caller.isDone())) {
        taken.addAll(takeAll(spool));
      }
      taken.addAll(takeAll(spool));
      assertThat(spool.bytes()).isZero();
    }

    assertThat(acknowledged).hasSize(4_000);
    assertThat(taken).containsExactlyInAnyOrderElementsOf(acknowledged);
  }

  @Test
  void keep_manyBytes_spreadsOverSegments() throws IOException {
    try (Spool spool = open(80_000)) {
      for (int i = 0; i < 30; i++) {
        assertThat(spool.keep(payloads("x".repeat(2_000) + i))).isTrue();
      }

      assertThat(segments()).hasSizeGreaterThan(3);
      assertThat(takeAll(spool)).hasSize(30).isSortedAccordingTo(SpoolTest::byNumber);
    }
  }

  @Test
  void keep_full_isRefusedUntilThereIsRoom() throws IOException {
    try (Spool spool = open(10_000)) {
      List<byte[]> large = payloads("x".repeat(4_000));
      assertThat(spool.keep(large)).isTrue();
      assertThat(spool.keep(large)).isTrue();

      assertThat(spool.keep(large)).isFalse();
      assertThat(spool.records()).isEqualTo(2);
      takeAll(spool);

      assertThat(spool.keep(large)).isTrue();
    }
  }

  @Test
  void keep_diskTakesNothing_isRefusedAndGoesOnAfterwards() throws IOException {
    Path folder = directory.resolve("spool");
    Path away = directory.resolve("away");
    try (Spool spool = open(LIMIT)) {
      Files.move(folder, away);

      assertThat(spool.keep(payloads("lost"))).isFalse();
      assertThat(spool.bytes()).isZero();
      Files.move(away, folder);

      assertThat(spool.keep(payloads("kept"))).isTrue();
      assertThat(takeAll(spool)).containsExactly("kept");
    }
  }

  @Test
  void keep_afterClose_isRefused() {
    Spool spool = open(LIMIT);
    spool.close();

    assertThat(spool.keep(payloads("late"))).isFalse();
  }

  @Test
  void open_heldByAnother_isRefused() {
    try (Spool spool = open(LIMIT)) {
      assertThat(spool.records()).isZero();
      assertThatThrownBy(() -> open(LIMIT))
          .isInstanceOf(SpoolException.class)
          .hasMessageContaining("tidemark.data-dir");
    }

    open(LIMIT).close();
  }

  @Test
  void open_tornTailOfTheNewestSegment_isCutOff() throws IOException {
    try (Spool spool = open(LIMIT)) {
      spool.keep(payloads("whole"));
    }
    Path segment = segments().getFirst();
    long whole = Files.size(segment);
    Files.write(segment, new byte[] {0, 0, 0, 9, 1, 2}, StandardOpenOption.APPEND);

    try (Spool spool = open(LIMIT)) {
      assertThat(Files.size(segment)).isEqualTo(whole);
      assertThat(takeAll(spool)).containsExactly("whole");
    }
    assertThat(files()).isEmpty();
  }

  @Test
  void finish_damagedSegment_isKeptForAPerson() throws IOException {
    try (Spool spool = open(LIMIT)) {
      spool.keep(payloads("first", "second"));
    }
    Path segment = segments().getFirst();
    byte[] bytes = Files.readAllBytes(segment);
    bytes[SegmentFormat.MAGIC.length + SegmentFormat.ENTRY_HEADER_BYTES] ^= 1;
    Files.write(segment, bytes);

    try (Spool spool = open(LIMIT)) {
      assertThat(takeAll(spool)).containsExactly("second");
      assertThat(spool.bytes()).isZero();
    }
    assertThat(files()).singleElement().asString().endsWith(".segment.damaged");
  }

  private Spool open(long limitBytes) {
    return new Spool(SpoolDirectory.open(directory.resolve("spool")), limitBytes);
  }

  private static List<byte[]> payloads(String... texts) {
    return Stream.of(texts).map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
  }

  /// Takes everything out, as the replay does.
  private static List<String> takeAll(Spool spool) throws IOException {
    List<String> texts = new ArrayList<>();
    for (Segment segment = spool.next(); segment != null; segment = spool.next()) {
      try (SegmentReader reader = SegmentReader.open(segment.file())) {
        for (byte[] next = reader.next(); next != null; next = reader.next()) {
          texts.add(new String(next, StandardCharsets.UTF_8));
        }
        spool.finish(segment, reader.isDamaged());
      }
    }
    return texts;
  }

  private static int byNumber(String first, String second) {
    return Integer.compare(number(first), number(second));
  }

  private static int number(String text) {
    return Integer.parseInt(text.replace("x", ""));
  }

  private List<Path> segments() throws IOException {
    return files().stream().filter(file -> file.toString().endsWith(".segment")).toList();
  }

  /// All but the lock.
  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("spool"))) {
      return files.filter(file -> !file.endsWith("lock")).sorted().toList();
    }
  }
}

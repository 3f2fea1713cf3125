package io.tidemark.capture.accesslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.tidemark.capture.accesslog.AccessLogLine.Request;
import io.tidemark.record.Fact;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever stands on a line, it is read without an exception and in time that grows with its
/// length.
class AccessLogRandomLinesTest {

  private static final String GOOD =
      "203.0.113.7 - - [17/May/2015:10:05:03 +0000] \"GET /a/7;s=1?q HTTP/1.1\" 200 2326"
          + " \"http://example.com/\" \"Mozilla/5.0 \\x22\\\"\" 0.123";
  private static final String ALPHABET = " \"\\[]-:/?#;.@%x09aGEHTP+é\u0000\u0001\uD83D\uFFFD{}'";

  private final AccessLogParser parser = new AccessLogParser();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void parse_mutatedLines_neverThrows(long seed) {
    Random random = new Random(seed);

    for (int i = 0; i < 20_000; i++) {
      String line = mutated(random);
      assertThatCode(() -> records(line))
          .as("seed %d, line %s", seed, line)
          .doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {6, 7})
  void parse_randomText_neverThrows(long seed) {
    Random random = new Random(seed);

    for (int i = 0; i < 20_000; i++) {
      StringBuilder line = new StringBuilder();
      int length = random.nextInt(120);
      for (int j = 0; j < length; j++) {
        line.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
      }
      String text = line.toString();
      assertThatCode(() -> records(text))
          .as("seed %d, line %s", seed, text)
          .doesNotThrowAnyException();
    }
  }

  /// A reader that went back over the line would need hours for these.
  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void parse_longHostileLines_areLinear() {
    String start = GOOD.substring(0, GOOD.indexOf("GET"));
    List<String> fills =
        List.of(
            " [",
            " [17/May/2015:10:05:03 +0000]",
            "\\",
            "\\\"",
            "\" ",
            "\" \"",
            "\\x",
            "/1",
            "a;",
            "1.111 ",
            "%40",
            "://",
            " ",
            "\"");

    for (String fill : fills) {
      String long64k = fill.repeat(AccessLogParser.LONGEST_LINE / fill.length() - 100);
      for (String line :
          List.of(
              long64k,
              "h " + long64k,
              start + long64k,
              start + "GET /" + long64k,
              GOOD + long64k)) {
        for (int i = 0; i < 20; i++) {
          records(line);
        }
      }
    }
  }

  private void records(String line) {
    if (!(parser.parse(line) instanceof Request request)) {
      return;
    }
    assertThat(request.target().chars().noneMatch(Character::isISOControl)).isTrue();
    for (Fact fact : new AccessLogRecords(new UUID(1, 2)).of(line, request)) {
      assertThat(fact.toString()).doesNotContain("Mozilla");
    }
    assertThat(RequestPath.of(request.target()).endpoint()).hasSizeLessThanOrEqualTo(200);
    assertThat(RequestPath.of(request.target()).page()).hasSizeLessThanOrEqualTo(200);
  }

  private static String mutated(Random random) {
    StringBuilder line = new StringBuilder(GOOD);
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes && !line.isEmpty(); i++) {
      int at = random.nextInt(line.length());
      char letter = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
      switch (random.nextInt(4)) {
        case 0 -> line.setCharAt(at, letter);
        case 1 -> line.insert(at, letter);
        case 2 -> line.deleteCharAt(at);
        default -> line.setLength(at);
      }
    }
    return line.toString();
  }
}

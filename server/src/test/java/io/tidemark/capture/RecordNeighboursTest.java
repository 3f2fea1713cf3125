package io.tidemark.capture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.platform.ProblemException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever a client sends, the parser refuses it by name, and a bad record never changes what its
/// neighbours become.
class RecordNeighboursTest {

  private static final String SYNTAX = "{}[]\",:\\0-.eE\n\0";

  private static final List<String> GOOD =
      List.of(
          "{\"type\": \"user_event\", \"event_type\": \"é😀\", \"id\": \"a\", \"user_id\": \"u\"}",
          "{\"properties\": {\"a\": [1, {\"b\": \"x\"}]}, \"type\": \"conversion_funnel\", \"step\": \"s\"}",
          "{\"type\": \"performance_metric\", \"metric\": \"m\", \"value\": -1.5e3, \"foo\": [[]]}",
          "{\"type\": \"api_response_time\", \"endpoint\": \"/a\", \"method\": \"get\", \"status_code\": 200, \"response_time_ms\": 3}",
          "{\"type\": \"user\", \"user_id\": \"u\", \"traits\": {\"name\": \"\\u00e9\"}}",
          "{\"type\": \"subscription\", \"user_id\": \"u\", \"id\": \"s\", \"price\": 9.99}");

  private final NativeBatchParser parser = new NativeBatchParser();

  static Stream<String> bad() {
    String tooLong = "x".repeat(40_000);
    return Stream.of(
        "17",
        "null",
        "\"text\"",
        "[[[]]]",
        "{}",
        "{\"type\": 3}",
        "{\"type\": \"user_event\", \"event_type\": {\"records\": [{}]}}",
        "{\"type\": \"user_event\", \"event_type\": \"" + tooLong + "\"}",
        "{\"type\": \"user_event\", \"" + tooLong + tooLong + "\": 1}",
        "{\"type\": \"user_event\", \"event_type\": \"a\", \"properties\": {\"a\": \""
            + tooLong
            + "\"}}",
        "{\"type\": \"user_event\", \"event_type\": \"a\", \"properties\": {\"a\": "
            + "7".repeat(2_000)
            + "}}",
        "{\"type\": \"user_event\", \"event_type\": \"a\", \"properties\": {\"a\": 0."
            + "7".repeat(40_000)
            + "}}",
        "{\"type\": \"user_event\", \"event_type\": \"a\", \"properties\": {\"a\": 1e400}}",
        "{\"type\": \"user_event\", \"event_type\": \"a\", \"properties\": {\"a\": 1e-20000}}",
        "{\"type\": \"user_event\", \"event_type\": \"a\", \"properties\": {\"a\": 0e99999999999}}",
        "{\"type\": \"user_event\", \"event_type\": \"a\", \"properties\": {\"a\": \"\\u0000\"}}",
        "{\"type\": \"user_event\", \"event_type\": \"a\", \"properties\": {\"\\u0000\": 1}}",
        "{\"type\": \"user_event\", \"event_type\": \"a\", \"properties\": {\"a\": \"\\ud800\"}}",
        "{\"type\": \"user_event\", \"event_type\": \"\\udc00\\ud800\"}",
        "{\"type\": \"user_event\", \"event_type\": \"a\", \"properties\": " + nested(600) + "}",
        "{\"type\": \"user_event\", \"foo\": " + nested(20_000) + "}",
        "{\"type\": \"user_event\", \"event_type\": \"a\", \"properties\": []}",
        "{\"type\": \"performance_metric\", \"metric\": \"m\", \"value\": 1e400}",
        "{\"type\": \"performance_metric\", \"metric\": \"m\", \"value\": "
            + "7".repeat(2_000)
            + "}",
        "{\"type\": \"subscription\", \"user_id\": \"u\", \"id\": \"s\", \"price\": 1e-999999999}",
        "{\"type\": \"subscription\", \"user_id\": \"u\", \"id\": \"s\", \"price\": 1e-99999999999}");
  }

  @ParameterizedTest
  @MethodSource("bad")
  void parse_badRecordAmongGoodOnes_isRefusedAlone(String bad) {
    List<CaptureOutcome> alone = alone();

    for (int position = 0; position <= GOOD.size(); position++) {
      List<CaptureOutcome> outcomes = judge(with(bad, position), position % 2 == 0);

      assertThat(Judge.code(outcomes.remove(position))).isNotEqualTo("accepted");
      assertThat(outcomes).isEqualTo(alone);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void parse_mutatedBody_isReadOrRefusedByName(long seed) {
    Random random = new Random(seed);
    byte[] array =
        ("{\"records\": " + GOOD + ", \"sent_at\": \"2026-07-15T12:00:00Z\"}").getBytes(UTF_8);
    byte[] lines = String.join("\n", GOOD).getBytes(UTF_8);

    for (int round = 0; round < 4_000; round++) {
      judgeOrRefuse(mutate(random.nextBoolean() ? array : lines, random), random.nextBoolean());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void parseLines_mutatedLine_leavesItsNeighboursAsTheyWere(long seed) {
    Random random = new Random(seed);
    List<CaptureOutcome> alone = alone();

    for (int round = 0; round < 2_000; round++) {
      int position = random.nextInt(GOOD.size());
      byte[] mutated = mutate(GOOD.get(position).getBytes(UTF_8), random);
      byte[] line =
          new String(mutated, Charset.forName("ISO-8859-1"))
              .replace('\n', ' ')
              .getBytes(Charset.forName("ISO-8859-1"));
      List<CaptureOutcome> outcomes = judge(join(line, position), true);

      assertThat(outcomes.subList(0, position)).isEqualTo(alone.subList(0, position));
      assertThat(outcomes.subList(outcomes.size() - GOOD.size() + position + 1, outcomes.size()))
          .isEqualTo(alone.subList(position + 1, GOOD.size()));
    }
  }

  private List<CaptureOutcome> alone() {
    return GOOD.stream().map(Judge::judge).toList();
  }

  private void judgeOrRefuse(byte[] body, boolean isLines) {
    try {
      assertThat(judge(body, isLines)).isNotEmpty();
    } catch (ProblemException refused) {
      assertThat(refused.status().value()).isIn(400, 413);
    }
  }

  private List<CaptureOutcome> judge(List<String> records, boolean isLines) {
    String body = isLines ? String.join("\n", records) : records.toString();
    return judge(body.getBytes(UTF_8), isLines);
  }

  private List<CaptureOutcome> judge(byte[] body, boolean isLines) {
    return new ArrayList<>(
        Judge.judgeAll(
            isLines ? parser.parseLines(body) : parser.parseJson(body), Judge.secretKey()));
  }

  private static List<String> with(String bad, int position) {
    List<String> records = new ArrayList<>(GOOD);
    records.add(position, bad);
    return records;
  }

  private static byte[] join(byte[] line, int position) {
    Charset bytes = Charset.forName("ISO-8859-1");
    List<String> lines =
        GOOD.stream()
            .map(good -> new String(good.getBytes(UTF_8), bytes))
            .collect(Collectors.toCollection(ArrayList::new));
    lines.set(position, new String(line, bytes));
    return String.join("\n", lines).getBytes(bytes);
  }

  /// A few bytes changed, taken out, doubled or put elsewhere.
  private static byte[] mutate(byte[] original, Random random) {
    byte[] bytes = original.clone();
    for (int change = random.nextInt(4); change >= 0; change--) {
      int from = random.nextInt(bytes.length);
      int to = Math.min(bytes.length, from + 1 + random.nextInt(8));
      switch (random.nextInt(4)) {
        case 0 -> bytes[from] = (byte) random.nextInt(256);
        case 1 -> bytes[from] = (byte) SYNTAX.charAt(random.nextInt(SYNTAX.length()));
        case 2 -> bytes = splice(bytes, from, to, new byte[0]);
        default -> bytes = splice(bytes, from, from, Arrays.copyOfRange(bytes, from, to));
      }
      if (bytes.length == 0) {
        return new byte[] {' '};
      }
    }
    return bytes;
  }

  private static byte[] splice(byte[] bytes, int from, int to, byte[] inserted) {
    byte[] spliced = new byte[bytes.length - (to - from) + inserted.length];
    System.arraycopy(bytes, 0, spliced, 0, from);
    System.arraycopy(inserted, 0, spliced, from, inserted.length);
    System.arraycopy(bytes, to, spliced, from + inserted.length, bytes.length - to);
    return spliced;
  }

  private static String nested(int depth) {
    return "{\"a\": " + "[".repeat(depth) + "]".repeat(depth) + "}";
  }
}

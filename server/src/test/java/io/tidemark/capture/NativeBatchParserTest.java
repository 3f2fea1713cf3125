package io.tidemark.capture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidemark.platform.ProblemException;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NativeBatchParserTest {

  private static final String GOOD = "{\"type\": \"user_event\", \"event_type\": \"a\"}";

  private final NativeBatchParser parser = new NativeBatchParser();

  @Test
  void parseJson_array_givesEveryRecordInOrder() {
    NativeBatchParser.Parsed parsed =
        parseJson(
            "[{\"type\": \"user_event\", \"id\": \"1\"}, {\"type\": \"user\", \"id\": \"2\"}]");

    assertThat(parsed.records())
        .extracting(fields -> fields.text(RecordField.TYPE))
        .containsExactly("user_event", "user");
    assertThat(parsed.sentAt()).isNull();
  }

  @Test
  void parseJson_objectWithSentAt_givesItWhereverItStands() {
    Instant sentAt = Instant.parse("2026-07-15T11:59:58.123456Z");

    assertThat(
            parseJson(
                    "{\"records\": [%s], \"sent_at\": \"2026-07-15T13:59:58.123456+02:00\"}"
                        .formatted(GOOD))
                .sentAt())
        .isEqualTo(sentAt);
    assertThat(
            parseJson(
                    "{\"sent_at\": \"2026-07-15T11:59:58.123456789Z\", \"records\": [%s]}"
                        .formatted(GOOD))
                .sentAt())
        .isEqualTo(sentAt);
  }

  @Test
  void parseJson_unknownFieldsOfTheObject_areSkipped() {
    NativeBatchParser.Parsed parsed =
        parseJson(
            "{\"context\": {\"records\": [1, 2]}, \"records\": [%s], \"sent_at\": null}"
                .formatted(GOOD));

    assertThat(parsed.records()).hasSize(1);
    assertThat(parsed.sentAt()).isNull();
  }

  @Test
  void parse_byteOrderMark_isLeftOut() {
    String record = "{\"type\": \"user\", \"user_id\": \"u\", \"traits\": {\"a\": 1}}";
    byte[] array = ("\uFEFF[" + record + "]").getBytes(UTF_8);
    byte[] lines = ("\uFEFF" + record).getBytes(UTF_8);

    assertThat(parser.parseJson(array).records().getFirst().text(RecordField.TRAITS))
        .isEqualTo("{\"a\": 1}");
    assertThat(parser.parseLines(lines).records().getFirst().text(RecordField.TRAITS))
        .isEqualTo("{\"a\": 1}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32LE", "UTF-32BE"})
  void parse_otherEncoding_isRefused(String encoding) {
    byte[] body =
        "[{\"type\": \"user_event\", \"event_type\": \"a\", \"properties\": {\"a\": 1}}]"
            .getBytes(Charset.forName(encoding));

    assertThat(problem(() -> parser.parseJson(body)).code()).isEqualTo("malformed_json");
    assertThat(Judge.judgeAll(parser.parseLines(body), Judge.secretKey()))
        .extracting(Judge::code)
        .containsOnly("malformed_json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "null",
        "true",
        "17",
        "\"secret words\"",
        "[",
        "[{]",
        "[{\"type\": secret}]",
        "[{\"value\": nan}]",
        "[{\"value\": Infinite}]",
        "[{\"value\": 01}]",
        "[{\"value\": .5}]",
        "[{\"a\": \"secret\nwords\"}]",
        "[{}] {}",
        "[{}]]",
        "{\"records\": [{}]",
        "{\"records\": [{}]}}",
        "[{},]",
        "// secret\n[{}]",
        "[{'type': 'secret'}]"
      })
  void parseJson_notJson_isMalformedAndSaysNothingOfTheContent(String body) {
    ProblemException problem = problem(() -> parseJson(body));

    assertThat(problem.status().value()).isEqualTo(400);
    assertThat(problem.code()).isEqualTo("malformed_json");
    assertThat(problem.detail()).doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "{\"records\": []}"})
  void parseJson_noRecords_isRefused(String body) {
    assertThat(problem(() -> parseJson(body)).code()).isEqualTo("no_records");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"records\": null}", "{\"records\": {}}", "{\"records\": \"a\"}"})
  void parseJson_recordsNotAnArray_namesTheField(String body) {
    assertThat(problem(() -> parseJson(body)).field()).isEqualTo("records");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"17", "\"secret\"", "{}", "[]", "\"2026-07-15\"", "\"1969-12-31T23:59:59Z\""})
  void parseJson_sentAtBroken_namesTheField(String sentAt) {
    ProblemException problem =
        problem(() -> parseJson("{\"records\": [%s], \"sent_at\": %s}".formatted(GOOD, sentAt)));

    assertThat(problem.status().value()).isEqualTo(400);
    assertThat(problem.field()).isEqualTo("sent_at");
    assertThat(problem.detail()).doesNotContain("secret");
  }

  @Test
  void parse_asManyRecordsAsAllowed_areRead() {
    String most = "{},".repeat(9_999) + "{}";

    assertThat(parseJson("[" + most + "]").records()).hasSize(10_000);
    assertThat(parser.parseLines("{}\n".repeat(10_000).getBytes(UTF_8)).records()).hasSize(10_000);
  }

  @Test
  void parse_oneRecordMore_isTooMany() {
    byte[] lines = "{}\n".repeat(10_001).getBytes(UTF_8);
    String array = "[" + "{},".repeat(10_000) + "{}]";

    List<ProblemException> problems =
        List.of(
            problem(() -> parseJson(array)),
            problem(() -> parseJson("{\"records\": " + array + "}")),
            problem(() -> parser.parseLines(lines)));

    assertThat(problems)
        .allSatisfy(problem -> {
          assertThat(problem.status().value()).isEqualTo(413);
          assertThat(problem.code()).isEqualTo("too_many_records");
        });
  }

  @Test
  void parseLines_blankLinesAndCarriageReturns_areSkipped() {
    byte[] body = ("\n" + GOOD + "\r\n \t\r\n" + GOOD).getBytes(UTF_8);

    assertThat(Judge.judgeAll(parser.parseLines(body), Judge.secretKey()))
        .extracting(Judge::code)
        .containsExactly("accepted", "accepted");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\": ",
        "secret",
        "{\"type\": \"user_event\"} {}",
        "{\"type\": \"user_event\", \"event_type\": \"secret\"}}",
        "{\"type\": \"user_event\", \"event_type\": \"secret\"",
        "{\"properties\": {\"secret\": }}"
      })
  void parseLines_lineIsNotJson_isRefusedAlone(String line) {
    byte[] body = (GOOD + "\n" + line + "\n" + GOOD).getBytes(UTF_8);

    List<CaptureOutcome> outcomes = Judge.judgeAll(parser.parseLines(body), Judge.secretKey());

    assertThat(outcomes)
        .extracting(Judge::code)
        .containsExactly("accepted", "malformed_json", "accepted");
    assertThat(Judge.detail(outcomes.get(1))).doesNotContain("secret");
  }

  @Test
  void parseLines_nothing_isNoRecords() {
    assertThat(problem(() -> parser.parseLines(" \n\r\n".getBytes(UTF_8))).code())
        .isEqualTo("no_records");
  }

  private NativeBatchParser.Parsed parseJson(String body) {
    return parser.parseJson(body.getBytes(UTF_8));
  }

  private static ProblemException problem(Runnable parse) {
    return catchThrowableOfType(ProblemException.class, parse::run);
  }
}

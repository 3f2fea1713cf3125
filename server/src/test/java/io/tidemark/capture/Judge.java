package io.tidemark.capture;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidemark.partition.RetentionPolicy;
import io.tidemark.partition.RetentionProperties;
import io.tidemark.record.CapturedRecord;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads and judges native records as the intake does, at a fixed time.
final class Judge {

  static final Instant NOW = Instant.parse("2026-07-15T12:00:00Z");

  private static final NativeBatchParser PARSER = new NativeBatchParser();
  private static final RecordRules RULES =
      new RecordRules(
          new RetentionPolicy(
              new RetentionProperties(
                  Period.ofMonths(6),
                  Period.ofMonths(3),
                  Period.ofYears(1),
                  Period.ofYears(2),
                  Period.ofYears(1))));

  private Judge() {}

  static CaptureContext secretKey() {
    return new CaptureContext(NOW, null, true);
  }

  static CaptureContext writeKey() {
    return new CaptureContext(NOW, null, false);
  }

  static CaptureContext writeKey(@Nullable Instant sentAt) {
    return new CaptureContext(NOW, sentAt, false);
  }

  /// One record, with a secret key.
  static CaptureOutcome judge(String json) {
    return judge(json, secretKey());
  }

  static CaptureOutcome judge(String json, CaptureContext context) {
    return judgeAll("[" + json + "]", context).getFirst();
  }

  /// A whole body.
  static List<CaptureOutcome> judgeAll(String body, CaptureContext context) {
    return judgeAll(PARSER.parseJson(body.getBytes(UTF_8)), context);
  }

  static List<CaptureOutcome> judgeAll(NativeBatchParser.Parsed parsed, CaptureContext context) {
    return parsed.records().stream().map(fields -> RULES.judge(fields, context)).toList();
  }

  static CapturedRecord accepted(CaptureOutcome outcome) {
    if (outcome instanceof CaptureOutcome.Accepted(CapturedRecord captured, var _)) {
      return captured;
    }
    throw new AssertionError("Expected an accepted record: " + outcome);
  }

  static String code(CaptureOutcome outcome) {
    return outcome instanceof CaptureOutcome.Refused(String code, var _) ? code : "accepted";
  }

  static String detail(CaptureOutcome outcome) {
    return outcome instanceof CaptureOutcome.Refused(var _, String detail) ? detail : "";
  }
}

package io.tidemark.capture.accesslog;

import static io.tidemark.record.FactTable.USER_EVENT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.ZoneOffset.UTC;

import io.tidemark.record.FactTable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;

/// Made-up logs, and what their import needs around it.
final class SampleLogs {

  static final String PAGE = line("203.0.113.7", "/", "Mozilla/5.0 Firefox/130.0");
  static final String ASSET = line("203.0.113.7", "/a.css", "Mozilla/5.0 Firefox/130.0");
  static final String ROBOT = line("203.0.113.9", "/", "Googlebot/2.1");

  private final RecordingSink sink = new RecordingSink();
  private final SettableClock clock = new SettableClock("2015-06-01T00:00:00Z");

  RecordingSink sink() {
    return sink;
  }

  SettableClock clock() {
    return clock;
  }

  ImportSummary importLog(String... lines) throws InterruptedException {
    return importBytes(bytes(lines));
  }

  ImportSummary importBytes(byte[] log) throws InterruptedException {
    return run(accessLogImport(), log, (bytes, lines) -> {});
  }

  AccessLogImport accessLogImport() {
    return new AccessLogImport(sink, new DaysKept(clock), new UUID(1, 2), clock, clock);
  }

  ImportSummary run(AccessLogImport logImport, byte[] log, ImportListener listener)
      throws InterruptedException {
    try (LogInput input = LogInput.of(new ByteArrayInputStream(log))) {
      return logImport.run(input, listener);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Calls are kept for 90 days, events for 360; a day ahead is tolerated.
  private record DaysKept(SettableClock clock) implements TimePolicy {

    @Override
    public TimeVerdict judge(FactTable table, Instant at) {
      Instant now = clock.instant();
      if (at.isAfter(now.plus(Duration.ofDays(1)))) {
        return TimeVerdict.TOO_FAR_AHEAD;
      }
      Instant oldest = now.atZone(UTC).minus(keptFor(table)).toInstant();
      return at.isBefore(oldest) ? TimeVerdict.TOO_OLD : TimeVerdict.TAKEN;
    }

    @Override
    public Period keptFor(FactTable table) {
      return table == USER_EVENT ? Period.ofDays(360) : Period.ofDays(90);
    }
  }

  static List<String> manyLines(int count) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lines.add(line("203.0.113." + i, "/a.css?" + i, "Firefox"));
    }
    return lines;
  }

  static String line(String address, String target, String agent) {
    return "%s - - [17/May/2015:10:05:03 +0000] \"GET %s HTTP/1.1\" 200 12 \"-\" \"%s\""
        .formatted(address, target, agent);
  }

  static byte[] bytes(String... lines) {
    return (String.join("\n", lines) + "\n").getBytes(UTF_8);
  }

  static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  static byte[] joined(byte[] first, byte[] second) {
    byte[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }
}

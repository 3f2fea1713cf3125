package io.tidemark.capture.accesslog;

import static io.tidemark.capture.accesslog.RecordFate.REFUSED;
import static io.tidemark.capture.accesslog.RecordFate.STORED;
import static io.tidemark.capture.accesslog.RecordFate.TOO_FAR_AHEAD;
import static io.tidemark.capture.accesslog.RecordFate.TOO_OLD;
import static io.tidemark.record.FactTable.API_RESPONSE_TIME;
import static io.tidemark.record.FactTable.USER_EVENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.tidemark.capture.accesslog.ImportEnding.Broken;
import io.tidemark.capture.accesslog.ImportEnding.Stopped;
import io.tidemark.ingest.IngestOutcome.Busy;
import io.tidemark.ingest.IngestOutcome.Unavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What an import does when something is wrong.
class AccessLogImportTroubleTest {

  private final SampleLogs logs = new SampleLogs();

  @Test
  void run_packedLogThatIsCutOff_keepsWhatCameBefore() throws InterruptedException {
    byte[] packed =
        SampleLogs.gzip(SampleLogs.bytes(SampleLogs.manyLines(5_000).toArray(String[]::new)));

    ImportSummary summary = logs.importBytes(Arrays.copyOf(packed, packed.length / 2));

    assertThat(summary.ending()).isInstanceOf(Broken.class);
    assertThat(summary.requests()).isPositive();
    assertThat(logs.sink().stored()).hasSize((int) summary.requests());
  }

  @Test
  void run_unreadableLines_areCountedWithTheirNumbers() throws InterruptedException {
    ImportSummary summary =
        logs.importLog(
            "garbage",
            SampleLogs.PAGE,
            "more",
            "and more",
            "and more",
            "x".repeat(300_000),
            SampleLogs.PAGE);

    assertThat(summary.requests()).isEqualTo(2);
    assertThat(summary.unreadable())
        .containsExactly(
            entry(UnreadableReason.TOO_LONG, new ImportSummary.UnreadableLines(1, List.of(6L))),
            entry(
                UnreadableReason.NOT_COMBINED,
                new ImportSummary.UnreadableLines(4, List.of(1L, 3L, 4L))));
  }

  @Test
  void run_timesOutsideThePolicy_areCountedByTable() throws InterruptedException {
    logs.clock().set("2015-12-01T00:00:00Z");
    ImportSummary old = logs.importLog(SampleLogs.PAGE, SampleLogs.ROBOT);
    logs.clock().set("2015-05-01T00:00:00Z");
    ImportSummary early = logs.importLog(SampleLogs.PAGE);

    assertThat(old.count(API_RESPONSE_TIME, TOO_OLD)).isEqualTo(2);
    assertThat(old.count(USER_EVENT, STORED)).isEqualTo(1);
    assertThat(early.count(API_RESPONSE_TIME, TOO_FAR_AHEAD)).isEqualTo(1);
    assertThat(logs.sink().stored()).hasSize(1);
  }

  @Test
  void run_refusedRecords_areCountedByCode() throws InterruptedException {
    logs.sink().refuse("/a.css");

    ImportSummary summary = logs.importLog(SampleLogs.PAGE, SampleLogs.ASSET, SampleLogs.ASSET);

    assertThat(summary.count(API_RESPONSE_TIME, REFUSED)).isEqualTo(2);
    assertThat(summary.count(API_RESPONSE_TIME, STORED)).isEqualTo(1);
    assertThat(summary.refusals())
        .containsExactly(
            entry("bad_endpoint", new ImportSummary.Refusals(2, "endpoint: expected another")));
  }

  @Test
  void run_busyThenFine_waitsAndStores() throws InterruptedException {
    logs.sink().answerOnce(new Busy(3));
    logs.sink().answerOnce(new Unavailable(2));
    Instant before = logs.clock().instant();

    ImportSummary summary = logs.importLog(SampleLogs.PAGE);

    assertThat(summary.count(API_RESPONSE_TIME, STORED)).isEqualTo(1);
    assertThat(Duration.between(before, logs.clock().instant())).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void run_databaseAwayForAMinute_givesUp() throws InterruptedException {
    logs.sink().answerAlways(new Unavailable(5));
    Instant before = logs.clock().instant();

    ImportSummary summary = logs.importLog(SampleLogs.PAGE);

    assertThat(summary.ending())
        .isEqualTo(new Broken("The database has been away for 60 seconds: the import gave up."));
    assertThat(Duration.between(before, logs.clock().instant())).isEqualTo(Duration.ofMinutes(1));
    assertThat(logs.sink().stored()).isEmpty();
  }

  @Test
  void stop_whileReading_endsAfterWhatIsUnderWayAndCanGoOn() throws InterruptedException {
    String[] lines = SampleLogs.manyLines(12_000).toArray(String[]::new);
    AccessLogImport stopped = logs.accessLogImport();

    ImportSummary summary =
        logs.run(
            stopped,
            SampleLogs.bytes(lines),
            (bytes, read) -> {
              if (read >= 6_000) {
                stopped.stop();
              }
            });

    assertThat(summary.ending()).isEqualTo(new Stopped());
    assertThat(summary.count(API_RESPONSE_TIME, STORED)).isEqualTo(5_000);
    assertThat(logs.importLog(lines).count(API_RESPONSE_TIME, STORED)).isEqualTo(7_000);
  }
}

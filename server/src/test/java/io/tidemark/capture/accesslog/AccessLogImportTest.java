package io.tidemark.capture.accesslog;

import static io.tidemark.capture.accesslog.RecordFate.STORED;
import static io.tidemark.capture.accesslog.RecordFate.STORED_BEFORE;
import static io.tidemark.record.FactTable.API_RESPONSE_TIME;
import static io.tidemark.record.FactTable.USER_EVENT;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.capture.accesslog.ImportEnding.Complete;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccessLogImportTest {

  private final SampleLogs logs = new SampleLogs();

  @Test
  void run_log_storesCallsAndPageViews() throws InterruptedException {
    ImportSummary summary = logs.importLog(SampleLogs.PAGE, "", SampleLogs.ASSET, SampleLogs.ROBOT);

    assertThat(summary.ending()).isEqualTo(new Complete());
    assertThat(summary.lines()).isEqualTo(4);
    assertThat(summary.requests()).isEqualTo(3);
    assertThat(summary.count(API_RESPONSE_TIME, STORED)).isEqualTo(3);
    assertThat(summary.count(USER_EVENT, STORED)).isEqualTo(1);
    assertThat(summary.people()).isEqualTo(1);
    assertThat(summary.first()).isEqualTo("2015-05-17T10:05:03Z");
    assertThat(logs.sink().stored()).hasSize(4);
  }

  @Test
  void run_twice_addsNothing() throws InterruptedException {
    logs.importLog(SampleLogs.PAGE, SampleLogs.PAGE, SampleLogs.ASSET);

    ImportSummary again = logs.importLog(SampleLogs.PAGE, SampleLogs.PAGE, SampleLogs.ASSET);

    assertThat(again.count(API_RESPONSE_TIME, STORED)).isZero();
    assertThat(again.count(API_RESPONSE_TIME, STORED_BEFORE)).isEqualTo(3);
    assertThat(again.count(USER_EVENT, STORED_BEFORE)).isEqualTo(2);
    assertThat(logs.sink().stored()).hasSize(5);
  }

  @Test
  void run_grownLog_addsTheNewLinesOnly() throws InterruptedException {
    logs.importLog(SampleLogs.PAGE, SampleLogs.ASSET);

    ImportSummary grown =
        logs.importLog(SampleLogs.PAGE, SampleLogs.ASSET, SampleLogs.ASSET, SampleLogs.ROBOT);

    assertThat(grown.count(API_RESPONSE_TIME, STORED)).isEqualTo(2);
    assertThat(grown.count(API_RESPONSE_TIME, STORED_BEFORE)).isEqualTo(2);
  }

  @Test
  void run_samePlainAndPacked_isTheSame() throws InterruptedException {
    byte[] plain = SampleLogs.bytes(SampleLogs.PAGE, SampleLogs.ASSET);
    logs.importBytes(plain);

    // Rotated logs put together: two members, of which the second begins where the first ends.
    ImportSummary packed =
        logs.importBytes(
            SampleLogs.joined(
                SampleLogs.gzip(SampleLogs.bytes(SampleLogs.PAGE)),
                SampleLogs.gzip(SampleLogs.bytes(SampleLogs.ASSET))));

    assertThat(packed.count(API_RESPONSE_TIME, STORED_BEFORE)).isEqualTo(2);
    assertThat(packed.count(API_RESPONSE_TIME, STORED)).isZero();
  }

  @Test
  void run_windowsLineEndsAndNoLastLineEnd_areTheSameLines() throws InterruptedException {
    logs.importLog(SampleLogs.PAGE, SampleLogs.ASSET);

    ImportSummary again =
        logs.importBytes((SampleLogs.PAGE + "\r\n" + SampleLogs.ASSET).getBytes(UTF_8));

    assertThat(again.count(API_RESPONSE_TIME, STORED_BEFORE)).isEqualTo(2);
  }

  @Test
  void run_bytesThatAreNoUtf8_areRead() throws InterruptedException {
    ImportSummary summary =
        logs.importBytes((SampleLogs.line("h", "/café", "Firefox") + "\n").getBytes(ISO_8859_1));

    assertThat(summary.requests()).isEqualTo(1);
  }

  @Test
  void run_manyLines_goInChunksOfWhichTwoAreUnderWay() throws InterruptedException {
    logs.sink().awaitInFlight(2);

    ImportSummary summary = logs.importLog(SampleLogs.manyLines(22_500).toArray(String[]::new));

    assertThat(summary.count(API_RESPONSE_TIME, STORED)).isEqualTo(22_500);
    assertThat(logs.sink().calls()).isEqualTo(5);
    assertThat(logs.sink().largest()).isEqualTo(5_000);
    assertThat(logs.sink().mostInFlight()).isEqualTo(2);
  }

  @Test
  void run_progress_endsWithAllBytesAndLines() throws InterruptedException {
    byte[] log =
        SampleLogs.gzip(SampleLogs.bytes(SampleLogs.manyLines(5_000).toArray(String[]::new)));
    List<List<Long>> progress = new ArrayList<>();

    logs.run(logs.accessLogImport(), log, (bytes, lines) -> progress.add(List.of(bytes, lines)));

    assertThat(progress).hasSize(3).last().isEqualTo(List.of((long) log.length, 5_000L));
  }
}

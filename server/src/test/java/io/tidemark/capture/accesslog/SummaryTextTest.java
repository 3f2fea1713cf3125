package io.tidemark.capture.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.capture.accesslog.ImportSummary.Refusals;
import io.tidemark.capture.accesslog.ImportSummary.UnreadableLines;
import io.tidemark.record.FactTable;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SummaryTextTest {

  private static final Instant FIRST = Instant.parse("2015-05-17T10:05:03Z");
  private static final Instant LAST = Instant.parse("2015-05-20T21:05:59Z");
  private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");

  @Test
  void of_allStored_isShort() {
    ImportSummary summary =
        new ImportSummary(
            new ImportEnding.Complete(),
            1200,
            1200,
            FIRST,
            LAST,
            1,
            Map.of(),
            Map.of(
                FactTable.API_RESPONSE_TIME, Map.of(RecordFate.STORED, 1200L),
                FactTable.USER_EVENT, Map.of(RecordFate.STORED, 7L, RecordFate.STORED_BEFORE, 3L)),
            Map.of());

    assertThat(SummaryText.of(summary, new Kept(), "access.log", NOW))
        .isEqualTo(
            """
            1,200 lines of access.log, 1,200 requests from 2015-05-17T10:05:03Z to 2015-05-20T21:05:59Z.
              Requests:   1,200 stored
              Page views: 7 stored, 3 stored before; by 1 person
            """);
  }

  @Test
  void of_troubles_namesThemAndWhatToDo() {
    ImportSummary summary =
        new ImportSummary(
            new ImportEnding.Broken("The disk is full."),
            20,
            10,
            FIRST,
            LAST,
            2,
            Map.of(
                UnreadableReason.NO_REQUEST, new UnreadableLines(9, List.of(1L, 2L, 4L)),
                UnreadableReason.OPEN_QUOTE, new UnreadableLines(1, List.of(8899L))),
            Map.of(
                FactTable.API_RESPONSE_TIME, Map.of(RecordFate.TOO_OLD, 9L, RecordFate.REFUSED, 1L),
                FactTable.USER_EVENT, Map.of(RecordFate.TOO_OLD, 1L, RecordFate.STORED, 1L)),
            Map.of("bad_endpoint", new Refusals(1, "endpoint: expected another")));

    assertThat(SummaryText.of(summary, new Kept(), "my log.gz", NOW))
        .isEqualTo(
            """
            20 lines of my log.gz, 10 requests from 2015-05-17T10:05:03Z to 2015-05-20T21:05:59Z.
              Requests:   0 stored, 1 refused, 9 too old
              Page views: 1 stored, 1 too old; by 2 people
              1 refused: bad_endpoint (endpoint: expected another)
            10 lines could not be read:
              1: a quote is not closed (line 8899)
              9: the client sent no request (lines 1, 2, 4, …)
            9 lines are older than api_response_time detail is kept (P3M).
            1 page view is older than user_event detail is kept (P1Y).
            To keep them, with the same settings for the server:
              TIDEMARK_RETENTION_API_RESPONSE_TIME=P15Y TIDEMARK_RETENTION_USER_EVENT=P15Y ./tidemark import 'my log.gz'
            Not finished: The disk is full.
            Run the same command again to go on: nothing is stored twice.
            """);
  }

  @Test
  void of_emptyInput_saysSo() {
    ImportSummary summary =
        new ImportSummary(
            new ImportEnding.Stopped(), 0, 0, null, null, 0, Map.of(), Map.of(), Map.of());

    assertThat(SummaryText.of(summary, new Kept(), "-", NOW))
        .isEqualTo(
            """
            0 lines of standard input, 0 requests.
            Stopped. Run the same command again to go on: nothing is stored twice.
            """);
  }

  private record Kept() implements TimePolicy {

    @Override
    public TimeVerdict judge(FactTable table, Instant at) {
      return TimeVerdict.TAKEN;
    }

    @Override
    public Period keptFor(FactTable table) {
      return table == FactTable.USER_EVENT ? Period.ofYears(1) : Period.ofMonths(3);
    }
  }
}

package io.tidemark.insight.question;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.insight.Cancellation;
import io.tidemark.insight.InsightProperties;
import io.tidemark.platform.ProblemException;
import io.tidemark.testing.MigratedDatabase;
import java.io.OutputStream;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AnswerReaderIT {

  /// More than the memory of a test.
  private static final int ROWS = 1_500_000;

  private static final String WIDE_ROWS =
      "SELECT number, repeat('x', 1000) FROM generate_series(1, ?) AS number";

  private static MigratedDatabase database;
  private static AnswerReader reader;

  @BeforeAll
  static void open() {
    database = MigratedDatabase.open();
    Duration minute = Duration.ofMinutes(1);
    reader =
        new AnswerReader(
            database.dataSource(),
            new AnswerRoom(4),
            new InsightProperties.Timeout(
                Duration.ofSeconds(1), minute, minute, Duration.ofMinutes(10)));
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Test
  void stream_moreRowsThanFitIntoMemory_areWritten() {
    AtomicLong bytes = new AtomicLong();
    CsvRows rows = new CsvRows(counting(bytes), head -> {});

    reader.stream(
        new Cancellation(),
        course -> {
          rows.columns("number", "text");
          database
              .jdbc()
              .sql(WIDE_ROWS)
              .param(ROWS)
              .query((ResultSet row) -> rows.row(row.getLong(1), row.getString(2)));
        });
    rows.close();

    assertThat(bytes.get()).isGreaterThan(ROWS * 1_000L);
  }

  @Test
  void read_tooSlowForItsClass_isAProblem() {
    assertThatThrownBy(() -> read(WeightClass.LIVE, "SELECT pg_sleep(30)::text"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("PT1S")
        .hasMessageContaining("tidemark.insight.timeout.live");
    assertThat(read(WeightClass.DASHBOARD, "SHOW statement_timeout")).isEqualTo("1min");
    assertThat(read(WeightClass.DASHBOARD, "SHOW transaction_isolation"))
        .isEqualTo("repeatable read");
    assertThat(read(WeightClass.DASHBOARD, "SHOW transaction_read_only")).isEqualTo("on");
  }

  @Test
  void connection_afterAnAnswer_isAsBefore() {
    read(WeightClass.LIVE, "SELECT 'x'");

    assertThat(database.jdbc().sql("SHOW statement_timeout").query(String.class).single())
        .isEqualTo("0");
    assertThat(database.jdbc().sql("SHOW transaction_isolation").query(String.class).single())
        .isEqualTo("read committed");
  }

  private static String read(WeightClass weight, String sql) {
    return reader.read(
        weight,
        new Cancellation(),
        course -> database.jdbc().sql(sql).query(String.class).single());
  }

  private static OutputStream counting(AtomicLong bytes) {
    return new OutputStream() {
      @Override
      public void write(int oneByte) {
        bytes.incrementAndGet();
      }

      @Override
      public void write(byte[] some, int offset, int length) {
        bytes.addAndGet(length);
      }
    };
  }
}

package io.tidemark.insight.question;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.insight.Cancellation;
import io.tidemark.insight.InsightProperties;
import io.tidemark.platform.ProblemException;
import io.tidemark.testing.MigratedDatabase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Answers of few quick statements.
class QuickAnswerIT {

  private MigratedDatabase database;
  private AnswerReader reader;

  @BeforeEach
  void open() {
    database = MigratedDatabase.open();
    Duration minute = Duration.ofMinutes(1);
    reader =
        new AnswerReader(
            database.dataSource(),
            new AnswerRoom(4),
            new InsightProperties.Timeout(
                Duration.ofSeconds(1), minute, Duration.ofMinutes(2), minute));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void readEach_tooSlowForItsClass_isAProblemThatNamesTheSetting() {
    assertThatThrownBy(() -> read(WeightClass.LIVE, "SELECT pg_sleep(30)::text"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("PT1S")
        .hasMessageContaining("tidemark.insight.timeout.live");
  }

  /// Behind a pooler the session is somebody else's a moment later.
  @Test
  void readEach_saysNothingToTheSession() {
    assertThat(read(WeightClass.DASHBOARD, "SHOW statement_timeout")).isEqualTo("0");
    assertThat(read(WeightClass.ANALYTICS, "SHOW transaction_isolation"))
        .isEqualTo("read committed");
  }

  @Test
  void readEach_severalStatements_haveTheTimeOfTheClassTogether() {
    assertThatThrownBy(() ->
            reader.readEach(
                WeightClass.LIVE,
                new Cancellation(),
                () -> {
                  String last = "";
                  for (int statement = 0; statement < 100; statement++) {
                    last = ask("SELECT pg_sleep(0.3)::text");
                  }
                  return last;
                }))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("PT1S");
  }

  @Test
  void readEach_severalStatements_areOnOneConnectionEachByItself() {
    String connection = "SELECT pg_backend_pid()::text";
    String transaction = "SELECT pg_current_xact_id()::text";

    List<String> told =
        reader.readEach(
            WeightClass.DASHBOARD,
            new Cancellation(),
            () -> List.of(ask(connection), ask(connection), ask(transaction), ask(transaction)));

    assertThat(told.get(0)).isEqualTo(told.get(1));
    assertThat(told.get(2)).isNotEqualTo(told.get(3));
  }

  @Test
  void readEach_moreOftenThanThereAreConnections_givesThemBack() {
    for (int round = 0; round < 50; round++) {
      assertThat(read(WeightClass.DASHBOARD, "SELECT 'x'")).isEqualTo("x");
    }
  }

  private String read(WeightClass weight, String sql) {
    return reader.readEach(weight, new Cancellation(), () -> ask(sql));
  }

  private String ask(String sql) {
    return database.jdbc().sql(sql).query(String.class).single();
  }
}

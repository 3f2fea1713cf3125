package io.tidemark.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketTimeoutException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseFaultTest {

  @ParameterizedTest
  @CsvSource({
    "08001, AWAY",
    "08006, AWAY",
    "57P01, AWAY",
    "57P03, AWAY",
    "25P03, AWAY",
    "25P04, AWAY",
    "25006, READ_ONLY",
    "53100, DISK_FULL",
    "53300, OUT_OF_CONNECTIONS",
    "53200, REFUSING",
    "58030, REFUSING",
    "42501, REFUSING"
  })
  void of_stateOfTheDatabase_isAFault(String state, DatabaseFault expected) {
    assertThat(DatabaseFault.of(new SQLException("", state))).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"22021", "23505", "23514", "40P01", "40001", "54000", "55P03", "57014", "25P02"})
  void of_whatWasWrittenOrOthers_isNoFault(String state) {
    assertThat(DatabaseFault.of(new SQLException("", state))).isEmpty();
  }

  @Test
  void of_noConnectionInThePool_isAway() {
    assertThat(DatabaseFault.of(new SQLException("timed out"))).contains(DatabaseFault.AWAY);
  }

  @Test
  void of_noAnswerInTime_isSilent() {
    SQLException silent = new SQLException("", "08006", new SocketTimeoutException());

    assertThat(DatabaseFault.of(silent)).contains(DatabaseFault.SILENT);
  }
}

package io.tidemark.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.testing.MigratedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.TimeZone;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class DatabasePoolsIT {

  /// That nothing is stored twice rests on it.
  @Test
  void connections_databaseSaysSerializable_areReadCommitted() throws SQLException {
    try (MigratedDatabase database = MigratedDatabase.open()) {
      set(database, "DATABASE \"%s\" SET default_transaction_isolation = 'serializable'");

      try (WatchedDatabase watched = open(database, "")) {
        assertThat(isolation(watched.intake())).isEqualTo("read committed");
        assertThat(isolation(watched.pools().job())).isEqualTo("read committed");
      }
    }
  }

  @Test
  void connections_databaseAndMachineSayOtherwise_haveTheSettingsOfTidemark() throws SQLException {
    TimeZone ofTheMachine = TimeZone.getDefault();
    try (MigratedDatabase database = MigratedDatabase.open()) {
      set(database, "DATABASE \"%s\" SET extra_float_digits = -15");
      set(database, "DATABASE \"%s\" SET lock_timeout = 7");
      set(database, "ROLE CURRENT_USER IN DATABASE \"%s\" SET search_path = nowhere");
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));

      try (WatchedDatabase watched = open(database, "")) {
        DataSource job = watched.pools().job();
        assertThatCode(() -> watched.pools().requireSettings(job)).doesNotThrowAnyException();
        assertThat(show(job, "extra_float_digits")).isEqualTo("1");
        assertThat(show(job, "lock_timeout")).isEqualTo("0");
        assertThat(show(job, "search_path")).isEqualTo(MigratedDatabase.SCHEMA);
        assertThat(show(job, "TimeZone")).isEqualTo("UTC");
      }
    } finally {
      TimeZone.setDefault(ofTheMachine);
    }
  }

  /// As behind a pooler that passes on nothing: options in the address take the place of ours.
  @Test
  void requireSettings_whatIsSaidIsLost_tellsWhatToDoAndThatIsEnough() throws SQLException {
    try (MigratedDatabase database = MigratedDatabase.open()) {
      set(database, "DATABASE \"%s\" SET extra_float_digits = -15");
      set(database, "DATABASE \"%s\" SET default_transaction_isolation = 'serializable'");
      String deaf = "?currentSchema=nowhere,public&options=-c%20jit%3Don";

      String remedy;
      try (WatchedDatabase watched = open(database, deaf)) {
        Throwable told =
            assertThatThrownBy(() -> watched.pools().requireSettings(watched.pools().job()))
                .isInstanceOf(SettingsLostException.class)
                .hasMessageContaining("search_path is 'nowhere,public'")
                .hasMessageContaining("extra_float_digits is '-15'")
                .hasMessageContaining("SET jit = 'off'")
                .actual();
        String message = String.valueOf(told.getMessage());
        remedy = message.substring(message.indexOf("ALTER ROLE"));
      }
      database.jdbc().sql(remedy).update();

      try (WatchedDatabase watched = open(database, "?options=-c%20work_mem%3D4MB")) {
        assertThatCode(() -> watched.pools().requireSettings(watched.pools().job()))
            .doesNotThrowAnyException();
      }
    }
  }

  private static WatchedDatabase open(MigratedDatabase database, String parameters) {
    return WatchedDatabase.open(
        database.jdbcUrl() + parameters, database.username(), database.password());
  }

  /// @param what as after `ALTER`, with a place for the database's name
  private static void set(MigratedDatabase database, String what) {
    String name = database.jdbc().sql("SELECT current_database()").query(String.class).single();
    database.jdbc().sql("ALTER " + what.formatted(name)).update();
  }

  private static String show(DataSource dataSource, String setting) {
    return JdbcClient.create(dataSource).sql("SHOW " + setting).query(String.class).single();
  }

  private static String isolation(DataSource dataSource) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      assertThat(connection.getTransactionIsolation())
          .isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
    }
    return show(dataSource, "transaction_isolation");
  }
}

package io.tidemark.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.testing.MigratedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class DatabasePoolsIT {

  /// That nothing is stored twice rests on it.
  @Test
  void connections_databaseSaysSerializable_areReadCommitted() throws SQLException {
    try (MigratedDatabase database = MigratedDatabase.open()) {
      String name = database.jdbc().sql("SELECT current_database()").query(String.class).single();
      database
          .jdbc()
          .sql(
              "ALTER DATABASE \"%s\" SET default_transaction_isolation = 'serializable'"
                  .formatted(name))
          .update();

      try (WatchedDatabase watched =
          WatchedDatabase.open(database.jdbcUrl(), database.username(), database.password())) {
        assertThat(isolation(watched.intake())).isEqualTo("read committed");
        assertThat(isolation(watched.pools().job())).isEqualTo("read committed");
      }
    }
  }

  private static String isolation(DataSource dataSource) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      assertThat(connection.getTransactionIsolation())
          .isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
    }
    return JdbcClient.create(dataSource)
        .sql("SHOW transaction_isolation")
        .query(String.class)
        .single();
  }
}

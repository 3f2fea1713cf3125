package io.tidemark.platform.postgres;

import static io.tidemark.platform.postgres.ServerDirectory.ask;
import static io.tidemark.platform.postgres.ServerDirectory.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.testing.TestDirectories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresIT {

  @TempDir Path temporary;
  private ServerDirectory directory;

  @BeforeEach
  void choose() throws IOException {
    directory = ServerDirectory.in(temporary);
  }

  @Test
  void open_afterClose_keepsTheData() throws Exception {
    try (EmbeddedPostgres postgres = directory.open()) {
      execute(postgres, "CREATE TABLE kept AS SELECT 42 AS answer");
    }

    try (EmbeddedPostgres postgres = directory.open()) {
      assertThat(ask(postgres, "SELECT answer FROM kept")).isEqualTo("42");
    }
  }

  @Test
  void open_cluster_isLocalCheckedUtf8AndNeedsThePassword() throws Exception {
    try (EmbeddedPostgres postgres = directory.open()) {
      PostgresConnection connection = postgres.connection();

      assertThat(ask(postgres, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(ask(postgres, "SHOW unix_socket_directories")).isEmpty();
      assertThat(ask(postgres, "SHOW server_encoding")).isEqualTo("UTF8");
      assertThat(ask(postgres, "SHOW data_checksums")).isEqualTo("on");
      assertThat(ask(postgres, "SHOW log_timezone")).isEqualTo("UTC");
      assertThat(
              ask(
                  postgres,
                  "SELECT upper('für') || (SELECT string_agg(word, ',' ORDER BY word) FROM"
                      + " unnest('{b,B,a}'::text[]) AS word)"))
          .isEqualTo("FÜRB,a,b");
      assertThatThrownBy(
              () -> DriverManager.getConnection(connection.jdbcUrl(), connection.username(), "no"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("password authentication failed");
    }
  }

  @Test
  void open_password_isReadableByItsOwnerOnly() throws Exception {
    try (EmbeddedPostgres postgres = directory.open()) {
      Path file = directory.root().resolve("password");

      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      assertThat(Files.readString(file)).isEqualTo(postgres.connection().password()).hasSize(43);
      assertThat(postgres.connection().toString()).doesNotContain(Files.readString(file));
      assertThat(directory.root().resolve("password.initdb")).doesNotExist();
    }
  }

  @Test
  void close_anotherProcessUsesTheServer_leavesItToTheLast() throws Exception {
    EmbeddedPostgres postgres = directory.open();
    try (OpenerProcess other = OpenerProcess.start(directory.root())) {
      assertThat(other.jdbcUrl()).isEqualTo(postgres.connection().jdbcUrl());

      postgres.close();

      assertThat(ask(postgres, "SELECT 1")).isEqualTo("1");
    }
    assertThat(directory.findServer()).isEmpty();
  }

  @Test
  void close_anotherOpenerInThisProcess_leavesItToTheLast() throws Exception {
    EmbeddedPostgres first = directory.open();
    EmbeddedPostgres second = directory.open();

    first.close();
    first.close();

    assertThat(ask(second, "SELECT 1")).isEqualTo("1");
    second.close();
    assertThat(directory.findServer()).isEmpty();
  }

  @Test
  void open_clusterOfAnotherVersion_saysWhatToDo() throws Exception {
    directory.open().close();
    Files.writeString(directory.cluster().resolve("PG_VERSION"), "14\n");

    assertThatThrownBy(directory::open)
        .isInstanceOf(EmbeddedPostgresException.class)
        .hasMessageContaining("is a cluster of PostgreSQL 14")
        .hasMessageContaining("embeds PostgreSQL 1")
        .hasMessageContaining("TIDEMARK_DATABASE_URL");
    assertThat(Files.readString(directory.cluster().resolve("PG_VERSION"))).isEqualTo("14\n");
  }

  @Test
  void open_serverDoesNotStart_showsTheEndOfItsLog() {
    PostgresSettings wrong = PostgresSettings.disposable().with("shared_buffers", "much");

    assertThatThrownBy(() -> directory.open(wrong))
        .isInstanceOf(EmbeddedPostgresException.class)
        .hasMessageContaining("invalid value for parameter \"shared_buffers\"");
    assertThatThrownBy(() -> directory.open(wrong)).hasMessageContaining("shared_buffers");
  }

  @Test
  void open_pathWithSpacesAndQuotes_works() throws Exception {
    Path odd = temporary.resolve("it's here; ok & fine");
    try (EmbeddedPostgres postgres =
        EmbeddedPostgres.open(odd, TestDirectories.binaries(), PostgresSettings.disposable())) {
      assertThat(ask(postgres, "SHOW log_directory")).endsWith("it's here; ok & fine/log");
    }
  }

  @Test
  void open_directoryIsAFile_saysSo() throws Exception {
    Files.writeString(directory.root(), "");

    assertThatThrownBy(directory::open)
        .isInstanceOf(EmbeddedPostgresException.class)
        .hasMessageContaining(directory.root().toString());
  }
}

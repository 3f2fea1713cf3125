package io.tidemark.platform.postgres;

import static io.tidemark.platform.postgres.ServerDirectory.ask;
import static io.tidemark.platform.postgres.ServerDirectory.execute;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What crashes leave behind, and how the next opener gets over it.
class EmbeddedPostgresCrashIT {

  @TempDir Path temporary;
  private ServerDirectory directory;

  @BeforeEach
  void choose() throws IOException {
    directory = ServerDirectory.in(temporary);
  }

  @Test
  void open_openerWasKilled_adoptsItsServer() throws Exception {
    OpenerProcess killed = OpenerProcess.start(directory.root());
    PostmasterFile left = directory.findServer().orElseThrow();
    killed.kill();

    try (EmbeddedPostgres postgres = directory.open()) {
      assertThat(directory.findServer()).contains(left);
      assertThat(postgres.connection().jdbcUrl()).isEqualTo(killed.jdbcUrl());
    }
    assertThat(directory.findServer()).isEmpty();
  }

  @Test
  void open_openerWasKilledAndSettingsChanged_restartsItsServer() throws Exception {
    OpenerProcess killed = OpenerProcess.start(directory.root());
    killed.kill();

    PostgresSettings changed = PostgresSettings.disposable().with("work_mem", "7MB");
    try (EmbeddedPostgres postgres = directory.open(changed)) {
      assertThat(ask(postgres, "SHOW work_mem")).isEqualTo("7MB");
    }
  }

  @Test
  void open_serverWasKilled_startsItAgainWithItsData() throws Exception {
    try (EmbeddedPostgres postgres = directory.open()) {
      execute(postgres, "CREATE TABLE kept AS SELECT 42 AS answer");
      long killed = directory.findServer().orElseThrow().processId();
      ProcessHandle.of(killed).orElseThrow().destroyForcibly();

      try (EmbeddedPostgres again = directory.open()) {
        assertThat(directory.findServer().orElseThrow().processId()).isNotEqualTo(killed);
        assertThat(ask(again, "SELECT answer FROM kept")).isEqualTo("42");
      }
    }
    assertThat(directory.findServer()).isEmpty();
  }

  @Test
  void revive_serverWasKilled_startsItAgainAtTheSameAddress() throws Exception {
    try (EmbeddedPostgres postgres = directory.open()) {
      PostgresConnection before = postgres.connection();
      long killed = directory.findServer().orElseThrow().processId();
      ProcessHandle server = ProcessHandle.of(killed).orElseThrow();
      server.destroyForcibly();
      server.onExit().join();

      postgres.revive();

      assertThat(directory.findServer().orElseThrow().processId()).isNotEqualTo(killed);
      assertThat(postgres.connection()).isEqualTo(before);
      assertThat(ask(postgres, "SELECT 1")).isEqualTo("1");
    }
    assertThat(directory.findServer()).isEmpty();
  }

  @Test
  void revive_serverLives_leavesItAlone() throws Exception {
    try (EmbeddedPostgres postgres = directory.open()) {
      PostmasterFile before = directory.findServer().orElseThrow();

      postgres.revive();

      assertThat(directory.findServer()).contains(before);
    }
  }

  @Test
  void open_postmasterFileNamesAnotherLivingProcess_startsTheServer() throws Exception {
    directory.open().close();
    Files.write(
        PostmasterFile.in(directory.cluster()),
        List.of(
            Long.toString(ProcessHandle.current().pid()),
            directory.cluster().toString(),
            "1795359962",
            "5432",
            "",
            "127.0.0.1",
            "",
            "ready"));

    try (EmbeddedPostgres postgres = directory.open()) {
      assertThat(ask(postgres, "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void open_crashedWhileTheClusterWasMade_makesItAnew() throws Exception {
    Files.createDirectories(directory.root().resolve("cluster.unfinished-1/base"));
    Files.writeString(directory.root().resolve("cluster.unfinished-1/PG_VERSION"), "18\n");
    Files.writeString(directory.root().resolve("password"), "of the unfinished cluster");
    Files.writeString(directory.root().resolve("password.initdb"), "of the unfinished cluster");

    try (EmbeddedPostgres postgres = directory.open()) {
      assertThat(ask(postgres, "SELECT current_database()")).isEqualTo("tidemark");
    }
    assertThat(directory.root().resolve("cluster.unfinished-1")).doesNotExist();
  }

  @Test
  void unpack_crashedBefore_unpacksAnew() throws Exception {
    Path binaries = temporary.resolve("binaries");
    Files.createDirectories(binaries.resolve("unfinished/bin"));
    Files.writeString(binaries.resolve("unfinished/bin/postgres"), "half");

    PostgresBinaries unpacked = PostgresBinaries.unpack(binaries);

    assertThat(unpacked.majorVersion()).matches("1[5-8]");
    assertThat(binaries.resolve("unfinished")).doesNotExist();
  }
}

package io.tidemark.platform.postgres;

import java.nio.file.Path;

/// A server of the tests with the programs of an installation, such as `/usr/lib/postgresql/15`.
public final class InstalledPostgres {

  private InstalledPostgres() {}

  public static EmbeddedPostgres open(
      Path directory, Path installation, PostgresSettings settings) {
    return EmbeddedPostgres.open(
        directory, () -> new PostgresBinaries(installation.toAbsolutePath()), settings);
  }
}

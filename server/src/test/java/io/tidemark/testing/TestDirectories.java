package io.tidemark.testing;

import io.tidemark.platform.postgres.EmbeddedPostgres;
import io.tidemark.platform.postgres.EmbeddedPostgresException;
import io.tidemark.platform.postgres.InstalledPostgres;
import io.tidemark.platform.postgres.PostgresSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Where the test server lives: its data in a temporary directory named after the process, its
/// programs in a cache that all runs share.
public final class TestDirectories {

  private static final String DATA = "tidemark-test-postgres-";
  private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

  private TestDirectories() {}

  /// The unpacked programs. Root's lie outside of its home, where a server that runs as another
  /// user can reach them.
  public static Path binaries() {
    String user = System.getProperty("user.name");
    Path home = Path.of(System.getProperty("user.home"));
    if (!user.equals("root") && Files.isWritable(home)) {
      return home.resolve(".cache/tidemark/postgres");
    }
    Path cache = TEMPORARY.resolve("tidemark-cache-" + user);
    try {
      Files.createDirectories(cache);
      Path own = Files.createTempFile("tidemark-owner-", ".probe");
      boolean mine = Files.getOwner(cache).equals(Files.getOwner(own));
      Files.delete(own);
      if (!mine) {
        throw new IllegalStateException(cache + " belongs to someone else: delete it");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return cache.resolve("postgres");
  }

  static Path ofThisProcess() {
    return TEMPORARY.resolve(DATA + ProcessHandle.current().pid());
  }

  /// A server with the programs of the installation that `TIDEMARK_TEST_POSTGRES` names, else with
  /// the embedded ones.
  static EmbeddedPostgres open(Path directory) {
    String installation = System.getenv("TIDEMARK_TEST_POSTGRES");
    return installation == null || installation.isBlank()
        ? EmbeddedPostgres.open(directory, binaries(), PostgresSettings.disposable())
        : InstalledPostgres.open(directory, Path.of(installation), PostgresSettings.disposable());
  }

  /// Stops and deletes the servers of test runs that were killed.
  static void deleteAbandoned() {
    try (Stream<Path> entries = Files.list(TEMPORARY)) {
      entries.filter(TestDirectories::isAbandoned).forEach(TestDirectories::stopAndDelete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void delete(Path directory) {
    try (Stream<Path> walk = Files.walk(directory)) {
      List<Path> childrenFirst = walk.sorted(Comparator.reverseOrder()).toList();
      for (Path path : childrenFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isAbandoned(Path entry) {
    String name = entry.getFileName().toString();
    return name.matches(DATA + "\\d+")
        && Files.isWritable(entry)
        && !isRunning(Long.parseLong(name.substring(DATA.length())));
  }

  /// A dead process that no one has collected still has an ID, but no program.
  private static boolean isRunning(long processId) {
    return ProcessHandle.of(processId).flatMap(process -> process.info().command()).isPresent();
  }

  /// Only the version of PostgreSQL that made it can stop it.
  private static void stopAndDelete(Path directory) {
    try {
      open(directory).close();
    } catch (EmbeddedPostgresException e) {
      System.err.println(directory + " is left to tests on another PostgreSQL: " + e.getMessage());
      return;
    }
    delete(directory);
  }
}

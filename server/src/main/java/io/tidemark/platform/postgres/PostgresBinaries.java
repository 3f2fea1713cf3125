package io.tidemark.platform.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The programs of PostgreSQL, unpacked once for each build of them.
///
/// They are unpacked beside their place and renamed into it: what is in place is whole. Unpacking
/// happens under a lock of the directory, so whatever lies beside is the rest of a crash and is
/// deleted.
record PostgresBinaries(Path home) {

  private static final Logger LOG = LoggerFactory.getLogger(PostgresBinaries.class);
  private static final Duration UNPACK_PATIENCE = Duration.ofMinutes(5);

  /// "postgres (PostgreSQL) 18.6", "… 19beta1", "… 15.18 (Debian 15.18-0+deb12u1)"
  private static final Pattern VERSION =
      Pattern.compile("postgres \\(PostgreSQL\\) (\\d+)(\\.\\d+|[a-z]+\\d+)\\b");

  private static final Duration VERSION_TIMEOUT = Duration.ofSeconds(30);
  private static final Map<String, String> ARCHIVES =
      Map.of(
          "linux amd64", "postgres-linux-x86_64.txz",
          "linux aarch64", "postgres-linux-arm_64.txz",
          "mac aarch64", "postgres-darwin-arm_64.txz");

  /// Finds the unpacked programs in a directory, or unpacks them there.
  static PostgresBinaries unpack(Path directory) {
    String archive = archiveOf(System.getProperty("os.name"), System.getProperty("os.arch"));
    try {
      URL source = PostgresBinaries.class.getResource("/" + archive);
      if (source == null) {
        throw new EmbeddedPostgresException(
            archive + " is missing from the class path. " + ownDatabase());
      }
      URLConnection connection = source.openConnection();
      Path home = directory.resolve(archive.replace(".txz", "-" + fingerprint(connection)));
      if (!Files.isDirectory(home)) {
        DirectoryTree.createReadable(directory);
        unpack(connection, directory, home);
      }
      return new PostgresBinaries(home.toRealPath());
    } catch (IOException e) {
      throw new EmbeddedPostgresException(
          "Cannot unpack PostgreSQL into " + directory + ": " + e, e);
    }
  }

  static String archiveOf(String system, String architecture) {
    String family = system.toLowerCase(Locale.ROOT).startsWith("mac") ? "mac" : system;
    String cpu = architecture.equals("x86_64") ? "amd64" : architecture;
    String archive = ARCHIVES.get(family.toLowerCase(Locale.ROOT) + " " + cpu);
    if (archive == null) {
      throw new EmbeddedPostgresException(
          "There is no embedded PostgreSQL for "
              + system
              + " on "
              + architecture
              + ". "
              + ownDatabase());
    }
    return archive;
  }

  String program(String name) {
    return home.resolve("bin").resolve(name).toString();
  }

  /// The major version, as in a cluster's `PG_VERSION`.
  String majorVersion() {
    try {
      ProgramRun run = ProgramRun.run(List.of(program("postgres"), "--version"), VERSION_TIMEOUT);
      Matcher version = VERSION.matcher(run.output());
      if (run.succeeded() && version.lookingAt()) {
        return version.group(1);
      }
      throw new EmbeddedPostgresException(
          "The embedded PostgreSQL does not run here: " + run.output() + "\n" + ownDatabase());
    } catch (IOException e) {
      throw new EmbeddedPostgresException(
          "The embedded PostgreSQL does not run here (it needs glibc, and a file system that allows"
              + " programs): "
              + e
              + "\n"
              + ownDatabase(),
          e);
    }
  }

  private static void unpack(URLConnection source, Path directory, Path home) throws IOException {
    try (ExclusiveFileLock _ =
        ExclusiveFileLock.acquire(directory.resolve("unpack.lock"), UNPACK_PATIENCE)) {
      if (Files.isDirectory(home)) {
        return;
      }
      LOG.info("Unpacking PostgreSQL into {}", home);
      Path unfinished = directory.resolve("unfinished");
      DirectoryTree.delete(unfinished);
      DirectoryTree.createReadable(unfinished);
      try (InputStream archive = source.getInputStream()) {
        TarXzArchive.unpack(archive, unfinished);
      }
      Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
      DirectoryTree.force(directory);
    }
  }

  /// Tells one build of the archive from another without reading it.
  private static String fingerprint(URLConnection source) throws IOException {
    long value =
        source instanceof JarURLConnection jar && jar.getJarEntry() != null
            ? jar.getJarEntry().getCrc()
            : source.getContentLengthLong();
    return Long.toHexString(value);
  }

  private static String ownDatabase() {
    return "Set TIDEMARK_DATABASE_URL to a PostgreSQL (15 to 18) of your own.";
  }
}

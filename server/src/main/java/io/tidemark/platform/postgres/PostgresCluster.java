package io.tidemark.platform.postgres;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The data of the server on disk, and the password of its superuser beside it.
///
/// The cluster is made under another name and renamed when whole, so `cluster` is always a complete
/// one; the password is on disk before. A crash before the rename leaves an unfinished cluster,
/// which the next start deletes, and a password, which it replaces. To be used under the start
/// lock.
record PostgresCluster(PostgresDirectory directory, UnprivilegedCommand command) {

  static final String SUPERUSER = "tidemark";

  private static final Logger LOG = LoggerFactory.getLogger(PostgresCluster.class);
  private static final Duration INITDB_TIMEOUT = Duration.ofMinutes(10);
  private static final int PASSWORD_BYTES = 32;
  private static final int FIRST_WITH_OWN_LOCALES = 17;

  /// Makes the cluster when there is none, and checks that the programs can serve it.
  void prepare(PostgresBinaries binaries, PostgresSettings settings) {
    try {
      deleteUnfinished();
      if (!Files.exists(directory.cluster())) {
        create(binaries, settings);
      }
      requireVersion(binaries.majorVersion());
      Files.createDirectories(directory.log());
      // A server that runs keeps its files, whoever started it.
      if (PostmasterFile.findAlive(directory.cluster()).isEmpty()) {
        command.claim(directory.cluster());
        command.claim(directory.log());
      }
    } catch (IOException e) {
      throw new EmbeddedPostgresException(
          "Cannot prepare the PostgreSQL cluster in " + directory.root() + ": " + e, e);
    }
  }

  String readPassword() {
    try {
      return Files.readString(directory.password()).strip();
    } catch (IOException e) {
      throw new EmbeddedPostgresException(
          "Cannot read the password of the PostgreSQL cluster from "
              + directory.password()
              + ". Put the file back; without it the cluster "
              + directory.cluster()
              + " cannot be entered. ("
              + e
              + ")",
          e);
    }
  }

  private void create(PostgresBinaries binaries, PostgresSettings settings) throws IOException {
    LOG.info("Creating the PostgreSQL cluster {}", directory.cluster());
    byte[] random = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(random);
    String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    writePrivately(directory.password(), password);
    writePrivately(directory.initialPassword(), password);
    Path unfinished = directory.newUnfinishedCluster();
    try {
      Files.createDirectory(
          unfinished,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      command.claim(unfinished);
      command.claim(directory.initialPassword());
      ProgramRun initdb = command.run(initdb(binaries, unfinished, settings), INITDB_TIMEOUT);
      if (!initdb.succeeded()) {
        throw new EmbeddedPostgresException(
            "Cannot create the PostgreSQL cluster in "
                + directory.root()
                + ":\n"
                + initdb.lastLines());
      }
      append(unfinished.resolve("postgresql.conf"), ServerConfiguration.INCLUDE);
      Files.move(unfinished, directory.cluster(), StandardCopyOption.ATOMIC_MOVE);
      DirectoryTree.force(directory.root());
    } finally {
      Files.deleteIfExists(directory.initialPassword());
      DirectoryTree.delete(unfinished);
    }
  }

  private void deleteUnfinished() throws IOException {
    for (Path unfinished : directory.listUnfinishedClusters()) {
      try {
        DirectoryTree.delete(unfinished);
      } catch (IOException e) {
        // The initdb of a killed process may still write there; the next start will find it ended.
        LOG.warn("Cannot delete the unfinished cluster {} yet: {}", unfinished, e.toString());
      }
    }
  }

  private List<String> initdb(
      PostgresBinaries binaries, Path unfinished, PostgresSettings settings) {
    List<String> initdb =
        new ArrayList<>(
            List.of(
                binaries.program("initdb"),
                "--pgdata=" + unfinished,
                "--username=" + SUPERUSER,
                "--pwfile=" + directory.initialPassword(),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--data-checksums"));
    initdb.addAll(locale(Integer.parseInt(binaries.majorVersion())));
    if (!settings.isDurable()) {
      initdb.add("--no-sync");
    }
    return initdb;
  }

  /// Text in the order of its code points, and letters of all alphabets known: by PostgreSQL itself
  /// where it can.
  private static List<String> locale(int majorVersion) {
    return majorVersion < FIRST_WITH_OWN_LOCALES
        ? List.of("--locale=C.UTF-8")
        : List.of("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8");
  }

  private void requireVersion(String embedded) throws IOException {
    Path file = directory.cluster().resolve("PG_VERSION");
    if (!Files.isRegularFile(file)) {
      throw new EmbeddedPostgresException(
          directory.cluster() + " is not a PostgreSQL cluster. Move it away and start again.");
    }
    String found = Files.readString(file).strip();
    if (!found.equals(embedded)) {
      throw new EmbeddedPostgresException(
          """
          %s is a cluster of PostgreSQL %s, but this Tidemark embeds PostgreSQL %s. Bring it over with \
          pg_upgrade, or move it away to begin anew, or serve it with a PostgreSQL %s of your own and \
          set TIDEMARK_DATABASE_URL.\
          """
              .formatted(directory.cluster(), found, embedded, found));
    }
  }

  private static void writePrivately(Path file, String content) throws IOException {
    Files.deleteIfExists(file);
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      Channels.newOutputStream(channel).write(content.getBytes(StandardCharsets.UTF_8));
      channel.force(true);
    }
  }

  private static void append(Path file, String content) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.APPEND)) {
      Channels.newOutputStream(channel).write(content.getBytes(StandardCharsets.UTF_8));
      channel.force(true);
    }
  }
}

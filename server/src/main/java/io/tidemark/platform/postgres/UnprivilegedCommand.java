package io.tidemark.platform.postgres;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How to run PostgreSQL's programs, which refuse to run as root and as a user without a name.
///
/// Such a user takes an unprivileged user namespace where the machine allows it: inside it the
/// programs see themselves as `nobody`, while their files stay the user's own. Otherwise root
/// becomes the user `postgres` or `nobody`, who then owns the cluster.
///
/// @param prefix the words before the program's own
/// @param owner the user who must own the cluster when it is another than this process's own
record UnprivilegedCommand(List<String> prefix, @Nullable String owner) {

  private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(20);
  private static final List<String> STAND_INS = List.of("postgres", "nobody");

  UnprivilegedCommand {
    prefix = List.copyOf(prefix);
  }

  /// Finds the way that works on this machine for a cluster, made already or not.
  static UnprivilegedCommand choose(Path cluster) {
    Optional<String> name = ask(List.of("id", "-un"));
    boolean root = ask(List.of("id", "-u")).equals(Optional.of("0"));
    if (name.isPresent() && !root) {
      return new UnprivilegedCommand(List.of(), null);
    }
    if (root) {
      Optional<UnprivilegedCommand> maker = becomeAny(findOrdinaryOwner(cluster));
      if (maker.isPresent()) {
        return maker.get();
      }
    }
    List<String> namespace = List.of("unshare", "-U", "--");
    if (actsAsOrdinaryUser(namespace)) {
      return new UnprivilegedCommand(namespace, null);
    }
    if (!root) {
      throw new EmbeddedPostgresException(
          "PostgreSQL does not run as a user ID without a name, and user namespaces are not allowed"
              + " here. Run Tidemark as a user listed in /etc/passwd, or set TIDEMARK_DATABASE_URL"
              + " to a PostgreSQL of your own.");
    }
    return becomeAny(STAND_INS)
        .orElseThrow(() ->
            new EmbeddedPostgresException(
                "PostgreSQL does not run as root, and neither `unshare -U` nor `setpriv` or"
                    + " `runuser` (to the users postgres or nobody) works here. Run Tidemark as"
                    + " an ordinary user, or set TIDEMARK_DATABASE_URL to a PostgreSQL of your"
                    + " own."));
  }

  boolean changesUser() {
    return owner != null;
  }

  ProgramRun run(List<String> program, Duration timeout) {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(program);
    try {
      return ProgramRun.run(command, timeout);
    } catch (IOException e) {
      throw new EmbeddedPostgresException("Cannot run " + program.getFirst() + ": " + e, e);
    }
  }

  /// Checks that the server's user can pass into a directory that this process can use.
  void requireReachable(Path directory) {
    if (!changesUser()) {
      return;
    }
    if (!run(List.of("sh", "-c", "cd -- \"$1\"", "sh", directory.toString()), PROBE_TIMEOUT)
        .succeeded()) {
      throw new EmbeddedPostgresException(
          "PostgreSQL has to run as the user "
              + owner
              + ", who cannot enter "
              + directory
              + ". Choose a data directory that every user can pass into (TIDEMARK_DATA_DIR, for"
              + " example /var/lib/tidemark), or run Tidemark as an ordinary user.");
    }
  }

  /// Makes the server's user the owner of a file, or of a directory and all in it.
  void claim(Path path) throws IOException {
    UserPrincipal wanted =
        owner == null
            ? currentUser(path)
            : path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(owner);
    UserPrincipal found = Files.getOwner(path, LinkOption.NOFOLLOW_LINKS);
    if (found.equals(wanted)) {
      return;
    }
    try {
      DirectoryTree.give(path, wanted);
    } catch (FileSystemException e) {
      throw new EmbeddedPostgresException(
          "%s belongs to the user %s and cannot be given to %s. Run Tidemark as %s, or `chown -R %s` it."
              .formatted(
                  path, found.getName(), wanted.getName(), found.getName(), wanted.getName()),
          e);
    }
  }

  private static UserPrincipal currentUser(Path beside) throws IOException {
    Path probe = Files.createTempFile(beside.toAbsolutePath().getParent(), ".owner-", ".probe");
    try {
      return Files.getOwner(probe);
    } finally {
      Files.deleteIfExists(probe);
    }
  }

  private static Optional<UnprivilegedCommand> becomeAny(List<String> users) {
    for (String user : users) {
      for (List<String> prefix : waysToBecome(user)) {
        if (actsAsOrdinaryUser(prefix)) {
          return Optional.of(new UnprivilegedCommand(prefix, user));
        }
      }
    }
    return Optional.empty();
  }

  private static List<String> findOrdinaryOwner(Path cluster) {
    try {
      return Stream.of(Files.getOwner(cluster).getName())
          .filter(name -> !name.equals("root"))
          .toList();
    } catch (IOException _) {
      return List.of();
    }
  }

  private static List<List<String>> waysToBecome(String user) {
    Optional<String> userId = ask(List.of("id", "-u", user));
    Optional<String> groupId = ask(List.of("id", "-g", user));
    if (userId.isEmpty() || groupId.isEmpty()) {
      return List.of();
    }
    return List.of(
        List.of(
            "setpriv",
            "--reuid=" + userId.get(),
            "--regid=" + groupId.get(),
            "--clear-groups",
            "--"),
        List.of("runuser", "-u", user, "--"));
  }

  /// Asks for the name, which PostgreSQL needs as much as a user ID other than 0.
  private static boolean actsAsOrdinaryUser(List<String> prefix) {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(List.of("id", "-un"));
    return ask(command).filter(name -> !name.equals("root")).isPresent();
  }

  private static Optional<String> ask(List<String> command) {
    try {
      ProgramRun run = ProgramRun.run(command, PROBE_TIMEOUT);
      return run.succeeded() ? Optional.of(run.output()) : Optional.empty();
    } catch (IOException _) {
      return Optional.empty();
    }
  }
}

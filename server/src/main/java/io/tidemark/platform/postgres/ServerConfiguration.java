package io.tidemark.platform.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// The file `tidemark.conf` of a cluster, which `postgresql.conf` includes at its end: what
/// Tidemark needs, what suits this machine, and the settings given. Written at each start.
record ServerConfiguration(PostgresDirectory directory, Map<String, String> values) {

  static final String INCLUDE = "\ninclude_if_exists 'tidemark.conf'\n";

  private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(20);
  private static final Pattern PORT = Pattern.compile("(?m)^port = '(\\d+)'$");
  private static final Pattern NAMESPACE = Pattern.compile("(?m)^# Process IDs of (.*)$");

  /// Below this size of `/dev/shm` a parallel query can run out of it; containers give 64 MB.
  private static final long ROOMY_SHARED_MEMORY_BYTES = 1L << 30;

  static ServerConfiguration of(
      PostgresDirectory directory,
      PostgresSettings settings,
      PostgresBinaries binaries,
      UnprivilegedCommand command) {
    Map<String, String> values = new TreeMap<>();
    values.put("timezone", "UTC");
    values.put("log_timezone", "UTC");
    values.put("lc_messages", "C");
    values.put("password_encryption", "scram-sha-256");
    values.put("dynamic_shared_memory_type", dynamicSharedMemoryType());
    values.put("wal_compression", knowsLz4(directory, binaries, command) ? "lz4" : "on");
    // One file a weekday, overwritten a week later. Terse leaves out the values of rows.
    values.put("log_filename", "postgresql-%a.log");
    values.put("log_rotation_age", "1d");
    values.put("log_rotation_size", "0");
    values.put("log_truncate_on_rotation", "on");
    values.put("log_error_verbosity", "terse");
    values.putAll(settings.server());
    values.put("listen_addresses", "127.0.0.1");
    values.put("unix_socket_directories", "");
    values.put("logging_collector", "on");
    values.put("log_destination", "stderr");
    values.put("log_directory", directory.log().toString());
    return new ServerConfiguration(directory, values);
  }

  /// Replaces the file, which may belong to another user, by one that the server's user can read.
  void write(int port) throws IOException {
    Path replacement = directory.cluster().resolve("tidemark.conf.new");
    Files.deleteIfExists(replacement);
    Files.writeString(replacement, text(port));
    Files.setPosixFilePermissions(replacement, PosixFilePermissions.fromString("rw-r--r--"));
    Files.move(replacement, file(directory), StandardCopyOption.ATOMIC_MOVE);
  }

  /// Whether the server was started with this configuration on this machine.
  boolean isWritten(int port) throws IOException {
    return read(directory).equals(text(port));
  }

  /// The port of the last start.
  static OptionalInt findPort(PostgresDirectory directory) throws IOException {
    return PORT.matcher(read(directory))
        .results()
        .mapToInt(match -> Integer.parseInt(match.group(1)))
        .findFirst();
  }

  /// Whether the last start happened where process IDs mean the same as here: not in another
  /// container, whose living server would look dead from here.
  static boolean isFromThisNamespace(PostgresDirectory directory) throws IOException {
    List<String> written =
        NAMESPACE.matcher(read(directory)).results().map(ServerConfiguration::firstGroup).toList();
    return written.isEmpty() || written.contains(processNamespace());
  }

  private String text(int port) {
    StringBuilder text =
        new StringBuilder("# Written by Tidemark at each start: changes made here are lost.\n")
            .append("# Process IDs of ")
            .append(processNamespace())
            .append('\n')
            .append(line("port", Integer.toString(port)));
    values.forEach((name, value) -> text.append(line(name, value)));
    return text.toString();
  }

  private static String line(String name, String value) {
    return name + " = '" + value.replace("\\", "\\\\").replace("'", "''") + "'\n";
  }

  private static Path file(PostgresDirectory directory) {
    return directory.cluster().resolve("tidemark.conf");
  }

  private static String read(PostgresDirectory directory) throws IOException {
    return Files.exists(file(directory)) ? Files.readString(file(directory)) : "";
  }

  private static String firstGroup(MatchResult match) {
    return match.group(1);
  }

  private static String processNamespace() {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
    } catch (IOException | UnsupportedOperationException _) {
      return "this machine";
    }
  }

  private static String dynamicSharedMemoryType() {
    Path shared = Path.of("/dev/shm");
    if (!System.getProperty("os.name").startsWith("Linux")) {
      return "posix";
    }
    try {
      boolean roomy =
          Files.isWritable(shared)
              && Files.getFileStore(shared).getTotalSpace() >= ROOMY_SHARED_MEMORY_BYTES;
      return roomy ? "posix" : "sysv";
    } catch (IOException _) {
      return "sysv";
    }
  }

  private static boolean knowsLz4(
      PostgresDirectory directory, PostgresBinaries binaries, UnprivilegedCommand command) {
    List<String> ask =
        List.of(
            binaries.program("postgres"),
            "-D",
            directory.cluster().toString(),
            "-c",
            "wal_compression=lz4",
            "-C",
            "wal_compression");
    return command.run(ask, PROBE_TIMEOUT).succeeded();
  }
}

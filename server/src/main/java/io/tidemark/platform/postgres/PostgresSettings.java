package io.tidemark.platform.postgres;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Settings of the embedded server, by the names of `postgresql.conf`. They are written at each
/// start and have the last word over `postgresql.conf`; `ALTER SYSTEM` has the last word over them.
///
/// @param server name and value of each setting; names that keep the server local, found and logged
///   are refused with an `IllegalArgumentException`
public record PostgresSettings(Map<String, String> server) {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)?");
  private static final Set<String> RESERVED =
      Set.of(
          "port",
          "listen_addresses",
          "unix_socket_directories",
          "data_directory",
          "hba_file",
          "external_pid_file",
          "logging_collector",
          "log_directory",
          "log_destination");

  public PostgresSettings {
    server = Collections.unmodifiableMap(new TreeMap<>(server));
    server.forEach(PostgresSettings::check);
  }

  /// What a server that holds real data needs: nothing acknowledged is lost when the power fails.
  public static PostgresSettings durable() {
    return new PostgresSettings(
        Map.of(
            "fsync", "on",
            "synchronous_commit", "on",
            "full_page_writes", "on",
            "shared_buffers", "256MB",
            "max_wal_size", "2GB",
            "max_connections", "100"));
  }

  /// For tests alone: fast, and lost when the machine stops.
  public static PostgresSettings disposable() {
    return new PostgresSettings(
        Map.of(
            "fsync", "off",
            "full_page_writes", "off",
            "shared_buffers", "128MB",
            "max_wal_size", "2GB",
            "checkpoint_timeout", "30min",
            "max_connections", "200"));
  }

  /// These settings with one more, or with another value.
  public PostgresSettings with(String name, String value) {
    Map<String, String> changed = new TreeMap<>(server);
    changed.put(name, value);
    return new PostgresSettings(changed);
  }

  boolean isDurable() {
    return !"off".equals(server.get("fsync"));
  }

  private static void check(String name, String value) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("Not the name of a PostgreSQL setting: " + name);
    }
    if (RESERVED.contains(name)) {
      throw new IllegalArgumentException("Tidemark sets this PostgreSQL setting itself: " + name);
    }
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("Control character in PostgreSQL setting " + name);
    }
  }
}

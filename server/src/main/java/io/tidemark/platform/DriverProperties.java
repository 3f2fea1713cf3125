package io.tidemark.platform;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.SequencedMap;
import java.util.StringJoiner;

/// How the driver makes connections to the schema, and what each of them says to PostgreSQL of
/// itself: whatever a role, a database or a server is set to, it is the same for Tidemark.
record DriverProperties(String schema) {

  /// A server that takes a connection and says nothing must not keep a pool from trying again.
  static final Duration LOGIN = Duration.ofSeconds(3);

  /// What every statement may rely on, by the names of PostgreSQL.
  ///
  /// - Each statement sees what was committed before it began: that nothing is stored twice rests
  ///   on it.
  /// - Numbers, times and bytes that PostgreSQL writes as text are whole, and in a form the driver
  ///   reads.
  /// - Nothing but Tidemark ends its statements, connections and waits for locks.
  /// - Compiling a statement takes 100 ms, which is more than nearly all of ours take, and
  ///   PostgreSQL chooses it by an estimate that wide rows mislead.
  private static final Map<String, String> ALWAYS =
      inOrder(
          "default_transaction_isolation", "read committed",
          "default_transaction_deferrable", "off",
          "extra_float_digits", "1",
          "IntervalStyle", "postgres",
          "bytea_output", "hex",
          "standard_conforming_strings", "on",
          "array_nulls", "on",
          "transform_null_equals", "off",
          "row_security", "on",
          "lock_timeout", "0",
          "idle_session_timeout", "0",
          "jit", "off");

  /// PostgreSQL gives up a client that is gone without a word after some ten seconds.
  private static final Map<String, String> KEEPALIVES =
      inOrder(
          "tcp_keepalives_idle", "5",
          "tcp_keepalives_interval", "2",
          "tcp_keepalives_count", "3");

  /// What a connection without limits says, and a pooler between it and PostgreSQL may drop.
  SequencedMap<String, String> said() {
    SequencedMap<String, String> said = new LinkedHashMap<>();
    said.put("search_path", schema);
    said.putAll(ALWAYS);
    said.put("statement_timeout", "0");
    said.put("idle_in_transaction_session_timeout", "0");
    return said;
  }

  /// @param purpose in `pg_stat_activity`, after "tidemark"
  /// @param silence after which a connection that waits for the server is given up; whole seconds,
  ///   zero for never
  /// @param statementTimeout after which PostgreSQL cancels a statement; zero for never
  /// @param idleTransaction after which PostgreSQL gives up a transaction in which nothing comes;
  ///   zero for never
  Properties of(
      String purpose, Duration silence, Duration statementTimeout, Duration idleTransaction) {
    Properties properties = new Properties();
    properties.setProperty("ApplicationName", "tidemark " + purpose);
    properties.setProperty("currentSchema", schema);
    properties.setProperty("reWriteBatchedInserts", "true");
    properties.setProperty("connectTimeout", Long.toString(LOGIN.toSeconds()));
    properties.setProperty("loginTimeout", Long.toString(LOGIN.toSeconds()));
    properties.setProperty("tcpKeepAlive", "true");
    // What the server quotes of a row that it refuses may be personal.
    properties.setProperty("logServerErrorDetail", "false");
    properties.setProperty("socketTimeout", Long.toString(silence.toSeconds()));
    Map<String, String> said = said();
    said.remove("search_path");
    said.put("statement_timeout", Long.toString(statementTimeout.toMillis()));
    said.put("idle_in_transaction_session_timeout", Long.toString(idleTransaction.toMillis()));
    said.putAll(KEEPALIVES);
    properties.setProperty("options", options(said));
    return properties;
  }

  private static String options(Map<String, String> said) {
    StringJoiner options = new StringJoiner(" ");
    said.forEach((name, value) -> options.add("-c " + name + "=" + value.replace(" ", "\\ ")));
    return options.toString();
  }

  private static Map<String, String> inOrder(String... namesAndValues) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (int each = 0; each < namesAndValues.length; each += 2) {
      settings.put(namesAndValues[each], namesAndValues[each + 1]);
    }
    return settings;
  }
}

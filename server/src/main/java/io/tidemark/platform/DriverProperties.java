package io.tidemark.platform;

import java.time.Duration;
import java.util.Properties;

/// How the driver makes connections to the schema.
record DriverProperties(String schema) {

  /// A server that takes a connection and says nothing must not keep a pool from trying again.
  static final Duration LOGIN = Duration.ofSeconds(3);

  /// PostgreSQL gives up a client that is gone without a word after some ten seconds.
  private static final String KEEPALIVES =
      "-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3";

  /// Each statement sees what was committed before it began: that nothing is stored twice rests on
  /// it, so no setting of a role or database may change it.
  private static final String ISOLATION = "-c default_transaction_isolation=read\\ committed";

  /// Compiling a statement takes 100 ms, which is more than nearly all of ours take, and PostgreSQL
  /// chooses it by an estimate that wide rows mislead.
  private static final String NO_COMPILER = "-c jit=off";

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
    properties.setProperty(
        "options",
        "-c TimeZone=UTC -c statement_timeout=%d -c idle_in_transaction_session_timeout=%d %s %s %s"
            .formatted(
                statementTimeout.toMillis(),
                idleTransaction.toMillis(),
                ISOLATION,
                NO_COMPILER,
                KEEPALIVES));
    return properties;
  }
}

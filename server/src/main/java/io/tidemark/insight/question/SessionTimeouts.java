package io.tidemark.insight.question;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.simple.JdbcClient;

/// How long a statement may take, told to a connection only when it was told otherwise before. A
/// connection that is gone is forgotten. Thread-safe.
final class SessionTimeouts {

  private static final String LIMIT = "SET /* insight.limit */ statement_timeout = %d";

  private final Map<PGConnection, Duration> told = Collections.synchronizedMap(new WeakHashMap<>());

  private final JdbcClient jdbc;

  /// @param jdbc uses the connection that is bound to the thread
  SessionTimeouts(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// @param driver the connection that is bound to the thread, without a transaction that could be
  ///   rolled back
  void limit(PGConnection driver, Duration timeout) {
    if (timeout.equals(told.get(driver))) {
      return;
    }
    jdbc.sql(LIMIT.formatted(timeout.toMillis())).update();
    told.put(driver, timeout);
  }
}

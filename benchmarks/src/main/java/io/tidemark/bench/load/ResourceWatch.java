package io.tidemark.bench.load;

import io.tidemark.bench.machine.ProcessFamily;
import io.tidemark.bench.machine.TcpTable;
import io.tidemark.bench.server.BenchDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Looks at server and database now and then, while the load lasts. Its lock guards what was seen.
final class ResourceWatch implements AutoCloseable {

  private static final Duration PAUSE = Duration.ofSeconds(2);

  /// Connections of clients, this one left out.
  private static final String CONNECTIONS =
      """
      SELECT count(*), count(*) FILTER (WHERE state <> 'idle')
        FROM pg_stat_activity
       WHERE backend_type = 'client backend' AND application_name <> ?
      """;

  private final BenchDatabase database;
  private final ProcessFamily server;
  private final Optional<ProcessFamily> postgres;
  private final int serverPort;
  private final Tally tally;
  private final Thread thread;
  private int mostHttpConnections;
  private int mostDatabaseConnections;
  private int mostBusyConnections;
  private long mostServerBytes;
  private long mostPostgresBytes;
  private long mostBytesTogether;
  private @Nullable String trouble;

  private ResourceWatch(
      BenchDatabase database,
      ProcessFamily server,
      Optional<ProcessFamily> postgres,
      int serverPort,
      Tally tally) {
    this.database = database;
    this.server = server;
    this.postgres = postgres;
    this.serverPort = serverPort;
    this.tally = tally;
    this.thread = Thread.ofPlatform().daemon().name("resource-watch").unstarted(this::run);
  }

  static ResourceWatch start(
      BenchDatabase database, ProcessFamily server, int serverPort, Tally tally)
      throws SQLException {
    ResourceWatch watch =
        new ResourceWatch(database, server, database.findProcesses(), serverPort, tally);
    watch.thread.start();
    return watch;
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  /// The most of each that was seen while measuring.
  synchronized String describe() {
    if (trouble != null) {
      return "database connections and memory: could not be seen: " + trouble + "\n";
    }
    return """
    HTTP connections kept open   %,d
    database connections         %,d, of which busy %,d
    memory (PSS)                 %s: server %s, PostgreSQL %s
    """
        .formatted(
            mostHttpConnections,
            mostDatabaseConnections,
            mostBusyConnections,
            megabytes(mostBytesTogether),
            megabytes(mostServerBytes),
            megabytes(mostPostgresBytes));
  }

  private void run() {
    try (Connection connection = database.connect();
        PreparedStatement statement = connection.prepareStatement(CONNECTIONS)) {
      statement.setString(1, BenchDatabase.APPLICATION);
      while (true) {
        if (tally.isMeasuring()) {
          look(statement);
        }
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (SQLException e) {
      noteTrouble(e);
    }
  }

  private synchronized void noteTrouble(SQLException cause) {
    trouble = cause.getMessage();
  }

  private void look(PreparedStatement statement) throws SQLException {
    OptionalLong ofServer = server.memoryBytes();
    OptionalLong ofPostgres = postgres.map(ProcessFamily::memoryBytes).orElse(OptionalLong.empty());
    int http = TcpTable.countEstablished(serverPort);
    try (ResultSet row = statement.executeQuery()) {
      row.next();
      note(row.getInt(1), row.getInt(2), http, ofServer.orElse(0), ofPostgres.orElse(0));
    }
  }

  private synchronized void note(
      int connections, int busy, int http, long serverBytes, long postgresBytes) {
    mostDatabaseConnections = Math.max(mostDatabaseConnections, connections);
    mostBusyConnections = Math.max(mostBusyConnections, busy);
    mostHttpConnections = Math.max(mostHttpConnections, http);
    mostServerBytes = Math.max(mostServerBytes, serverBytes);
    mostPostgresBytes = Math.max(mostPostgresBytes, postgresBytes);
    mostBytesTogether = Math.max(mostBytesTogether, serverBytes + postgresBytes);
  }

  private static String megabytes(long bytes) {
    return bytes == 0 ? "unknown" : "%,d MB".formatted(bytes >> 20);
  }
}

package io.tidemark.platform.postgres;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A PostgreSQL of our own in a directory that survives restarts, shared by all processes of the
/// machine that open the directory: the first one starts it, the last one stops it.
///
/// Invariant: while any process has it open, that process holds a shared lock on `use.lock`.
/// Starting and stopping happen under the exclusive `start.lock`, which is always taken before
/// `use.lock`. The system takes both from a process that dies, so a crash leaves at most a running
/// server, which the next opener adopts, or the rests that {@link PostgresBinaries}, {@link
/// PostgresCluster} and {@link PostgresServer} know how to clear.
///
/// It has no shutdown hook: whoever opens it closes it, after what uses it. Safe for use by several
/// threads.
public final class EmbeddedPostgres implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
  private static final Duration LOCK_PATIENCE = Duration.ofMinutes(10);
  private static final String DATABASE = "tidemark";

  private final PostgresDirectory directory;
  private final PostgresServer server;
  private final SharedUse use;
  private final PostgresSettings settings;
  private volatile PostgresConnection connection;
  private boolean closed;

  private EmbeddedPostgres(
      PostgresDirectory directory,
      PostgresServer server,
      SharedUse use,
      PostgresSettings settings,
      PostgresConnection connection) {
    this.directory = directory;
    this.server = server;
    this.use = use;
    this.settings = settings;
    this.connection = connection;
  }

  /// Opens the server of a directory, with its programs unpacked there.
  ///
  /// Returns when the server takes connections: at once beside another process, after some seconds
  /// the first time. The settings apply when this process is the first to open the directory.
  ///
  /// @throws EmbeddedPostgresException when there is no running server in the end
  public static EmbeddedPostgres open(Path directory, PostgresSettings settings) {
    return open(directory, directory.resolve("binaries"), settings);
  }

  /// The same, with the programs unpacked into a directory that several servers may share.
  public static EmbeddedPostgres open(
      Path directory, Path binariesDirectory, PostgresSettings settings) {
    return open(
        directory, () -> PostgresBinaries.unpack(binariesDirectory.toAbsolutePath()), settings);
  }

  /// The same, with programs that are found under the start lock.
  static EmbeddedPostgres open(
      Path directory, Supplier<PostgresBinaries> programs, PostgresSettings settings) {
    UnprivilegedCommand command = UnprivilegedCommand.choose(directory.resolve("cluster"));
    PostgresDirectory home = PostgresDirectory.prepare(directory, command);
    command.requireReachable(home.root());
    try (ExclusiveFileLock _ = ExclusiveFileLock.acquire(home.startLock(), LOCK_PATIENCE)) {
      PostgresBinaries binaries = programs.get();
      command.requireReachable(binaries.home());
      PostgresCluster cluster = new PostgresCluster(home, command);
      PostgresServer server = new PostgresServer(home, binaries, command);
      SharedUse.Joined joined = SharedUse.join(home.useLock());
      boolean opened = false;
      try {
        cluster.prepare(binaries, settings);
        String password = cluster.readPassword();
        int port = server.ensureRunning(settings, joined.alone());
        createDatabase(port, password);
        opened = true;
        return new EmbeddedPostgres(
            home,
            server,
            joined.use(),
            settings,
            new PostgresConnection(jdbcUrl(port, DATABASE), PostgresCluster.SUPERUSER, password));
      } finally {
        if (!opened && joined.use().leave()) {
          server.stop();
        }
      }
    }
  }

  /// How to reach the database `tidemark`, as its superuser. Changes when the server was started
  /// again and its port had been taken meanwhile.
  public PostgresConnection connection() {
    return connection;
  }

  /// Starts the server again if it has died. Returns when it takes connections, after some seconds
  /// if it has to recover; does nothing when it lives or this has been closed.
  ///
  /// @throws EmbeddedPostgresException when it does not start
  public synchronized void revive() {
    if (closed || server.isAlive()) {
      return;
    }
    try (ExclusiveFileLock _ = ExclusiveFileLock.acquire(directory.startLock(), LOCK_PATIENCE)) {
      int port = server.ensureRunning(settings, false);
      connection =
          new PostgresConnection(
              jdbcUrl(port, DATABASE), connection.username(), connection.password());
    }
  }

  /// Stops the server if no other process uses it, and does nothing when closed before.
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try (ExclusiveFileLock _ = ExclusiveFileLock.acquire(directory.startLock(), LOCK_PATIENCE)) {
      if (use.leave()) {
        LOG.info("Stopping PostgreSQL");
        server.stop();
      }
    }
  }

  private static void createDatabase(int port, String password) {
    try (Connection session =
            DriverManager.getConnection(
                jdbcUrl(port, "postgres"), PostgresCluster.SUPERUSER, password);
        Statement statement = session.createStatement()) {
      boolean missing;
      try (var rows =
          statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'")) {
        missing = !rows.next();
      }
      if (missing) {
        statement.execute("CREATE DATABASE " + DATABASE);
      }
    } catch (SQLException e) {
      throw new EmbeddedPostgresException(
          "PostgreSQL runs on port " + port + " but does not let us in: " + e.getMessage(), e);
    }
  }

  private static String jdbcUrl(int port, String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }
}

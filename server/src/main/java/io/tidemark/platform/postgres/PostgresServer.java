package io.tidemark.platform.postgres;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The server process of a cluster: finds, starts and stops it through `pg_ctl`, which puts it into
/// a session of its own, out of the reach of the terminal's Ctrl-C. To be used under the start
/// lock.
///
/// What a crash leaves and what becomes of it: a server whose starter died is found by its
/// `postmaster.pid` and used; a `postmaster.pid` without a living server is deleted; child
/// processes of a killed server keep its shared memory until they notice, and the start is tried
/// again until they have; a port taken by someone else between choosing and starting is chosen
/// again.
record PostgresServer(
    PostgresDirectory directory, PostgresBinaries binaries, UnprivilegedCommand command) {

  private static final Logger LOG = LoggerFactory.getLogger(PostgresServer.class);
  private static final Duration START_PATIENCE = Duration.ofMinutes(5);
  private static final Duration STOP_PATIENCE = Duration.ofMinutes(5);
  private static final Duration LEFTOVER_PATIENCE = Duration.ofMinutes(1);
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final int PORT_TRIES = 5;
  private static final String LEFTOVER_ADVICE =
      "\nA server of this directory was killed and its processes still work: end those that `ps`"
          + " shows as `postgres: …`, or try again when they are done.";

  /// Uses the running server or starts one.
  ///
  /// @param alone whether no other process uses the server, so that one left over by a crash may be
  ///   restarted to take changed settings or programs
  /// @return the port
  int ensureRunning(PostgresSettings settings, boolean alone) {
    try {
      ServerConfiguration configuration =
          ServerConfiguration.of(directory, settings, binaries, command);
      Optional<PostmasterFile> running = awaitSettled();
      if (running.isPresent()) {
        int port = running.get().port();
        if (!alone || isCurrent(configuration, port)) {
          LOG.info("Using the PostgreSQL that already runs on port {}", port);
          return port;
        }
        LOG.info("Restarting the PostgreSQL on port {}: settings or version have changed", port);
        stop();
      }
      if (!alone && !ServerConfiguration.isFromThisNamespace(directory)) {
        throw new EmbeddedPostgresException(
            "The PostgreSQL of "
                + directory.root()
                + " is in use in another container. Stop that one, or set TIDEMARK_DATABASE_URL.");
      }
      return start(configuration);
    } catch (IOException e) {
      throw new EmbeddedPostgresException(
          "Cannot start PostgreSQL in " + directory.root() + ": " + e, e);
    }
  }

  /// Whether its process lives, whatever it does.
  boolean isAlive() {
    try {
      return PostmasterFile.findAlive(directory.cluster()).isPresent();
    } catch (IOException e) {
      throw new EmbeddedPostgresException(
          "Cannot look for PostgreSQL in " + directory.root() + ": " + e, e);
    }
  }

  /// Stops the server if it runs, ending its connections. Returns once it has stopped.
  void stop() {
    try {
      if (PostmasterFile.findAlive(directory.cluster()).isEmpty()) {
        return;
      }
      ProgramRun run = pgCtl(STOP_PATIENCE, "stop", "--mode=fast");
      if (!run.succeeded() && PostmasterFile.findAlive(directory.cluster()).isPresent()) {
        throw new EmbeddedPostgresException(
            "PostgreSQL in " + directory.root() + " has not stopped yet:\n" + run.output());
      }
    } catch (IOException e) {
      throw new EmbeddedPostgresException(
          "Cannot stop PostgreSQL in " + directory.root() + ": " + e, e);
    }
  }

  private int start(ServerConfiguration configuration) throws IOException {
    ServerLog log = new ServerLog(directory.log());
    long leftoverDeadline = System.nanoTime() + LEFTOVER_PATIENCE.toNanos();
    int portTries = 0;
    int port = ServerConfiguration.findPort(directory).orElse(0);
    LOG.info("Starting PostgreSQL in {}", directory.root());
    while (true) {
      Files.deleteIfExists(PostmasterFile.in(directory.cluster()));
      port = freePort(port);
      configuration.write(port);
      Files.deleteIfExists(log.startup());
      Map<Path, Long> mark = log.mark();
      ProgramRun run = pgCtl(START_PATIENCE, "start", "--log=" + log.startup());
      if (run.succeeded()) {
        LOG.info("PostgreSQL listens on 127.0.0.1:{}", port);
        return port;
      }
      // A start begun by a process that has since died may have won.
      Optional<PostmasterFile> running = awaitSettled();
      if (running.isPresent()) {
        return running.get().port();
      }
      pause(); // The log's own process writes its last lines after the server has ended.
      String said = log.since(mark);
      boolean portTaken = said.contains("could not create any TCP/IP sockets");
      boolean leftover = said.contains("pre-existing shared memory block");
      if (portTaken && ++portTries < PORT_TRIES) {
        port = 0;
      } else if (!leftover || System.nanoTime() > leftoverDeadline) {
        throw new EmbeddedPostgresException(
            "PostgreSQL did not start in %s: %s%s\nIts log (%s) ends with:\n%s"
                .formatted(
                    directory.root(),
                    run.lastLines(),
                    leftover ? LEFTOVER_ADVICE : "",
                    directory.log(),
                    said));
      }
    }
  }

  /// Waits until the server neither starts nor stops; empty when there is none.
  private Optional<PostmasterFile> awaitSettled() throws IOException {
    long deadline = System.nanoTime() + START_PATIENCE.toNanos();
    while (true) {
      Optional<PostmasterFile> alive = PostmasterFile.findAlive(directory.cluster());
      if (alive.isEmpty() || alive.get().isReady()) {
        return alive;
      }
      if (System.nanoTime() > deadline) {
        throw new EmbeddedPostgresException(
            "PostgreSQL (process %d) has been %s for %d s. Its log is in %s."
                .formatted(
                    alive.get().processId(),
                    alive.get().status(),
                    START_PATIENCE.toSeconds(),
                    directory.log()));
      }
      pause();
    }
  }

  private boolean isCurrent(ServerConfiguration configuration, int port) throws IOException {
    Path options = directory.cluster().resolve("postmaster.opts");
    return configuration.isWritten(port)
        && Files.exists(options)
        && Files.readString(options).startsWith(binaries.program("postgres") + " ");
  }

  private ProgramRun pgCtl(Duration patience, String action, String option) {
    List<String> program =
        List.of(
            binaries.program("pg_ctl"),
            action,
            option,
            "--pgdata=" + directory.cluster(),
            "--wait",
            "--silent",
            "--timeout=" + patience.toSeconds());
    return command.run(program, patience.plusSeconds(10));
  }

  /// The preferred port when it is free, else any free one.
  private static int freePort(int preferred) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), preferred));
      return socket.getLocalPort();
    } catch (BindException e) {
      if (preferred == 0) {
        throw e;
      }
      return freePort(0);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedPostgresException("Interrupted while waiting for PostgreSQL", e);
    }
  }
}

package io.tidemark.insight.question;

import static org.awaitility.Awaitility.await;

import io.tidemark.access.KeyKind;
import io.tidemark.testing.TidemarkServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.postgresql.util.PSQLException;

/// A server that is asked a question which can be held up: the rollup that it reads is locked.
final class AskedServer implements AutoCloseable {

  static final String DOCUMENT =
      """
      {"question": "api-totals", "interval": "day"}
      """;

  private static final String RUNNING =
      """
      SELECT count(*) FROM pg_stat_activity
       WHERE datname = current_database() AND state = 'active' AND query LIKE '%%%s%%'
         AND pid <> pg_backend_pid()
      """;

  private final TidemarkServer server;
  private final String key;

  private AskedServer(TidemarkServer server) {
    this.server = server;
    this.key = server.key(KeyKind.READ);
  }

  static AskedServer start(String... settings) {
    return new AskedServer(TidemarkServer.start(settings));
  }

  /// With further kinds of questions.
  static AskedServer startWith(Class<?> more, String... settings) {
    return new AskedServer(TidemarkServer.startWith(more, settings));
  }

  TidemarkServer server() {
    return server;
  }

  HttpResponse<String> ask(String document, String accept) {
    return ask("/api/v1/questions", document, accept);
  }

  HttpResponse<String> ask(String path, String document, String accept) {
    return server.send(
        HttpRequest.newBuilder(server.base().resolve(path))
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json")
            .header("Accept", accept)
            .POST(HttpRequest.BodyPublishers.ofString(document)));
  }

  HttpResponse<String> get(String path) {
    return server.get(key, path);
  }

  /// Sends a request and leaves the answer to be read.
  Socket send(String document, String accept) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.base().getPort());
    send(socket, document, accept);
    return socket;
  }

  /// The same with the question at an address of its own.
  Socket sendGet(String path) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.base().getPort());
    write(
        socket,
        """
        GET %s HTTP/1.1\r
        Host: tidemark\r
        Authorization: Bearer %s\r
        \r
        """
            .formatted(path, key));
    return socket;
  }

  void send(Socket socket, String document, String accept) throws IOException {
    String request =
        """
        POST /api/v1/questions HTTP/1.1\r
        Host: tidemark\r
        Authorization: Bearer %s\r
        Accept: %s\r
        Content-Length: %d\r
        \r
        %s\
        """
            .formatted(key, accept, document.length(), document);
    write(socket, request);
  }

  private static void write(Socket socket, String request) throws IOException {
    socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  /// Holds up every question until it is closed.
  HeldUp holdUp() throws SQLException {
    return holdUp("api_total_rollup");
  }

  /// Holds up every question about the table until it is closed.
  HeldUp holdUp(String table) throws SQLException {
    Connection connection = server.database().dataSource().getConnection();
    connection.setAutoCommit(false);
    // What a server does at its start may hold one of the tables behind it and wait for another.
    await()
        .atMost(Duration.ofSeconds(30))
        .ignoreException(PSQLException.class)
        .until(() -> {
          connection.rollback();
          connection
              .createStatement()
              .execute("LOCK TABLE %s IN ACCESS EXCLUSIVE MODE".formatted(table));
          return true;
        });
    return new HeldUp(connection);
  }

  /// How many statements PostgreSQL works on for this question.
  long running() {
    return running("insight.api-totals");
  }

  void awaitRunning(long statements) {
    awaitRunning("insight.api-totals", statements);
  }

  /// @param statement its name
  void awaitRunning(String statement, long statements) {
    await().atMost(Duration.ofSeconds(30)).until(() -> running(statement) == statements);
  }

  private long running(String statement) {
    return server.database().count(RUNNING.formatted(statement));
  }

  @Override
  public void close() {
    server.close();
  }

  record HeldUp(Connection connection) implements AutoCloseable {

    @Override
    public void close() throws SQLException {
      connection.rollback();
      connection.close();
    }
  }
}

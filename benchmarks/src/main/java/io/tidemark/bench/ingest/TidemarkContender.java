package io.tidemark.bench.ingest;

import io.tidemark.bench.http.HttpAnswer;
import io.tidemark.bench.http.KeepAliveConnection;
import io.tidemark.bench.server.BenchDatabase;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;

/// Tidemark over HTTP: one connection a sender, each with one batch under way.
///
/// It has settled when its rollups hold every row.
///
/// @param pushedBack counts the answers that asked to try later
record TidemarkContender(
    URI address,
    String key,
    BenchDatabase database,
    RecordMix mix,
    int batchRows,
    int senders,
    LongAdder pushedBack)
    implements Contender {

  private static final String CAUGHT_UP = "SELECT NOT EXISTS (SELECT FROM batch_part)";
  private static final Duration SETTLE_PATIENCE = Duration.ofMinutes(15);
  private static final int LEAST_ROWS_PREPARED = 200;
  private static final long TRY_LATER_MILLIS = 1_000;

  @Override
  public String name() {
    return "Tidemark, HTTP, batches of %,d".formatted(batchRows);
  }

  @Override
  public boolean usesServer() {
    return true;
  }

  @Override
  public Sender open(int number) throws IOException {
    SplittableRandom random = new SplittableRandom(number + System.nanoTime());
    List<HttpBatch> batches = new ArrayList<>();
    for (int rows = 0; rows < LEAST_ROWS_PREPARED; rows += batchRows) {
      batches.add(HttpBatch.of(address, key, mix.rows(batchRows, random)));
    }
    return new HttpSender(batches, new FreshMark(random));
  }

  @Override
  public void settle() throws SQLException, InterruptedException {
    long deadline = System.nanoTime() + SETTLE_PATIENCE.toNanos();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      while (!isCaughtUp(statement)) {
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException("The rollups have not caught up after 15 minutes");
        }
        Thread.sleep(20);
      }
    }
  }

  private static boolean isCaughtUp(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery(CAUGHT_UP)) {
      row.next();
      return row.getBoolean(1);
    }
  }

  private final class HttpSender implements Sender {

    private final List<HttpBatch> batches;
    private final FreshMark mark;
    private KeepAliveConnection connection;
    private int next;
    private boolean isUsed;

    HttpSender(List<HttpBatch> batches, FreshMark mark) throws IOException {
      this.batches = batches;
      this.mark = mark;
      this.connection = new KeepAliveConnection(address);
    }

    @Override
    public int send() throws IOException, InterruptedException {
      HttpBatch batch = batches.get(next++ % batches.size());
      HttpAnswer answer = exchange(batch.refreshed(mark));
      if (answer.closes()) {
        reconnect();
      }
      if (answer.isTryLater()) {
        pushedBack.increment();
        Thread.sleep(TRY_LATER_MILLIS);
        return 0;
      }
      if (answer.status() != 200 || answer.accepted() != batch.rows()) {
        throw new IOException(
            "The server did not take a batch: %d %s".formatted(answer.status(), answer.body()));
      }
      return batch.rows();
    }

    /// A server may end a connection that waits (RFC 9112, 9.6): then the request goes over a new
    /// one. Had it been stored all the same, it would show as duplicates and stop the run.
    private HttpAnswer exchange(byte[] request) throws IOException {
      try {
        HttpAnswer answer = connection.exchange(request);
        isUsed = true;
        return answer;
      } catch (EOFException | SocketException e) {
        if (!isUsed) {
          throw e;
        }
        reconnect();
        return connection.exchange(request);
      }
    }

    private void reconnect() throws IOException {
      connection.close();
      connection = new KeepAliveConnection(address);
      isUsed = false;
    }

    @Override
    public void close() throws IOException {
      connection.close();
    }
  }
}

package io.tidemark.bench.ingest;

import java.io.IOException;
import java.sql.SQLException;

/// One way of storing rows that is compared with others.
interface Contender {

  /// For the table of results.
  String name();

  /// Whether the rows go through the Tidemark server, so that its CPU time counts.
  boolean usesServer();

  /// How many senders work at the same time.
  int senders();

  /// Opens one of them, with a connection of its own.
  Sender open(int number) throws IOException, SQLException;

  /// Returns when all work that the stored rows brought along is done.
  void settle() throws SQLException, InterruptedException;

  /// Stores prepared rows again and again, each time with new ids and timestamps. For one thread.
  interface Sender extends AutoCloseable {

    /// Stores the next rows and returns after they are durable.
    ///
    /// @return how many were stored; 0 when the server asked to try later and it is later now
    int send() throws IOException, SQLException, InterruptedException;

    @Override
    void close() throws IOException, SQLException;
  }
}

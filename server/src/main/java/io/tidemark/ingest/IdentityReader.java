package io.tidemark.ingest;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyInputStream;

/// Reads identities, many million in a row, with binary COPY. Not thread-safe.
///
/// Source: PostgreSQL documentation, "COPY", section "Binary Format".
final class IdentityReader implements AutoCloseable {

  private static final int HEADER_BYTES = 19;
  private static final int BUFFER_BYTES = 1 << 16;

  /// From 1970 to 2000, where PostgreSQL counts from.
  private static final long EPOCH_MICROS = 946_684_800_000_000L;

  private final DataInputStream rows;
  private long sentAtMicros;
  private long idHash;

  /// @param query whose columns are a timestamptz and a bigint, both never null
  IdentityReader(Connection connection, String query) throws SQLException, IOException {
    rows =
        new DataInputStream(
            new BufferedInputStream(
                new PGCopyInputStream(
                    connection.unwrap(PGConnection.class),
                    "COPY (" + query + ") TO STDOUT (FORMAT binary)"),
                BUFFER_BYTES));
    rows.skipNBytes(HEADER_BYTES);
  }

  /// Goes to the next row.
  ///
  /// @return false when there is none
  boolean next() throws IOException {
    if (rows.readShort() < 0) {
      return false;
    }
    rows.readInt();
    sentAtMicros = rows.readLong() + EPOCH_MICROS;
    rows.readInt();
    idHash = rows.readLong();
    return true;
  }

  /// Microseconds since 1970.
  long sentAtMicros() {
    return sentAtMicros;
  }

  long idHash() {
    return idHash;
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}

package io.tidemark.bench.ingest;

import io.tidemark.bench.rows.BinaryRow;
import io.tidemark.bench.rows.SampleRow;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.copy.CopyManager;

/// Rows of one table in the binary format of COPY, made once; sending them again only writes new
/// ids and timestamps into them. Not thread-safe.
final class CopyBatch {

  private static final int BUFFER_BYTES = 65_536;

  private final String statement;
  private final byte[] bytes;
  private final int[] ids;
  private final int[] timestamps;

  private CopyBatch(String statement, byte[] bytes, int[] ids, int[] timestamps) {
    this.statement = statement;
    this.bytes = bytes;
    this.ids = ids;
    this.timestamps = timestamps;
  }

  /// @param rows all of the kind that the statement is for
  static CopyBatch of(String statement, List<SampleRow> rows) {
    ByteArrayOutputStream data = new ByteArrayOutputStream(rows.size() * 160);
    BinaryRow.appendHeader(data);
    int[] ids = new int[rows.size()];
    int[] timestamps = new int[rows.size()];
    for (int i = 0; i < rows.size(); i++) {
      BinaryRow.Place place = BinaryRow.append(data, rows.get(i));
      ids[i] = place.id();
      timestamps[i] = place.timestamp();
    }
    BinaryRow.appendEnd(data);
    return new CopyBatch(statement, data.toByteArray(), ids, timestamps);
  }

  /// @return how many rows were copied
  int copy(CopyManager copy, FreshMark mark) throws SQLException, IOException {
    ByteBuffer target = ByteBuffer.wrap(bytes);
    long now = System.currentTimeMillis();
    for (int i = 0; i < ids.length; i++) {
      mark.draw(now);
      target.putLong(ids[i], mark.high());
      target.putLong(ids[i] + Long.BYTES, mark.low());
      target.putLong(timestamps[i], BinaryRow.timestamp(mark.millis()));
    }
    copy.copyIn(statement, new ByteArrayInputStream(bytes), BUFFER_BYTES);
    return ids.length;
  }
}

package io.tidemark.bench.ingest;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.copy.CopyManager;

/// Rows of one table in the binary format of COPY, made once; sending them again only writes new
/// ids and timestamps into them. Not thread-safe.
///
/// Source: PostgreSQL documentation, "COPY", section "Binary Format".
final class CopyBatch {

  private static final byte[] HEADER = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };
  private static final long EPOCH_2000_MILLIS = 946_684_800_000L;
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
    data.writeBytes(HEADER);
    int[] ids = new int[rows.size()];
    int[] timestamps = new int[rows.size()];
    for (int i = 0; i < rows.size(); i++) {
      List<Object> values = ComparedTable.of(rows.get(i)).values(rows.get(i));
      putShort(data, 2 + values.size());
      putInt(data, 2 * Long.BYTES);
      ids[i] = data.size();
      putLong(data, 0);
      putLong(data, 0);
      putInt(data, Long.BYTES);
      timestamps[i] = data.size();
      putLong(data, 0);
      values.forEach(value -> put(data, value));
    }
    putShort(data, -1);
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
      target.putLong(timestamps[i], (mark.millis() - EPOCH_2000_MILLIS) * 1_000);
    }
    copy.copyIn(statement, new ByteArrayInputStream(bytes), BUFFER_BYTES);
    return ids.length;
  }

  private static void put(ByteArrayOutputStream data, Object value) {
    switch (value) {
      case String text -> {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        putInt(data, utf8.length);
        data.writeBytes(utf8);
      }
      case Integer number -> {
        putInt(data, Integer.BYTES);
        putInt(data, number);
      }
      case Double number -> {
        putInt(data, Long.BYTES);
        putLong(data, Double.doubleToRawLongBits(number));
      }
      case Boolean flag -> {
        putInt(data, 1);
        data.write(flag ? 1 : 0);
      }
      default -> throw new IllegalArgumentException("no column holds a " + value.getClass());
    }
  }

  private static void putShort(ByteArrayOutputStream data, int value) {
    data.writeBytes(ByteBuffer.allocate(Short.BYTES).putShort((short) value).array());
  }

  private static void putInt(ByteArrayOutputStream data, int value) {
    data.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
  }

  private static void putLong(ByteArrayOutputStream data, long value) {
    data.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
  }
}

package io.tidemark.bench.rows;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes rows in the binary format of COPY.
///
/// Source: PostgreSQL documentation, "COPY", section "Binary Format".
public final class BinaryRow {

  private static final byte[] HEADER = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };

  private static final long EPOCH_2000_MILLIS = 946_684_800_000L;
  private static final byte JSONB_VERSION = 1;

  /// Where in a row its id and its timestamp stand, each without its length.
  ///
  /// @param id 16 bytes
  /// @param timestamp 8 bytes
  public record Place(int id, int timestamp) {}

  /// A value for a column of type jsonb.
  record Json(String text) {}

  private BinaryRow() {}

  /// Comes before the first row.
  public static void appendHeader(ByteArrayOutputStream target) {
    target.writeBytes(HEADER);
  }

  /// Appends a row whose id and timestamp are still to be written.
  public static Place append(ByteArrayOutputStream target, SampleRow row) {
    List<@Nullable Object> values = ComparedTable.values(row);
    putShort(target, 2 + values.size());
    putInt(target, 2 * Long.BYTES);
    int id = target.size();
    putLong(target, 0);
    putLong(target, 0);
    putInt(target, Long.BYTES);
    int timestamp = target.size();
    putLong(target, 0);
    values.forEach(value -> put(target, value));
    return new Place(id, timestamp);
  }

  /// Appends a whole row.
  public static void append(ByteArrayOutputStream target, TimedRow row) {
    List<@Nullable Object> values = ComparedTable.values(row.row());
    putShort(target, 2 + values.size());
    putInt(target, 2 * Long.BYTES);
    putLong(target, row.idHigh());
    putLong(target, row.idLow());
    putInt(target, Long.BYTES);
    putLong(target, timestamp(row.millis()));
    values.forEach(value -> put(target, value));
  }

  /// Comes after the last row.
  public static void appendEnd(ByteArrayOutputStream target) {
    putShort(target, -1);
  }

  /// As PostgreSQL counts time.
  public static long timestamp(long millis) {
    return (millis - EPOCH_2000_MILLIS) * 1_000;
  }

  private static void put(ByteArrayOutputStream target, @Nullable Object value) {
    switch (value) {
      case null -> putInt(target, -1);
      case String text -> {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        putInt(target, utf8.length);
        target.writeBytes(utf8);
      }
      case Json json -> {
        byte[] utf8 = json.text().getBytes(StandardCharsets.UTF_8);
        putInt(target, utf8.length + 1);
        target.write(JSONB_VERSION);
        target.writeBytes(utf8);
      }
      case Integer number -> {
        putInt(target, Integer.BYTES);
        putInt(target, number);
      }
      case Double number -> {
        putInt(target, Long.BYTES);
        putLong(target, Double.doubleToRawLongBits(number));
      }
      case Boolean flag -> {
        putInt(target, 1);
        target.write(flag ? 1 : 0);
      }
      default -> throw new IllegalArgumentException("no column holds a " + value.getClass());
    }
  }

  private static void putShort(ByteArrayOutputStream target, int value) {
    target.writeBytes(ByteBuffer.allocate(Short.BYTES).putShort((short) value).array());
  }

  private static void putInt(ByteArrayOutputStream target, int value) {
    target.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
  }

  private static void putLong(ByteArrayOutputStream target, long value) {
    target.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
  }
}

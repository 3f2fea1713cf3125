package io.tidemark.ingest;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Rows in the binary format of COPY, built in memory. Not thread-safe.
///
/// Source: PostgreSQL documentation, "COPY", section "Binary Format"; the forms of the types are
/// those of their send functions.
final class CopyRows {

  private static final byte[] HEADER = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };
  private static final int END = -1;
  private static final int NULL = -1;
  private static final byte JSONB_VERSION = 1;
  private static final long EPOCH_2000_SECONDS = 946_684_800L;

  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private byte[] bytes;
  private int length;
  private int rows;

  CopyRows(int expectedBytes) {
    bytes = new byte[Math.max(expectedBytes, 256)];
    System.arraycopy(HEADER, 0, bytes, 0, HEADER.length);
    length = HEADER.length;
  }

  void startRow(int columns) {
    reserve(2);
    SHORT.set(bytes, length, (short) columns);
    length += 2;
    rows++;
  }

  void putLong(long value) {
    reserve(12);
    INT.set(bytes, length, 8);
    LONG.set(bytes, length + 4, value);
    length += 12;
  }

  void putKey(@Nullable Long value) {
    if (value == null) {
      putNull();
      return;
    }
    putLong(value.longValue());
  }

  void putShort(int value) {
    reserve(6);
    INT.set(bytes, length, 2);
    SHORT.set(bytes, length + 4, (short) value);
    length += 6;
  }

  void putDouble(@Nullable Double value) {
    if (value == null) {
      putNull();
      return;
    }
    putLong(Double.doubleToRawLongBits(value));
  }

  void putInt(int value) {
    reserve(8);
    INT.set(bytes, length, 4);
    INT.set(bytes, length + 4, value);
    length += 8;
  }

  /// A timestamptz: microseconds since 2000-01-01.
  void putInstant(Instant value) {
    putLong((value.getEpochSecond() - EPOCH_2000_SECONDS) * 1_000_000 + value.getNano() / 1_000);
  }

  void putText(@Nullable String value) {
    if (value == null) {
      putNull();
      return;
    }
    int size = putUtf8(value, 4);
    INT.set(bytes, length, size);
    length += 4 + size;
  }

  void putJson(@Nullable String value) {
    if (value == null) {
      putNull();
      return;
    }
    int size = putUtf8(value, 5);
    INT.set(bytes, length, 1 + size);
    bytes[length + 4] = JSONB_VERSION;
    length += 5 + size;
  }

  /// Ends the data; no row may follow.
  void finish() {
    reserve(2);
    SHORT.set(bytes, length, (short) END);
    length += 2;
  }

  int rows() {
    return rows;
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  /// Writes the text some bytes further on, without moving there. Most texts are ASCII, which needs
  /// no array of its own.
  ///
  /// @return its length in bytes
  private int putUtf8(String value, int offset) {
    int characters = value.length();
    reserve(offset + characters);
    int start = length + offset;
    for (int i = 0; i < characters; i++) {
      char character = value.charAt(i);
      if (character >= 0x80) {
        return putEncoded(value.getBytes(StandardCharsets.UTF_8), offset);
      }
      bytes[start + i] = (byte) character;
    }
    return characters;
  }

  private int putEncoded(byte[] utf8, int offset) {
    reserve(offset + utf8.length);
    System.arraycopy(utf8, 0, bytes, length + offset, utf8.length);
    return utf8.length;
  }

  private void putNull() {
    reserve(4);
    INT.set(bytes, length, NULL);
    length += 4;
  }

  private void reserve(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
    }
  }
}

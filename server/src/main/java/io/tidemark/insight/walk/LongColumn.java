package io.tidemark.insight.walk;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// Numbers of 64 bits, read where PostgreSQL's bytes lie. Nobody changes them.
public final class LongColumn {

  private static final VarHandle BIG_ENDIAN =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] sent;

  private LongColumn(byte[] sent) {
    this.sent = sent;
  }

  /// @param sent numbers one after the other; null for none
  static LongColumn of(byte @Nullable [] sent) {
    return new LongColumn(sent == null ? new byte[0] : sent);
  }

  public static LongColumn of(long... numbers) {
    ByteBuffer buffer = ByteBuffer.allocate(numbers.length * Long.BYTES);
    buffer.asLongBuffer().put(numbers);
    return new LongColumn(buffer.array());
  }

  public int count() {
    return sent.length / Long.BYTES;
  }

  public long at(int row) {
    return (long) BIG_ENDIAN.get(sent, row * Long.BYTES);
  }

  /// The number that was sent as `double precision`.
  public double doubleAt(int row) {
    return Double.longBitsToDouble(at(row));
  }
}

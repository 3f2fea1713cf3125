package io.tidemark.insight.funnel;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Rows of a piece of time, in no order, as columns. Nobody changes them.
final class FunnelRows {

  private static final int BYTES_BEFORE_DIMENSIONS = 12;
  private static final int BYTES_OF_DIMENSION = 8;

  private final long[] ats;
  private final long[] persons;
  private final int[] bits;
  private final long[] sessions;
  private final int[] values;

  /// @param ats microseconds since 2000, as PostgreSQL counts
  /// @param persons `user_key`; 0 for nobody
  /// @param bits what each row is ([FunnelRules])
  /// @param sessions hashes of session ids, 0 where there is none; empty when persons are the unit
  /// @param values of the breakdown, by number; empty without one
  FunnelRows(long[] ats, long[] persons, int[] bits, long[] sessions, int[] values) {
    this.ats = ats;
    this.persons = persons;
    this.bits = bits;
    this.sessions = sessions;
    this.values = values;
  }

  long at(int row) {
    return ats[row];
  }

  long person(int row) {
    return persons[row];
  }

  int bits(int row) {
    return bits[row];
  }

  /// 0 where there is none.
  long session(int row) {
    return hasSessions() ? sessions[row] : 0;
  }

  /// 0 where there is none.
  int value(int row) {
    return values.length == 0 ? FunnelProgress.NO_VALUE : values[row];
  }

  int count() {
    return ats.length;
  }

  boolean hasSessions() {
    return sessions.length > 0;
  }

  /// How many bits number the rows.
  int bitsOfNumbers() {
    return Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(0, count() - 1));
  }

  /// Whether instants, counted from the first, and the numbers of rows do not fit into a long
  /// together.
  boolean isTooLong() {
    return count() > 0 && Long.numberOfLeadingZeros(last() - first()) <= bitsOfNumbers();
  }

  /// The first instant; there must be rows.
  long first() {
    return Arrays.stream(ats).min().orElseThrow();
  }

  private long last() {
    return Arrays.stream(ats).max().orElseThrow();
  }

  /// An array of bigint or timestamptz as `array_send` writes it, nulls as 0.
  static long[] longs(byte @Nullable [] sent) {
    if (sent == null) {
      return new long[0];
    }
    ByteBuffer buffer = ByteBuffer.wrap(sent);
    long[] values = new long[count(buffer)];
    for (int i = 0; i < values.length; i++) {
      values[i] = buffer.getInt() < 0 ? 0 : buffer.getLong();
    }
    return values;
  }

  /// An array of integer as `array_send` writes it, nulls as 0.
  static int[] ints(byte @Nullable [] sent) {
    if (sent == null) {
      return new int[0];
    }
    ByteBuffer buffer = ByteBuffer.wrap(sent);
    int[] values = new int[count(buffer)];
    for (int i = 0; i < values.length; i++) {
      values[i] = buffer.getInt() < 0 ? 0 : buffer.getInt();
    }
    return values;
  }

  /// Leaves the buffer at the first element.
  private static int count(ByteBuffer buffer) {
    int dimensions = buffer.getInt();
    if (dimensions == 0) {
      return 0;
    }
    int count = buffer.getInt(BYTES_BEFORE_DIMENSIONS);
    buffer.position(BYTES_BEFORE_DIMENSIONS + BYTES_OF_DIMENSION);
    return count;
  }
}

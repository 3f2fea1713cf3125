package io.tidemark.bench.ingest;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/// Draws what makes a row a new one: a random UUID (version 4), and a time within the last second.
/// Writes both into bytes that are there already, as text. Not thread-safe.
final class FreshMark {

  static final int ID_CHARS = 36;
  static final int TIMESTAMP_CHARS = 24;

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final long DAY_MILLIS = TimeUnit.DAYS.toMillis(1);

  private final SplittableRandom random;
  private long day = -1;
  private byte[] dayText = {};
  private long high;
  private long low;
  private long millis;

  FreshMark(SplittableRandom random) {
    this.random = random;
  }

  /// Draws the next one, at or before that time.
  void draw(long nowMillis) {
    high = (random.nextLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x4000L;
    low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    millis = nowMillis - random.nextInt(1_000);
  }

  long high() {
    return high;
  }

  long low() {
    return low;
  }

  long millis() {
    return millis;
  }

  /// Writes the UUID in its usual form: 36 characters.
  void putId(byte[] target, int offset) {
    int at = offset;
    for (int digit = 0; digit < 32; digit++) {
      if (digit == 8 || digit == 12 || digit == 16 || digit == 20) {
        target[at++] = '-';
      }
      long half = digit < 16 ? high : low;
      target[at++] = HEX[(int) (half >>> (60 - 4 * (digit & 15))) & 15];
    }
  }

  /// Writes the time as RFC 3339 in UTC with milliseconds: 24 characters.
  void putTimestamp(byte[] target, int offset) {
    long today = Math.floorDiv(millis, DAY_MILLIS);
    if (today != day) {
      day = today;
      dayText = LocalDate.ofEpochDay(today).toString().getBytes(StandardCharsets.US_ASCII);
    }
    int ofDay = (int) Math.floorMod(millis, DAY_MILLIS);
    System.arraycopy(dayText, 0, target, offset, 10);
    target[offset + 10] = 'T';
    putTwo(target, offset + 11, ofDay / 3_600_000);
    target[offset + 13] = ':';
    putTwo(target, offset + 14, ofDay / 60_000 % 60);
    target[offset + 16] = ':';
    putTwo(target, offset + 17, ofDay / 1_000 % 60);
    target[offset + 19] = '.';
    target[offset + 20] = (byte) ('0' + ofDay % 1_000 / 100);
    putTwo(target, offset + 21, ofDay % 100);
    target[offset + 23] = 'Z';
  }

  private static void putTwo(byte[] target, int offset, int number) {
    target[offset] = (byte) ('0' + number / 10);
    target[offset + 1] = (byte) ('0' + number % 10);
  }
}

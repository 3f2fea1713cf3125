package io.tidemark.ingest;

import java.time.Instant;

/// What is kept of an identity once its day is over. No other class knows how it is made.
///
/// Two records of an hour are mixed up once in 2^64 pairs: a record that comes late is taken for
/// one of an hour's 360 million with a probability of 2 in 10^11. Two records with the same id and
/// different timestamps never are, because mixing the bits of a timestamp loses none of them.
///
/// @param hour hours since 1970 of its timestamp as sent
/// @param hash 64 bits of its timestamp as sent, to the microsecond, and its id
record PackedIdentity(long hour, long hash) {

  static final int SECONDS_PER_HOUR = 3_600;

  private static final long MICROS_PER_SECOND = 1_000_000;

  static PackedIdentity of(Instant sentAt, long idHash) {
    long micros = sentAt.getEpochSecond() * MICROS_PER_SECOND + sentAt.getNano() / 1_000;
    return of(micros, idHash);
  }

  /// @param sentAtMicros microseconds since 1970
  static PackedIdentity of(long sentAtMicros, long idHash) {
    return new PackedIdentity(
        Math.floorDiv(sentAtMicros, SECONDS_PER_HOUR * MICROS_PER_SECOND),
        idHash ^ mix(sentAtMicros));
  }

  /// Source: Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", 2014, the
  /// function mix64 with the constants of variant 13 by David Stafford. It is a bijection.
  private static long mix(long bits) {
    long mixed = bits;
    mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }

  static long hourOf(Instant at) {
    return Math.floorDiv(at.getEpochSecond(), SECONDS_PER_HOUR);
  }

  static Instant startOf(long hour) {
    return Instant.ofEpochSecond(hour * SECONDS_PER_HOUR);
  }
}

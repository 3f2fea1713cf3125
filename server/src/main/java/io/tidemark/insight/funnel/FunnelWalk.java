package io.tidemark.insight.funnel;

import java.util.Arrays;
import java.util.function.IntBinaryOperator;

/// Takes pieces of rows, which follow each other in time, and walks each unit's rows in their
/// order. Not thread-safe.
///
/// A session is the client's, of one person; rows that name none are in sessions made by their
/// silence: 30 minutes without any of them begin a new one, and so do 24 hours.
final class FunnelWalk {

  private static final long SILENCE = 30 * 60 * 1_000_000L;
  private static final long LONGEST_SESSION = 24 * 60 * 60 * 1_000_000L;
  private static final long LONG_AGO = Long.MIN_VALUE / 2;
  private static final int[] NOTHING = {};

  private final FunnelProgress progress;
  private final UnitIndex keys = new UnitIndex();
  private final IntBinaryOperator lesserValue;

  /// For each pair of keys the unit that it is now, and for made sessions their first and newest
  /// row.
  private int[] unitOfKey = NOTHING;

  private long[] sessionBegan = {};
  private long[] sessionSeen = {};
  private int[] keyOfUnit = NOTHING;
  private int[] instant = new int[8];

  /// @param lesserValue which of two values of the breakdown stands first
  FunnelWalk(FunnelRules rules, IntBinaryOperator lesserValue) {
    this.progress = new FunnelProgress(rules);
    this.lesserValue = lesserValue;
  }

  FunnelProgress progress() {
    return progress;
  }

  /// `user_key` of the unit's person; 0 for a session of nobody.
  long person(int unit) {
    return keys.person(keyOfUnit[unit]);
  }

  /// @param piece not too long
  void take(FunnelRows piece) {
    int count = piece.count();
    if (count == 0) {
      return;
    }
    int[] keyOfRow = new int[count];
    for (int i = 0; i < count; i++) {
      keyOfRow[i] = key(piece, i);
    }
    long start = piece.first();
    int bits = piece.bitsOfNumbers();
    int[] ends = new int[keys.size() + 1];
    for (int key : keyOfRow) {
      ends[key + 1]++;
    }
    Arrays.parallelPrefix(ends, Integer::sum);
    int[] next = Arrays.copyOf(ends, keys.size());
    long[] packed = new long[count];
    for (int i = 0; i < count; i++) {
      packed[next[keyOfRow[i]]++] = ((piece.at(i) - start) << bits) | i;
    }
    for (int key = 0; key < keys.size(); key++) {
      if (ends[key] < ends[key + 1]) {
        Arrays.sort(packed, ends[key], ends[key + 1]);
        walk(piece, key, packed, ends[key], ends[key + 1], start, bits);
      }
    }
  }

  private void walk(
      FunnelRows piece, int key, long[] packed, int from, int to, long start, int bits) {
    int mask = (1 << bits) - 1;
    int next = from;
    while (next < to) {
      long time = packed[next] >>> bits;
      int count = 0;
      int value = FunnelProgress.NO_VALUE;
      for (; next < to && packed[next] >>> bits == time; next++) {
        int row = (int) packed[next] & mask;
        if (count == instant.length) {
          instant = Arrays.copyOf(instant, count * 2);
        }
        instant[count++] = piece.bits(row);
        if (FunnelRules.isStep(piece.bits(row), 0)) {
          value =
              value == FunnelProgress.NO_VALUE
                  ? piece.value(row)
                  : lesserValue.applyAsInt(value, piece.value(row));
        }
      }
      boolean isMade = piece.hasSessions() && keys.session(key) == 0;
      progress.take(unit(key, start + time, isMade), start + time, instant, count, value);
    }
  }

  private int unit(int key, long at, boolean isMade) {
    if (isMade) {
      if (at - sessionSeen[key] > SILENCE || at - sessionBegan[key] > LONGEST_SESSION) {
        sessionBegan[key] = at;
        unitOfKey[key] = addUnit(key);
      }
      sessionSeen[key] = at;
    }
    return unitOfKey[key];
  }

  private int key(FunnelRows piece, int row) {
    int known = keys.size();
    long session = piece.session(row);
    int key = keys.number(piece.person(row), session);
    if (key == known) {
      if (key == unitOfKey.length) {
        int longer = Math.max(1 << 10, key * 2);
        unitOfKey = Arrays.copyOf(unitOfKey, longer);
        sessionBegan = Arrays.copyOf(sessionBegan, longer);
        sessionSeen = Arrays.copyOf(sessionSeen, longer);
      }
      sessionSeen[key] = LONG_AGO;
      if (!piece.hasSessions() || session != 0) {
        unitOfKey[key] = addUnit(key);
      }
    }
    return key;
  }

  private int addUnit(int key) {
    int unit = progress.addUnit();
    if (unit == keyOfUnit.length) {
      keyOfUnit = Arrays.copyOf(keyOfUnit, Math.max(1 << 10, unit * 2));
    }
    keyOfUnit[unit] = key;
    return unit;
  }
}

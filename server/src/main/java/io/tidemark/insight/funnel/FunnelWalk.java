package io.tidemark.insight.funnel;

import io.tidemark.insight.walk.PairIndex;
import io.tidemark.insight.walk.RowOrder;
import io.tidemark.insight.walk.SessionRule;
import io.tidemark.insight.walk.ValueNumbers;
import java.util.Arrays;

/// Takes pieces of rows, which follow each other in time, and walks each unit's rows in their
/// order. Not thread-safe.
final class FunnelWalk {

  private static final long LONG_AGO = Long.MIN_VALUE / 2;
  private static final int[] NOTHING = {};

  private final FunnelRules rules;
  private final FunnelProgress progress;
  private final ValueNumbers values;
  private final long settled;
  private final PairIndex keys = new PairIndex();
  private boolean isSettled = true;
  private boolean hasLongSilence;

  /// For each person, or person and session of the client, the unit that it is now.
  private int[] unitOfKey = NOTHING;

  /// Of sessions their first and newest row, and since when there was no silence.
  private long[] began = {};

  private long[] last = {};
  private long[] unbrokenSince = {};
  private int[] keyOfUnit = NOTHING;
  private int[] instant = new int[8];
  private int[] instantValues = new int[8];

  /// @param values numbers the values of the breakdown
  /// @param settled who was active without pause up to here may have been before rows were read
  FunnelWalk(FunnelRules rules, ValueNumbers values, long settled) {
    this.rules = rules;
    this.progress = new FunnelProgress(rules, values);
    this.values = values;
    this.settled = settled;
  }

  FunnelProgress progress() {
    return progress;
  }

  /// Whether it is known where all sessions that reach into the range began.
  boolean isSettled() {
    return isSettled;
  }

  /// Whether a client's session was silent for longer than it may be, among the rows that were
  /// read.
  boolean hasLongSilence() {
    return hasLongSilence;
  }

  /// `user_key` of the unit's person; 0 for a session of nobody.
  long person(int unit) {
    return keys.first(keyOfUnit[unit]);
  }

  /// @param rows not too many
  void take(FunnelRows rows) {
    int count = rows.count();
    int[] keyOfRow = new int[count];
    for (int row = 0; row < count; row++) {
      keyOfRow[row] = key(rows, row);
    }
    int[] valueOfRow = rows.values(values);
    RowOrder.walk(
        rows.piece(),
        keyOfRow,
        keys.size(),
        (key, at, some, together) -> take(rows, valueOfRow, key, at, some, together));
  }

  private void take(FunnelRows rows, int[] valueOfRow, int key, long at, int[] some, int together) {
    if (together > instant.length) {
      instant = new int[some.length];
      instantValues = new int[some.length];
    }
    for (int place = 0; place < together; place++) {
      int row = some[place];
      instant[place] = rows.bits(row);
      instantValues[place] = valueOfRow.length == 0 ? ValueNumbers.NONE : valueOfRow[row];
    }
    int unit = rows.hasSessions() ? session(key, at) : unitOfKey[key];
    progress.take(unit, at, instant, together, instantValues);
  }

  private int session(int key, long at) {
    boolean isClients = keys.second(key) != 0;
    if (SessionRule.isOver(isClients, began[key], last[key], at)) {
      if (SessionRule.isSilent(isClients, last[key], at)) {
        hasLongSilence |= isClients && last[key] != LONG_AGO;
        unbrokenSince[key] = at;
      }
      began[key] = at;
      unitOfKey[key] = addUnit(key);
    }
    if (!isClients && at >= rules.beginsFrom() && unbrokenSince[key] <= settled) {
      isSettled = false;
    }
    last[key] = at;
    return unitOfKey[key];
  }

  private int key(FunnelRows rows, int row) {
    int known = keys.size();
    int key = keys.number(rows.person(row), rows.session(row));
    if (key == known) {
      if (key == unitOfKey.length) {
        unitOfKey = Arrays.copyOf(unitOfKey, Math.max(1 << 10, key * 2));
      }
      if (rows.hasSessions()) {
        addSession(key);
      } else {
        unitOfKey[key] = addUnit(key);
      }
    }
    return key;
  }

  private void addSession(int key) {
    if (key >= last.length) {
      began = Arrays.copyOf(began, unitOfKey.length);
      last = Arrays.copyOf(last, unitOfKey.length);
      unbrokenSince = Arrays.copyOf(unbrokenSince, unitOfKey.length);
    }
    began[key] = LONG_AGO;
    last[key] = LONG_AGO;
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

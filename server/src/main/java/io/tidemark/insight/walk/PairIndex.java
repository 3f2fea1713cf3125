package io.tidemark.insight.walk;

import java.util.Arrays;

/// Numbers pairs of keys from 0, in the order in which they were first seen. Not thread-safe.
public final class PairIndex {

  private static final long MIXER = 0x9E3779B97F4A7C15L;

  private int[] slots = new int[1 << 12];
  private long[] firsts = new long[1 << 10];
  private long[] seconds = new long[1 << 10];
  private int size;

  /// @return the number of the pair; `size()` before the call for one not seen before
  public int number(long first, long second) {
    int slot = find(first, second);
    return slots[slot] == 0 ? add(slot, first, second) : slots[slot] - 1;
  }

  /// Whether the pair was seen.
  public boolean has(long first, long second) {
    return slots[find(first, second)] != 0;
  }

  /// Forgets all pairs.
  public void clear() {
    slots = new int[1 << 12];
    firsts = new long[1 << 10];
    seconds = new long[1 << 10];
    size = 0;
  }

  /// The slot that has the pair, or where it would be.
  private int find(long first, long second) {
    int slot = slot(first, second);
    while (slots[slot] != 0
        && (firsts[slots[slot] - 1] != first || seconds[slots[slot] - 1] != second)) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }

  public int size() {
    return size;
  }

  public long first(int number) {
    return firsts[number];
  }

  public long second(int number) {
    return seconds[number];
  }

  private int add(int slot, long first, long second) {
    if (size == firsts.length) {
      firsts = Arrays.copyOf(firsts, size * 2);
      seconds = Arrays.copyOf(seconds, size * 2);
    }
    firsts[size] = first;
    seconds[size] = second;
    slots[slot] = ++size;
    if (size * 2 > slots.length) {
      spread();
    }
    return size - 1;
  }

  private void spread() {
    slots = new int[slots.length * 2];
    for (int number = 0; number < size; number++) {
      int slot = slot(firsts[number], seconds[number]);
      while (slots[slot] != 0) {
        slot = (slot + 1) & (slots.length - 1);
      }
      slots[slot] = number + 1;
    }
  }

  private int slot(long first, long second) {
    long mixed = ((first * MIXER) ^ second) * MIXER;
    return (int) (mixed >>> 32) & (slots.length - 1);
  }
}

package io.tidemark.insight.funnel;

import java.util.Arrays;

/// Numbers pairs of keys from 0, in the order in which they were first seen. Not thread-safe.
final class UnitIndex {

  private static final long MIXER = 0x9E3779B97F4A7C15L;

  private int[] slots = new int[1 << 12];
  private long[] persons = new long[1 << 10];
  private long[] sessions = new long[1 << 10];
  private int size;

  /// @return the number of the pair; `size()` before the call for one not seen before
  int number(long person, long session) {
    int slot = slot(person, session);
    while (slots[slot] != 0) {
      int number = slots[slot] - 1;
      if (persons[number] == person && sessions[number] == session) {
        return number;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    return add(slot, person, session);
  }

  int size() {
    return size;
  }

  long person(int number) {
    return persons[number];
  }

  long session(int number) {
    return sessions[number];
  }

  private int add(int slot, long person, long session) {
    if (size == persons.length) {
      persons = Arrays.copyOf(persons, size * 2);
      sessions = Arrays.copyOf(sessions, size * 2);
    }
    persons[size] = person;
    sessions[size] = session;
    slots[slot] = ++size;
    if (size * 2 > slots.length) {
      spread();
    }
    return size - 1;
  }

  private void spread() {
    slots = new int[slots.length * 2];
    for (int number = 0; number < size; number++) {
      int slot = slot(persons[number], sessions[number]);
      while (slots[slot] != 0) {
        slot = (slot + 1) & (slots.length - 1);
      }
      slots[slot] = number + 1;
    }
  }

  private int slot(long person, long session) {
    long mixed = ((person * MIXER) ^ session) * MIXER;
    return (int) (mixed >>> 32) & (slots.length - 1);
  }
}

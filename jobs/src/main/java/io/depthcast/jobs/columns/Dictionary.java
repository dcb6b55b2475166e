package io.depthcast.jobs.columns;

import java.util.Arrays;

/** The distinct 64-bit values of a column in order of first sight: open addressing, no boxing. */
final class Dictionary {

  /** One more does not fit; 256 KiB of values. */
  static final int MOST = 1 << 15;

  static final int FULL = -1;

  private static final int FIRST_SLOTS = 1 << 10;

  private long[] values = new long[FIRST_SLOTS / 2];
  private int size;

  /** Index + 1 of the value that stands in a slot; 0 is an empty slot. */
  private int[] slots = new int[FIRST_SLOTS];

  /** The value's index, a new one if it was not there; {@link #FULL} if it does not fit. */
  int index(long value) {
    int mask = slots.length - 1;
    int slot = hash(value) & mask;
    while (slots[slot] != 0) {
      int index = slots[slot] - 1;
      if (values[index] == value) {
        return index;
      }
      slot = (slot + 1) & mask;
    }
    return add(value, slot);
  }

  private int add(long value, int slot) {
    if (size == MOST) {
      return FULL;
    }
    if (size == values.length) {
      grow();
      return index(value);
    }
    values[size] = value;
    slots[slot] = ++size;
    return size - 1;
  }

  private void grow() {
    values = Arrays.copyOf(values, 2 * size);
    slots = new int[4 * size];
    int mask = slots.length - 1;
    for (int i = 0; i < size; i++) {
      int slot = hash(values[i]) & mask;
      while (slots[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = i + 1;
    }
  }

  /** Fibonacci hashing; doubles with few decimals differ in their high bits only. */
  private static int hash(long value) {
    long mixed = (value ^ (value >>> 32)) * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 40);
  }

  int size() {
    return size;
  }

  /** The values by index; the first {@link #size()} are valid. */
  long[] values() {
    return values;
  }
}

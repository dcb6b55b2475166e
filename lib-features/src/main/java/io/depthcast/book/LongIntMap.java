package io.depthcast.book;

import java.util.Arrays;

/**
 * A map from longs to ints of 0 or more, without boxes: open addressing with linear probing, at
 * most half full.
 *
 * <p>A removal moves the keys behind it forward (Knuth, The Art of Computer Programming, volume 3,
 * 6.4, algorithm R), so that nothing is left in its place that would slow the searches of a long
 * day.
 *
 * <p>Grows to the most keys it has held at once and allocates nothing from then on. Not safe for
 * threads.
 */
public final class LongIntMap {

  /** What there is for a key that is absent. */
  public static final int ABSENT = -1;

  private static final int FIRST_CAPACITY = 64;

  /** 2^64 over the golden ratio: spreads keys that follow each other, as order ids do. */
  private static final long FIBONACCI = 0x9E3779B97F4A7C15L;

  private long[] keys = new long[FIRST_CAPACITY];
  private int[] values = new int[FIRST_CAPACITY];
  private int size;

  /** Empty. */
  public LongIntMap() {
    Arrays.fill(values, ABSENT);
  }

  /** Keys in the map. */
  public int size() {
    return size;
  }

  /** Removes all keys. */
  public void clear() {
    Arrays.fill(values, ABSENT);
    size = 0;
  }

  /** The value of a key, or {@link #ABSENT}. */
  public int get(long key) {
    return values[find(key)];
  }

  /**
   * Sets the value of a key, whatever it was before.
   *
   * @param value 0 or more
   */
  public void put(long key, int value) {
    int at = find(key);
    if (values[at] == ABSENT) {
      if (2 * (size + 1) > keys.length) {
        grow();
        at = find(key);
      }
      keys[at] = key;
      size++;
    }
    values[at] = value;
  }

  /** Removes a key and gives the value it had, or {@link #ABSENT}. */
  public int remove(long key) {
    int hole = find(key);
    int value = values[hole];
    if (value == ABSENT) {
      return ABSENT;
    }
    size--;
    int mask = keys.length - 1;
    for (int at = (hole + 1) & mask; values[at] != ABSENT; at = (at + 1) & mask) {
      int probesFromHome = (at - home(keys[at])) & mask;
      if (probesFromHome >= ((at - hole) & mask)) {
        keys[hole] = keys[at];
        values[hole] = values[at];
        hole = at;
      }
    }
    values[hole] = ABSENT;
    return value;
  }

  /** Where the key is, or would be. */
  private int find(long key) {
    int mask = keys.length - 1;
    int at = home(key);
    while (values[at] != ABSENT && keys[at] != key) {
      at = (at + 1) & mask;
    }
    return at;
  }

  private int home(long key) {
    return (int) ((key * FIBONACCI) >>> (Long.numberOfLeadingZeros(keys.length) + 1));
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldValues = values;
    keys = new long[2 * oldKeys.length];
    values = new int[2 * oldKeys.length];
    Arrays.fill(values, ABSENT);
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldValues[i] != ABSENT) {
        int at = find(oldKeys[i]);
        keys[at] = oldKeys[i];
        values[at] = oldValues[i];
      }
    }
  }
}

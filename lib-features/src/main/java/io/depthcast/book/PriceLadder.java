package io.depthcast.book;

import java.util.Arrays;

/**
 * The occupied prices of one side, sorted so that the best stands at the end: most changes are near
 * the best, so few prices move when one comes or goes, and a search that begins there is short.
 *
 * <p>Owners keep what belongs to each price in arrays of their own, at the same places.
 */
final class PriceLadder {

  private static final int FIRST_CAPACITY = 64;

  /** A better price has a larger key: the price of a bid, the negated price of an ask. */
  private final double sign;

  private double[] keys = new double[FIRST_CAPACITY];
  private int count;

  PriceLadder(Side side) {
    sign = side == Side.BID ? 1 : -1;
  }

  int count() {
    return count;
  }

  void clear() {
    count = 0;
  }

  /** Places there are before the arrays must grow. */
  int capacity() {
    return keys.length;
  }

  /** Place of a level, 0 for the best; below 0 where there is none. */
  int placeOf(int level) {
    return count - 1 - level;
  }

  double priceAt(int place) {
    return sign * keys[place];
  }

  boolean holds(int place, double price) {
    return place < count && keys[place] == sign * price;
  }

  /** Where the price stands, or where it would have to be inserted. */
  int find(double price) {
    double key = sign * price;
    int high = count;
    int low = count - 1;
    for (int step = 1; low >= 0 && keys[low] > key; step <<= 1) {
      high = low;
      low -= step;
    }
    low = Math.max(low, 0);
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (keys[middle] < key) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  void insert(int place, double price) {
    if (count == keys.length) {
      keys = Arrays.copyOf(keys, 2 * count);
    }
    System.arraycopy(keys, place, keys, place + 1, count - place);
    keys[place] = sign * price;
    count++;
  }

  void remove(int place) {
    count--;
    System.arraycopy(keys, place + 1, keys, place, count - place);
  }
}

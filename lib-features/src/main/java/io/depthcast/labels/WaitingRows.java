package io.depthcast.labels;

import java.util.Arrays;

/** Rows whose labels are not known yet, first in, first out: a ring that grows with the horizon. */
final class WaitingRows {

  private static final int FIRST_CAPACITY = 64;

  private final int columns;

  /** By column, then by place; the number of places is a power of two. */
  private final long[][] values;

  private long firstSeq;
  private int first;
  private int count;

  /**
   * @param columns values kept for each row
   */
  WaitingRows(int columns) {
    this.columns = columns;
    values = new long[columns][FIRST_CAPACITY];
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** The oldest row. */
  long firstSeq() {
    return firstSeq;
  }

  /** One more than the newest row. */
  long endSeq() {
    return firstSeq + count;
  }

  /** Adds a row, which follows the newest. */
  void add(long seq) {
    if (count == values[0].length) {
      grow();
    }
    if (count == 0) {
      firstSeq = seq;
    }
    count++;
  }

  /** Removes the oldest row. */
  void removeFirst() {
    first = first + 1 & values[0].length - 1;
    firstSeq++;
    count--;
  }

  long get(int column, long seq) {
    return values[column][place(seq)];
  }

  void set(int column, long seq, long value) {
    values[column][place(seq)] = value;
  }

  double getDouble(int column, long seq) {
    return Double.longBitsToDouble(get(column, seq));
  }

  void setDouble(int column, long seq, double value) {
    set(column, seq, Double.doubleToRawLongBits(value));
  }

  private int place(long seq) {
    return first + (int) (seq - firstSeq) & values[0].length - 1;
  }

  private void grow() {
    int capacity = values[0].length;
    for (int column = 0; column < columns; column++) {
      long[] old = values[column];
      values[column] = Arrays.copyOf(old, 2 * capacity);
      System.arraycopy(old, first, values[column], 0, capacity - first);
      System.arraycopy(old, 0, values[column], capacity - first, first);
    }
    first = 0;
  }
}

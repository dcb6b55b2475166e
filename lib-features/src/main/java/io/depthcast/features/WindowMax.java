package io.depthcast.features;

import io.depthcast.book.BookBatch;

/**
 * The largest value of a {@link Window}, for every row, in amortised constant time; the smallest is
 * the largest of the negated values, negated. A NaN makes exactly those results NaN whose window
 * holds it.
 */
public final class WindowMax {

  private final boolean isTime;
  private final long length;

  /** Values that are the largest from their row on, in falling order. */
  private final PlacedValues largest = new PlacedValues();

  private long lastMissing = Long.MIN_VALUE;

  WindowMax(Window window) {
    isTime = window.isTime();
    length = isTime ? window.nanos() : window.rows();
  }

  /**
   * Replaces each value by the largest of the window that ends there.
   *
   * @param batch the rows of the values, which follow those of the call before
   * @param series one a row of the batch, overwritten
   */
  public void slide(BookBatch batch, double[] series) {
    long[] place = isTime ? batch.tsEvent : batch.seq;
    for (int i = 0; i < batch.rows; i++) {
      long before = place[i] - length;
      while (!largest.isEmpty() && largest.firstPlace() <= before) {
        largest.removeFirst();
      }
      if (Double.isNaN(series[i])) {
        lastMissing = place[i];
      } else {
        add(place[i], series[i]);
      }
      series[i] = lastMissing > before ? Double.NaN : largest.firstValue();
    }
  }

  private void add(long place, double value) {
    while (!largest.isEmpty() && largest.lastValue() <= value) {
      largest.removeLast();
    }
    largest.add(place, value);
  }
}

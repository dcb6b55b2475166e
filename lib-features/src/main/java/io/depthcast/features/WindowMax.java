package io.depthcast.features;

import io.depthcast.book.BookBatch;
import java.util.Arrays;

/**
 * The largest value of a {@link Window}, for every row, in amortised constant time; the smallest is
 * the largest of the negated values, negated. A NaN makes exactly those results NaN whose window
 * holds it.
 */
public final class WindowMax {

  private static final int FIRST_CAPACITY = 64;

  private final boolean isTime;
  private final long length;

  /**
   * Values that are the largest from their row on, in falling order, with the row's place: its time
   * or its number. A ring whose length is a power of two.
   */
  private double[] values = new double[FIRST_CAPACITY];

  private long[] places = new long[FIRST_CAPACITY];
  private int first;
  private int count;
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
      while (count > 0 && places[first] <= before) {
        first = first + 1 & values.length - 1;
        count--;
      }
      if (Double.isNaN(series[i])) {
        lastMissing = place[i];
      } else {
        add(place[i], series[i]);
      }
      series[i] = lastMissing > before ? Double.NaN : values[first];
    }
  }

  private void add(long place, double value) {
    while (count > 0 && values[first + count - 1 & values.length - 1] <= value) {
      count--;
    }
    if (count == values.length) {
      grow();
    }
    int end = first + count & values.length - 1;
    values[end] = value;
    places[end] = place;
    count++;
  }

  private void grow() {
    double[] newValues = Arrays.copyOf(values, 2 * count);
    long[] newPlaces = Arrays.copyOf(places, 2 * count);
    for (int i = 0; i < count; i++) {
      newValues[i] = values[first + i & count - 1];
      newPlaces[i] = places[first + i & count - 1];
    }
    values = newValues;
    places = newPlaces;
    first = 0;
  }
}

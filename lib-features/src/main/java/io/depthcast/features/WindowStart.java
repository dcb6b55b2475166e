package io.depthcast.features;

import io.depthcast.book.BookBatch;
import java.util.Arrays;

/**
 * What a series was where a {@link Window} begins: {@code 50e} gives the value 50 rows ago, {@code
 * 500ms} that of the last row not later than the row's time less 500 ms. NaN before there is such a
 * row.
 */
public final class WindowStart {

  private static final int FIRST_CAPACITY = 64;

  private final boolean isTime;
  private final long length;

  /** Rows that may still be asked for, with their places: times or numbers. A ring. */
  private double[] values = new double[FIRST_CAPACITY];

  private long[] places = new long[FIRST_CAPACITY];
  private int first;
  private int count;
  private double atStart = Double.NaN;

  WindowStart(Window window) {
    isTime = window.isTime();
    length = isTime ? window.nanos() : window.rows();
  }

  /**
   * Replaces each value by the one from where its window begins.
   *
   * @param batch the rows of the values, which follow those of the call before
   * @param series one a row of the batch, overwritten
   */
  public void shift(BookBatch batch, double[] series) {
    long[] place = isTime ? batch.tsEvent : batch.seq;
    for (int i = 0; i < batch.rows; i++) {
      if (count == values.length) {
        grow();
      }
      int end = first + count & values.length - 1;
      values[end] = series[i];
      places[end] = place[i];
      count++;
      while (places[first] <= place[i] - length) {
        atStart = values[first];
        first = first + 1 & values.length - 1;
        count--;
      }
      series[i] = atStart;
    }
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

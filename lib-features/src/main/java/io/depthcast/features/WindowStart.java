package io.depthcast.features;

import io.depthcast.book.BookBatch;

/**
 * What a series was where a {@link Window} begins: {@code 50e} gives the value 50 rows ago, {@code
 * 500ms} that of the last row not later than the row's time less 500 ms. NaN before there is such a
 * row.
 */
public final class WindowStart {

  private final boolean isTime;
  private final long length;

  /** Rows that may still be asked for. */
  private final PlacedValues waiting = new PlacedValues();

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
      waiting.add(place[i], series[i]);
      while (waiting.firstPlace() <= place[i] - length) {
        atStart = waiting.firstValue();
        waiting.removeFirst();
      }
      series[i] = atStart;
    }
  }
}

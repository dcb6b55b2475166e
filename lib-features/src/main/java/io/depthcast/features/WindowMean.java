package io.depthcast.features;

import io.depthcast.book.BookBatch;

/**
 * The mean of those values of a {@link Window} that are there: NaN counts as none, and where there
 * is none the mean is NaN.
 */
final class WindowMean {

  private final WindowSum sum;
  private final WindowSum count;
  private double[] there = {};

  WindowMean(Window window) {
    sum = window.sum();
    count = window.sum();
  }

  /**
   * Replaces each value by the mean of the window that ends there.
   *
   * @param batch the rows of the values, which follow those of the call before
   * @param values one a row of the batch, overwritten
   */
  void slide(BookBatch batch, double[] values) {
    if (there.length < batch.rows) {
      there = new double[batch.capacity];
    }
    for (int i = 0; i < batch.rows; i++) {
      boolean isNone = Double.isNaN(values[i]);
      there[i] = isNone ? 0 : 1;
      values[i] = isNone ? 0 : values[i];
    }
    sum.slide(batch, values);
    count.slide(batch, there);
    for (int i = 0; i < batch.rows; i++) {
      values[i] /= there[i];
    }
  }
}

package io.depthcast.features;

import io.depthcast.book.BookBatch;

/** Time from the row before to each row, whole nanoseconds; NaN for the first row of a run. */
final class RowGaps {

  private long before = BookBatch.NO_TIME;

  /** Overwrites the first {@code batch.rows} values. */
  void compute(BookBatch batch, double[] nanos) {
    long[] time = batch.tsEvent;
    nanos[0] = before == BookBatch.NO_TIME ? Double.NaN : time[0] - before;
    for (int i = 1; i < batch.rows; i++) {
      nanos[i] = time[i] - time[i - 1];
    }
    before = time[batch.rows - 1];
  }
}

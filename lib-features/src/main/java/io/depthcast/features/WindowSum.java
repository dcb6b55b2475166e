package io.depthcast.features;

import io.depthcast.book.BookBatch;

/**
 * The sum of a series over a {@link Window}, for every row, in constant time per row whatever the
 * window's length.
 *
 * <p>The sum depends on the row and on the window's values alone: a run that begins in the middle
 * of the series gives the same bits as soon as it has seen a whole window. A NaN makes exactly
 * those sums NaN whose window holds it.
 */
public sealed interface WindowSum permits EventWindowSum, TimeWindowSum {

  /**
   * Replaces each value by the sum of the window that ends there.
   *
   * @param batch the rows of the values, which follow those of the call before
   * @param values one a row of the batch, overwritten
   */
  void slide(BookBatch batch, double[] values);
}

package io.depthcast.features;

import io.depthcast.book.BookBatch;
import java.util.Arrays;

/**
 * The sum of the last {@code w} values of a series, for every row, in constant time per row.
 *
 * <p>The series is cut into blocks of {@code w} rows at the multiples of {@code w} of the row
 * number {@code seq}. A window then is the end of one block and the beginning of the next:
 *
 * <pre>
 *   sum(n) = (x[n-w+1] + (... + (x[b-2] + x[b-1])))  +  ((x[b] + x[b+1]) + ... + x[n])
 * </pre>
 *
 * with {@code b} the last multiple of {@code w} up to {@code n}. Nothing is ever subtracted, so
 * rounding does not build up, and the sum depends on {@code n} and on the window's values alone: a
 * run that begins in the middle of the series gives the same bits as soon as it has seen a whole
 * window. A NaN makes exactly those sums NaN whose window holds it. (The scheme is van Herk's and
 * Gil-Werman's, there for running maxima.)
 *
 * <p>The first {@code w - 1} sums of a run, whose window is not whole, are NaN.
 */
public final class EventWindowSum implements WindowSum {

  /**
   * Position p holds x[p] of the current block once row p has been seen, and until then the sum of
   * the block before from p to its end.
   */
  private final double[] block;

  /** Sum of the current block so far. */
  private double prefix = Double.NaN;

  /**
   * @param window rows summed, at least 1
   */
  public EventWindowSum(int window) {
    if (window < 1) {
      throw new IllegalArgumentException("Invalid window: " + window + " (must be >= 1)");
    }
    block = new double[window];
    Arrays.fill(block, Double.NaN);
  }

  @Override
  public void slide(BookBatch batch, double[] values) {
    if (batch.rows > 0) {
      slide(batch.seq[0], values, batch.rows);
    }
  }

  /**
   * Replaces each value by the sum of the window that ends there.
   *
   * @param firstSeq number of row 0, not negative; one more than the last row of the call before.
   *     Where rows are left out in between, the sums that would hold them mean nothing.
   * @param values the next values of the series, overwritten
   * @param rows number of valid values
   */
  public void slide(long firstSeq, double[] values, int rows) {
    int last = block.length - 1;
    int row = 0;
    while (row < rows) {
      int p = (int) ((firstSeq + row) % block.length);
      if (p == 0) {
        prefix = 0;
      }
      int end = Math.min(last, p + rows - row);
      for (; p < end; p++, row++) {
        block[p] = values[row];
        prefix += values[row];
        values[row] = block[p + 1] + prefix;
      }
      if (row < rows) {
        block[last] = values[row];
        prefix += values[row];
        values[row] = prefix;
        row++;
        for (int i = last - 1; i >= 0; i--) {
          block[i] += block[i + 1];
        }
      }
    }
  }
}

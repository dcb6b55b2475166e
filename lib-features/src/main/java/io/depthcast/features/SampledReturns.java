package io.depthcast.features;

import io.depthcast.book.BookBatch;
import java.util.Arrays;

/**
 * Log returns of the mid between the points of a grid that is the same wherever a run begins.
 *
 * <p>A step of {@code k} rows has its points at the rows whose {@code seq} is a multiple of k; the
 * return up to a point is known in its row. A step of time T has its points at the multiples of T
 * since 1970; the mid of a point is that of the last row not later than the point, so the return up
 * to it is known in the first row later than the point. Where no mid stood at a point, the returns
 * up to it and from it are NaN; an unmoved mid gives exactly 0.
 */
final class SampledReturns {

  /** Returns before the first new one that stay readable. */
  static final int BEFORE = 3;

  private static final int ENOUGH = 4096;

  private final boolean isTime;
  private final long step;
  private final int longest;

  /** Log returns times 10^4, in bps: those before, then the new ones. */
  private double[] returns = new double[BEFORE + 64];

  private int count;
  private long firstIndex;

  /** By row of the batch: new returns known in it. */
  private int[] known = {};

  private boolean started;
  private long index;
  private double pointMid = Double.NaN;
  private double rowMid = Double.NaN;

  /**
   * @param step between the points of the grid
   * @param longest how many of the last returns a sum over them may hold
   */
  SampledReturns(Window step, int longest) {
    isTime = step.isTime();
    this.step = isTime ? step.nanos() : step.rows();
    this.longest = longest;
    Arrays.fill(returns, 0, BEFORE, Double.NaN);
  }

  /** Rows of look-back of a feature over a window of such returns. */
  static int warmupEvents(Window window, Window step) {
    return window.isTime() ? 0 : window.rows() + step.rows() - 1;
  }

  /** Time of look-back of a feature over a window of such returns. */
  static long warmupNanos(Window window, Window step) {
    return window.nanos() + step.nanos();
  }

  /**
   * Refuses a window that is not a whole number of steps.
   *
   * @param least number of steps that is allowed
   * @throws IllegalArgumentException if it is not, or has fewer steps
   */
  static void check(String parameter, Window window, Window step, int least) {
    if (window.unit() != step.unit()
        || window.length() % step.length() != 0
        || steps(window, step) < least) {
      throw new IllegalArgumentException(
          "Invalid %s: %s (must be a multiple of %s, at least %d times that)"
              .formatted(parameter, window, step, least));
    }
  }

  /** How many steps a window has. */
  static int steps(Window window, Window step) {
    return window.length() / step.length();
  }

  /** End of the names of columns, {@code 500e}, or {@code 500e_by_5e} for a step of more rows. */
  static String suffix(Window window, Window step) {
    return step.rows() == 1 ? window.toString() : window + "_by_" + step;
  }

  /** The returns in words, for formulas. */
  static String words(Window window, Window step) {
    return window.words() + " in steps of " + step;
  }

  /**
   * Replaces the rows of each array by a variation of the returns known in each row.
   *
   * @param batch rows that follow those of the call before
   * @param variations what is computed
   * @param out one array a variation
   */
  void compute(BookBatch batch, Multipower[] variations, double[][] out) {
    int from = 0;
    while (from < batch.rows) {
      int to = sample(batch, from);
      for (int v = 0; v < variations.length; v++) {
        variations[v].compute(firstIndex, returns, count, known, from, to, out[v]);
      }
      from = to;
    }
  }

  /**
   * Takes rows from `from` on until many returns are new, or some are left out.
   *
   * @return the row after the last one taken
   */
  private int sample(BookBatch batch, int from) {
    if (known.length < batch.rows) {
      known = new int[batch.capacity];
    }
    System.arraycopy(returns, count, returns, 0, BEFORE);
    count = 0;
    for (int row = from; row < batch.rows; row++) {
      double mid = batch.mid(row);
      long place = isTime ? batch.tsEvent[row] - 1 : batch.seq[row];
      if (!started) {
        started = true;
        index = Math.floorDiv(isTime ? place : place - 1, step);
      }
      if (place - step >= index * step) {
        long last = Math.floorDiv(place, step);
        boolean leavesOut = last - index > longest + BEFORE;
        if (count > 0 && (leavesOut || count >= ENOUGH)) {
          return row;
        }
        if (leavesOut) {
          // no sum reaches back beyond these, which all begin and end at the same mid
          pointMid = isTime ? rowMid : mid;
          index = last - longest - BEFORE;
        }
        addPoints(last, isTime ? rowMid : mid);
      }
      rowMid = mid;
      known[row] = count;
    }
    return batch.rows;
  }

  /** Points up to the one of this index, all of the same mid. */
  private void addPoints(long last, double mid) {
    if (count == 0) {
      firstIndex = index + 1;
    }
    int points = (int) (last - index);
    if (BEFORE + count + points > returns.length) {
      returns = Arrays.copyOf(returns, 2 * (BEFORE + count + points));
    }
    for (int i = 0; i < points; i++) {
      returns[BEFORE + count++] = MidMove.logBps(mid, pointMid);
      pointMid = mid;
    }
    index = last;
  }
}

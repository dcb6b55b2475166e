package io.depthcast.labels;

import java.util.Arrays;

/** The move that divides up, flat and down, fitted on training rows only. */
public final class MoveThreshold {

  private MoveThreshold() {}

  /**
   * The quantile of absolute moves, by linear interpolation between order statistics (Hyndman and
   * Fan 1996, type 7; numpy's {@code linear}): with the moves sorted as x[0] .. x[n-1] and h = (n -
   * 1) quantile,
   *
   * <pre>
   *   x[i] + (h - i) (x[i+1] - x[i]),  i = floor(h)
   * </pre>
   *
   * <p>Exact: all moves are sorted, none is sampled.
   *
   * @param absMoves absolute moves of the training rows, at least one, in any order; not changed
   * @param quantile share of the moves that lies below the threshold, 0 to 1
   * @return the threshold, in the unit of the moves
   */
  public static double fit(double[] absMoves, double quantile) {
    if (!(quantile >= 0 && quantile <= 1)) {
      throw new IllegalArgumentException(
          "Invalid quantile: " + quantile + " (must be from 0 to 1)");
    }
    if (absMoves.length == 0) {
      throw new IllegalArgumentException("Invalid absMoves: none (must be at least one)");
    }
    double[] sorted = absMoves.clone();
    Arrays.sort(sorted);
    int last = sorted.length - 1;
    if (sorted[0] < 0 || !(sorted[last] < Double.POSITIVE_INFINITY)) {
      double worst = sorted[0] < 0 ? sorted[0] : sorted[last];
      throw new IllegalArgumentException(
          "Invalid absMoves: " + worst + " (must be finite and not negative)");
    }
    double h = last * quantile;
    int i = (int) h;
    double fraction = h - i;
    double low = sorted[i];
    double high = sorted[Math.min(i + 1, last)];
    // From the nearer end, as numpy does: the result then never leaves the interval.
    return fraction < 0.5 ? low + (high - low) * fraction : high - (high - low) * (1 - fraction);
  }

  /**
   * The class of a move: 1 (up) if it is greater than the threshold, -1 (down) if less than minus
   * the threshold, else 0 (flat).
   *
   * @param moveBps the move, not NaN: a missing move has no class
   * @param thresholdBps not negative
   */
  public static int direction(double moveBps, double thresholdBps) {
    if (Double.isNaN(moveBps) || !(thresholdBps >= 0)) {
      throw new IllegalArgumentException(
          "Invalid move or threshold: "
              + moveBps
              + ", "
              + thresholdBps
              + " (the move must not be missing, the threshold not negative)");
    }
    if (moveBps > thresholdBps) {
      return 1;
    }
    return moveBps < -thresholdBps ? -1 : 0;
  }
}

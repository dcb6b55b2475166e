package io.depthcast.features;

import io.depthcast.book.BookBatch;
import java.util.List;

/**
 * Variance of the mid over a window from its range: with the mid O where the window begins, the mid
 * C of row n, and the highest and lowest mid H and L from O to C,
 *
 * <pre>
 *   parkinson_variance    = ln(H / L)^2 / (4 ln 2)
 *   garman_klass_variance = ln(H / L)^2 / 2 - (2 ln 2 - 1) ln(C / O)^2
 * </pre>
 *
 * <p>In bps^2 (logarithms times 10^4), not scaled to another length of time, never negative. Both
 * estimate what realized variance does where the price is a random walk without drift and without
 * jumps, seen at every moment.
 *
 * <p>O is the mid 50 rows ago for a window of {@code 50e}, and that of the last row not later than
 * the time of row n less 500 ms for {@code 500ms}. NaN where a side is empty in any row from O to
 * C. The book is all it reads, so it means the same on venues of orders, of levels and of depth
 * snapshots.
 *
 * @param window of rows or time
 */
public record RangeVolatility(Window window) implements FeatureFamily {

  private static final double LN_2 = StrictMath.log(2);

  @Override
  public int levels() {
    return 1;
  }

  @Override
  public List<Feature> produces() {
    return List.of(
        new Feature(
            "parkinson_variance_" + window, "bps^2", "ln(H / L)^2 / (4 ln 2), " + window.words()),
        new Feature(
            "garman_klass_variance_" + window,
            "bps^2",
            "ln(H / L)^2 / 2 - (2 ln 2 - 1) ln(C / O)^2, " + window.words()));
  }

  @Override
  public int warmupEvents() {
    return window.rows();
  }

  @Override
  public long warmupNanos() {
    return window.nanos();
  }

  @Override
  public String reference() {
    return "Parkinson 1980, The Extreme Value Method for Estimating the Variance of the Rate of"
        + " Return; Garman, Klass 1980, On the Estimation of Security Price Volatilities from"
        + " Historical Data, practical estimator";
  }

  @Override
  public FeatureKernel kernel() {
    return new Kernel(window);
  }

  private static final class Kernel implements FeatureKernel {

    private final WindowMax highest;
    private final WindowMax lowest;
    private final WindowStart start;
    private double[] open = {};

    Kernel(Window window) {
      highest = window.max();
      lowest = window.max();
      start = window.start();
    }

    @Override
    public void compute(BookBatch batch, double[][] out) {
      if (open.length < batch.rows) {
        open = new double[batch.capacity];
      }
      double[] high = out[0];
      double[] low = out[1];
      for (int i = 0; i < batch.rows; i++) {
        double mid = batch.mid(i);
        high[i] = mid;
        low[i] = -mid;
        open[i] = mid;
      }
      highest.slide(batch, high);
      lowest.slide(batch, low);
      start.shift(batch, open);
      for (int i = 0; i < batch.rows; i++) {
        high[i] = Math.max(high[i], open[i]);
        low[i] = Math.min(-low[i], open[i]);
      }
      logs(high, low, batch.rows);
      double[] range = high;
      double[] move = low;
      for (int i = 0; i < batch.rows; i++) {
        move[i] = batch.mid(i);
      }
      logs(move, open, batch.rows);
      for (int i = 0; i < batch.rows; i++) {
        double squaredRange = range[i] * range[i];
        double squaredMove = move[i] * move[i];
        out[0][i] = squaredRange / (4 * LN_2);
        out[1][i] = squaredRange / 2 - (2 * LN_2 - 1) * squaredMove;
      }
    }

    /**
     * Replaces prices by their logarithms against others; most rows have that of the row before.
     */
    private static void logs(double[] prices, double[] others, int rows) {
      double price = Double.NaN;
      double other = Double.NaN;
      double log = Double.NaN;
      for (int i = 0; i < rows; i++) {
        if (prices[i] != price || others[i] != other) {
          price = prices[i];
          other = others[i];
          log = MidMove.logBps(price, other);
        }
        prices[i] = log;
      }
    }
  }
}

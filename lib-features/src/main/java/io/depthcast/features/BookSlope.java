package io.depthcast.features;

import io.depthcast.book.BookBatch;
import java.util.Arrays;
import java.util.List;

/**
 * How fast depth builds up away from the mid, and where: slope and convexity of the cumulated depth
 * {@code Q_m = q_1 + ... + q_m} of a side against the distance {@code d_m = |p_m - mid| / mid *
 * 10^4} of its levels.
 *
 * <pre>
 *   book_slope     = (sum d_m Q_m) / (sum d_m^2),  m = 1 .. N
 *   book_convexity = 1 - (sum (d_m - d_(m-1)) (Q_m + Q_(m-1))) / (d_N Q_N),  d_0 = Q_0 = 0
 * </pre>
 *
 * <p>The slope is that of the least-squares line through the mid; base units a bps, positive. The
 * convexity is Gini's coefficient of the side's depth: -1 to 1, without unit; 0 where depth grows
 * evenly with distance, positive where it stands far from the mid, negative where it stands near.
 * Depth like {@code d^g} has convexity {@code (g - 1) / (g + 1)}.
 *
 * <p>NaN where level N of the side is empty, and where the other side is. The book is all it reads,
 * so it means the same on venues of orders, of levels and of depth snapshots.
 *
 * <p>Columns {@code book_slope_bid_N}, {@code book_slope_ask_N}, {@code book_convexity_bid_N} and
 * {@code book_convexity_ask_N}.
 *
 * @param levels number N of levels, 2 to 10
 */
public record BookSlope(int levels) implements FeatureFamily {

  public BookSlope {
    Ranges.check("levels", levels, 2, 10);
  }

  @Override
  public List<Feature> produces() {
    String slope = "(sum d Q) / (sum d^2) over " + levels + " levels of the ";
    String convexity = "1 - (sum (d - d') (Q + Q')) / (d_N Q_N) over " + levels + " levels of the ";
    return List.of(
        new Feature("book_slope_bid_" + levels, "base units per bps", slope + "bid"),
        new Feature("book_slope_ask_" + levels, "base units per bps", slope + "ask"),
        new Feature("book_convexity_bid_" + levels, "1", convexity + "bid"),
        new Feature("book_convexity_ask_" + levels, "1", convexity + "ask"));
  }

  @Override
  public int warmupEvents() {
    return 0;
  }

  @Override
  public String reference() {
    return "Naes, Skjeltorp 2006, Order Book Characteristics and the Volume-Volatility Relation,"
        + " slope of the book; there a mean of local elasticities of log depth, here the"
        + " least-squares line, which needs no logarithm of sizes below 1; convexity is Gini's"
        + " coefficient of the same curve";
  }

  @Override
  public FeatureKernel kernel() {
    return new Kernel(levels);
  }

  private static final class Kernel implements FeatureKernel {

    private final int levels;
    private double[] mid = {};
    private double[] bpsPerPrice = {};
    private double[] distance = {};
    private double[] depth = {};
    private double[] squares = {};

    Kernel(int levels) {
      this.levels = levels;
    }

    @Override
    public void compute(BookBatch batch, double[][] out) {
      if (distance.length < batch.rows) {
        mid = new double[batch.capacity];
        bpsPerPrice = new double[batch.capacity];
        distance = new double[batch.capacity];
        depth = new double[batch.capacity];
        squares = new double[batch.capacity];
      }
      for (int i = 0; i < batch.rows; i++) {
        mid[i] = batch.mid(i);
        bpsPerPrice[i] = 1e4 / mid[i];
      }
      side(batch.rows, batch.bidPrice, batch.bidSize, out[0], out[2]);
      side(batch.rows, batch.askPrice, batch.askSize, out[1], out[3]);
    }

    private void side(
        int rows, double[][] prices, double[][] sizes, double[] slope, double[] convexity) {
      for (double[] sums : new double[][] {distance, depth, squares, slope, convexity}) {
        Arrays.fill(sums, 0, rows, 0);
      }
      for (int level = 0; level < levels; level++) {
        double[] price = prices[level];
        double[] size = sizes[level];
        for (int i = 0; i < rows; i++) {
          double d = Math.abs(price[i] - mid[i]) * bpsPerPrice[i];
          double q = depth[i] + size[i];
          slope[i] += d * q;
          squares[i] += d * d;
          convexity[i] += (d - distance[i]) * (q + depth[i]);
          distance[i] = d;
          depth[i] = q;
        }
      }
      for (int i = 0; i < rows; i++) {
        slope[i] /= squares[i];
        convexity[i] = 1 - convexity[i] / (distance[i] * depth[i]);
      }
    }
  }
}

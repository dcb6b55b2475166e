package io.depthcast.features;

import io.depthcast.book.BookBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Size increases of the bid less those of the ask, per level, over a window:
 *
 * <pre>
 *   sum over the rows i of the window of  max(0, qb(i) - qb(i-1)) - max(0, qa(i) - qa(i-1))
 * </pre>
 *
 * <p>A simple relative of {@link OrderFlowImbalance}: sizes are compared level by level whatever
 * the prices, and decreases (cancellations, executions) do not count. A level that moves to another
 * price therefore counts by the size it has there.
 *
 * <p>In base units. NaN where the level is empty, on either side, in any row of the window or in
 * the row before it. On venues of levels an increase is net over the changes of a message, between
 * depth snapshots it is net over the time between them.
 *
 * <p>Columns {@code size_increase_imbalance_1_50e} and so on.
 *
 * @param levels levels 1 .. levels, each its own column; 1 to 10
 * @param window rows summed
 */
public record SizeIncreaseImbalance(int levels, Window window) implements FeatureFamily {

  public SizeIncreaseImbalance {
    Ranges.check("levels", levels, 1, 10);
  }

  @Override
  public List<Feature> produces() {
    List<Feature> features = new ArrayList<>();
    for (int level = 1; level <= levels; level++) {
      features.add(
          new Feature(
              "size_increase_imbalance_" + level + "_" + window,
              "base units",
              "sum over "
                  + window.words()
                  + " of max(0, change of qb) - max(0, change of qa) at level "
                  + level));
    }
    return List.copyOf(features);
  }

  @Override
  public int warmupEvents() {
    return Math.max(1, window.rows());
  }

  @Override
  public long warmupNanos() {
    return window.nanos();
  }

  @Override
  public String reference() {
    return "Cont, Kukanov, Stoikov 2014, The Price Impact of Order Book Events, e_n restricted to"
        + " positive changes of size at a level, without its branches for price moves";
  }

  @Override
  public FeatureKernel kernel() {
    return new Kernel(levels, window);
  }

  private static final class Kernel implements FeatureKernel {

    private final double[] bidBefore;
    private final double[] askBefore;
    private final WindowSum[] sums;

    Kernel(int levels, Window window) {
      bidBefore = new double[levels];
      askBefore = new double[levels];
      sums = new WindowSum[levels];
      Arrays.fill(bidBefore, Double.NaN);
      Arrays.fill(askBefore, Double.NaN);
      Arrays.setAll(sums, level -> window.sum());
    }

    @Override
    public void compute(BookBatch batch, double[][] out) {
      for (int level = 0; level < sums.length; level++) {
        double[] bid = batch.bidSize[level];
        double[] ask = batch.askSize[level];
        double[] imbalance = out[level];
        imbalance[0] = imbalance(bidBefore[level], bid[0], askBefore[level], ask[0]);
        for (int i = 1; i < batch.rows; i++) {
          imbalance[i] = imbalance(bid[i - 1], bid[i], ask[i - 1], ask[i]);
        }
        bidBefore[level] = bid[batch.rows - 1];
        askBefore[level] = ask[batch.rows - 1];
        sums[level].slide(batch, imbalance);
      }
    }

    /** Math.max gives NaN where one of the two is NaN. */
    private static double imbalance(double bidBefore, double bid, double askBefore, double ask) {
      return Math.max(0, bid - bidBefore) - Math.max(0, ask - askBefore);
    }
  }
}

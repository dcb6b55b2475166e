package io.depthcast.features;

import io.depthcast.book.BookBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Order flow imbalance: net size that arrived at the bid less net size that arrived at the ask, per
 * level, over a window.
 *
 * <p>With bid price P, ask price A and sizes q of one level before and after row n,
 *
 * <pre>
 *   e_bid(n) =  qb(n)            if P(n) &gt; P(n-1)      e_ask(n) =  qa(n)            if A(n) &lt; A(n-1)
 *               qb(n) - qb(n-1)  if P(n) = P(n-1)                  qa(n) - qa(n-1)  if A(n) = A(n-1)
 *              -qb(n-1)          if P(n) &lt; P(n-1)                 -qa(n-1)          if A(n) &gt; A(n-1)
 *
 *   ofi(n)   =  sum over the rows i of the window of  e_bid(i) - e_ask(i)
 * </pre>
 *
 * <p>In base units; not scaled by depth. NaN where the level is empty, on either side, in any row
 * of the window or in the row before it: the flow into a level that did not exist is undefined.
 *
 * <p>Columns {@code ofi_1 .. ofi_levels} for a window of one row, else {@code ofi_1_50e} and so on.
 *
 * @param levels levels 1 .. levels, each its own column; 1 to 10
 * @param window rows summed
 */
public record OrderFlowImbalance(int levels, Window window) implements FeatureFamily {

  public OrderFlowImbalance {
    Ranges.check("levels", levels, 1, 10);
  }

  @Override
  public List<Feature> produces() {
    List<Feature> features = new ArrayList<>();
    for (int level = 1; level <= levels; level++) {
      String name = "ofi_" + level + (window.rows() == 1 ? "" : "_" + window);
      String formula = "sum over " + window.words() + " of e_bid - e_ask at level " + level;
      features.add(new Feature(name, "base units", formula));
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
    return "Cont, Kukanov, Stoikov 2014, The Price Impact of Order Book Events, definition of e_n and"
        + " OFI; by level: Xu, Gould, Howison 2018, Multi-Level Order-Flow Imbalance in a"
        + " Limit Order Book";
  }

  @Override
  public FeatureKernel kernel() {
    return new Kernel(levels, window);
  }

  private static final class Kernel implements FeatureKernel {

    private final WindowSum[] sums;

    /** Bid price, bid size, ask price, ask size of the row before, by level. */
    private final double[][] before;

    Kernel(int levels, Window window) {
      sums = new WindowSum[levels];
      Arrays.setAll(sums, level -> window.sum());
      before = new double[levels][4];
      for (double[] level : before) {
        Arrays.fill(level, Double.NaN);
      }
    }

    @Override
    public void compute(BookBatch batch, double[][] out) {
      for (int level = 0; level < sums.length; level++) {
        flows(batch, level, before[level], out[level]);
        sums[level].slide(batch, out[level]);
      }
    }

    private static void flows(BookBatch batch, int level, double[] before, double[] out) {
      double[] bidPrice = batch.bidPrice[level];
      double[] bidSize = batch.bidSize[level];
      double[] askPrice = batch.askPrice[level];
      double[] askSize = batch.askSize[level];
      out[0] =
          flow(before[0], before[1], bidPrice[0], bidSize[0])
              - flow(-before[2], before[3], -askPrice[0], askSize[0]);
      for (int i = 1; i < batch.rows; i++) {
        out[i] =
            flow(bidPrice[i - 1], bidSize[i - 1], bidPrice[i], bidSize[i])
                - flow(-askPrice[i - 1], askSize[i - 1], -askPrice[i], askSize[i]);
      }
      int last = batch.rows - 1;
      before[0] = bidPrice[last];
      before[1] = bidSize[last];
      before[2] = askPrice[last];
      before[3] = askSize[last];
    }

    /** e_bid; with both prices negated, e_ask. NaN where a price is missing. */
    private static double flow(double priceBefore, double sizeBefore, double price, double size) {
      if (price == priceBefore) {
        return size - sizeBefore;
      }
      if (price > priceBefore) {
        return size;
      }
      return price < priceBefore ? -sizeBefore : Double.NaN;
    }
  }
}

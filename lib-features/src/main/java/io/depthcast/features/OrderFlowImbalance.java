package io.depthcast.features;

import io.depthcast.book.BookBatch;
import io.depthcast.book.Side;
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

    private final SideFlow[] bids;
    private final SideFlow[] asks;
    private final WindowSum[] sums;
    private double[] askFlow = {};

    Kernel(int levels, Window window) {
      bids = new SideFlow[levels];
      asks = new SideFlow[levels];
      sums = new WindowSum[levels];
      Arrays.setAll(bids, level -> new SideFlow(Side.BID, level));
      Arrays.setAll(asks, level -> new SideFlow(Side.ASK, level));
      Arrays.setAll(sums, level -> window.sum());
    }

    @Override
    public void compute(BookBatch batch, double[][] out) {
      if (askFlow.length < batch.rows) {
        askFlow = new double[batch.capacity];
      }
      for (int level = 0; level < sums.length; level++) {
        double[] flow = out[level];
        bids[level].compute(batch, flow);
        asks[level].compute(batch, askFlow);
        for (int i = 0; i < batch.rows; i++) {
          flow[i] -= askFlow[i];
        }
        sums[level].slide(batch, flow);
      }
    }
  }
}

package io.depthcast.features;

import io.depthcast.book.BookBatch;
import java.util.ArrayList;
import java.util.List;

/**
 * Multi-level order flow imbalance in units of the depth: {@link OrderFlowImbalance} of each level
 * over the average depth of the levels in the same window,
 *
 * <pre>
 *   ofi_m(n) / Q(n),   Q(n) = mean over the rows of the window of  (1 / 2M) sum (qb_m + qa_m),  m = 1 .. M
 * </pre>
 *
 * <p>Without unit: 1 is a net flow of one average level. It makes flows of other days, symbols and
 * depths comparable; the slope of price on flow goes with 1/depth (Cont, Kukanov, Stoikov).
 *
 * <p>NaN where the flow is. An empty level adds no depth. Meant alike on venues of orders, of
 * levels and of depth snapshots, where a row's flow is net over its changes.
 *
 * <p>Columns {@code scaled_ofi_1_50e .. scaled_ofi_levels_50e}.
 *
 * @param levels M, the levels that are averaged and that have a column each; 1 to 10
 * @param window rows summed and averaged
 */
public record DepthScaledOrderFlow(int levels, Window window) implements FeatureFamily {

  public DepthScaledOrderFlow {
    Ranges.check("levels", levels, 1, 10);
  }

  @Override
  public List<Feature> produces() {
    List<Feature> features = new ArrayList<>();
    for (int level = 1; level <= levels; level++) {
      String formula =
          "sum over "
              + window.words()
              + " of e_bid - e_ask at level "
              + level
              + ", over the mean size of levels 1 to "
              + levels;
      features.add(new Feature("scaled_ofi_" + level + "_" + window, "1", formula));
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
    return "Cont, Cucuringu, Zhang 2023, Cross-Impact of Order Flow Imbalance in Equity Markets,"
        + " deeper-level OFI scaled by average depth; the reason: Cont, Kukanov, Stoikov 2014, The"
        + " Price Impact of Order Book Events, slope and depth";
  }

  @Override
  public FeatureKernel kernel() {
    return new Kernel(levels, window);
  }

  private static final class Kernel implements FeatureKernel {

    private final int levels;
    private final FeatureKernel flows;
    private final WindowSum depths;
    private final WindowSum counts;
    private double[] depth = {};
    private double[] count = {};

    Kernel(int levels, Window window) {
      this.levels = levels;
      flows = new OrderFlowImbalance(levels, window).kernel();
      depths = window.sum();
      counts = window.sum();
    }

    @Override
    public void compute(BookBatch batch, double[][] out) {
      flows.compute(batch, out);
      averageDepth(batch);
      for (int level = 0; level < levels; level++) {
        for (int i = 0; i < batch.rows; i++) {
          out[level][i] /= depth[i];
        }
      }
    }

    private void averageDepth(BookBatch batch) {
      if (depth.length < batch.rows) {
        depth = new double[batch.capacity];
        count = new double[batch.capacity];
      }
      for (int i = 0; i < batch.rows; i++) {
        depth[i] = levels > batch.known ? Double.NaN : 0;
        count[i] = 2.0 * levels;
      }
      for (int level = 0; level < levels; level++) {
        double[] bid = batch.bidSize[level];
        double[] ask = batch.askSize[level];
        for (int i = 0; i < batch.rows; i++) {
          depth[i] += sizeOf(bid[i]) + sizeOf(ask[i]);
        }
      }
      depths.slide(batch, depth);
      counts.slide(batch, count);
      for (int i = 0; i < batch.rows; i++) {
        depth[i] /= count[i];
      }
    }

    private static double sizeOf(double level) {
      return Double.isNaN(level) ? 0 : level;
    }
  }
}

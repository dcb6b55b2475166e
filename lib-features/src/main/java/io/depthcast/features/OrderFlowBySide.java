package io.depthcast.features;

import io.depthcast.book.BookBatch;
import io.depthcast.book.Side;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Order flow of the bid and of the ask apart, per level, over a window: the sums of e_bid and of
 * e_ask of {@link OrderFlowImbalance}, whose difference is the imbalance. With 10 levels these are
 * the 20 numbers of Kolm, Turiel and Westray's models.
 *
 * <p>In base units; positive where size arrived, negative where it left. NaN where the level of the
 * side is empty in any row of the window or in the row before it. On venues of levels a row's flow
 * is net over the changes of its message, between depth snapshots it is net over the time between
 * them.
 *
 * <p>Columns {@code bid_order_flow_1_50e .. bid_order_flow_levels_50e}, then those of the ask.
 *
 * @param levels levels 1 .. levels; 1 to 10
 * @param window rows summed
 */
public record OrderFlowBySide(int levels, Window window) implements FeatureFamily {

  public OrderFlowBySide {
    Ranges.check("levels", levels, 1, 10);
  }

  @Override
  public List<Feature> produces() {
    List<Feature> features = new ArrayList<>();
    for (Side side : Side.values()) {
      for (int level = 1; level <= levels; level++) {
        features.add(
            new Feature(
                side.column() + "_order_flow_" + level + "_" + window,
                "base units",
                "sum over " + window.words() + " of e_" + side.column() + " at level " + level));
      }
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
    return "Kolm, Turiel, Westray 2023, Deep Order Flow Imbalance, definition of bOF and aOF (there"
        + " of one row)";
  }

  @Override
  public FeatureKernel kernel() {
    return new Kernel(levels, window);
  }

  private static final class Kernel implements FeatureKernel {

    private final SideFlow[] flows;
    private final WindowSum[] sums;

    Kernel(int levels, Window window) {
      flows = new SideFlow[2 * levels];
      sums = new WindowSum[2 * levels];
      Arrays.setAll(
          flows, c -> c < levels ? new SideFlow(Side.BID, c) : new SideFlow(Side.ASK, c - levels));
      Arrays.setAll(sums, c -> window.sum());
    }

    @Override
    public void compute(BookBatch batch, double[][] out) {
      for (int c = 0; c < flows.length; c++) {
        flows[c].compute(batch, out[c]);
        sums[c].slide(batch, out[c]);
      }
    }
  }
}

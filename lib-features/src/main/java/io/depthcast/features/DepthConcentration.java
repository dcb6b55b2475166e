package io.depthcast.features;

import io.depthcast.book.BookBatch;
import java.util.Arrays;
import java.util.List;

/**
 * How much of a side's depth stands together: with sizes {@code q_1 .. q_N} and their sum {@code
 * Q},
 *
 * <pre>
 *   depth_share_1     = q_1 / Q
 *   depth_herfindahl  = (sum q_m^2) / Q^2
 * </pre>
 *
 * <p>Without unit. The first is above 0; the second at least 1 / N, for equal sizes; both reach 1
 * where all stands at the best level. An empty level adds nothing; NaN where the side is empty. The
 * book is all it reads, so it means the same on venues of orders, of levels and of depth snapshots.
 *
 * <p>Columns {@code depth_share_1_bid_N}, {@code depth_share_1_ask_N}, {@code
 * depth_herfindahl_bid_N} and {@code depth_herfindahl_ask_N}.
 *
 * @param levels number N of levels, 2 to 10
 */
public record DepthConcentration(int levels) implements FeatureFamily {

  public DepthConcentration {
    Ranges.check("levels", levels, 2, 10);
  }

  @Override
  public List<Feature> produces() {
    String share = "q_1 / sum q over " + levels + " levels of the ";
    String herfindahl = "sum q^2 / (sum q)^2 over " + levels + " levels of the ";
    return List.of(
        new Feature("depth_share_1_bid_" + levels, "1", share + "bid"),
        new Feature("depth_share_1_ask_" + levels, "1", share + "ask"),
        new Feature("depth_herfindahl_bid_" + levels, "1", herfindahl + "bid"),
        new Feature("depth_herfindahl_ask_" + levels, "1", herfindahl + "ask"));
  }

  @Override
  public int warmupEvents() {
    return 0;
  }

  @Override
  public String reference() {
    return "Hirschman 1964, The Paternity of an Index, the index of Herfindahl and Hirschman; of"
        + " the sizes of a side's levels";
  }

  @Override
  public FeatureKernel kernel() {
    return (batch, out) -> {
      compute(batch.bidSize, batch, out[0], out[2]);
      compute(batch.askSize, batch, out[1], out[3]);
    };
  }

  /** Holds the depth in `share` until the squares are summed. */
  private void compute(double[][] sizes, BookBatch batch, double[] share, double[] herfindahl) {
    int rows = batch.rows;
    Depth.sum(sizes, levels, batch, share);
    Arrays.fill(herfindahl, 0, rows, 0);
    for (int level = 0; level < levels; level++) {
      double[] size = sizes[level];
      for (int i = 0; i < rows; i++) {
        herfindahl[i] += Double.isNaN(size[i]) ? 0 : size[i] * size[i];
      }
    }
    double[] best = sizes[0];
    for (int i = 0; i < rows; i++) {
      herfindahl[i] /= share[i] * share[i];
      share[i] = best[i] / share[i];
    }
  }
}

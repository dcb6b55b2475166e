package io.depthcast.features;

import io.depthcast.book.BookBatch;
import java.util.Arrays;
import java.util.List;

/**
 * Size that stands at the top N levels of each side, {@code depth_bid_N} and {@code depth_ask_N};
 * base units.
 *
 * <p>An empty level adds nothing, and an empty side has a depth of 0. The book is all it reads, so
 * it means the same on venues of orders, of levels and of depth snapshots.
 *
 * @param levels number N of levels, 1 to 10
 */
public record Depth(int levels) implements FeatureFamily {

  public Depth {
    Ranges.check("levels", levels, 1, 10);
  }

  @Override
  public List<Feature> produces() {
    return List.of(
        new Feature("depth_bid_" + levels, "base units", "sum qb over levels 1 to " + levels),
        new Feature("depth_ask_" + levels, "base units", "sum qa over levels 1 to " + levels));
  }

  @Override
  public int warmupEvents() {
    return 0;
  }

  @Override
  public String reference() {
    return "Gould et al. 2013, Limit Order Books, definition of the depth available, summed over"
        + " levels";
  }

  @Override
  public FeatureKernel kernel() {
    return (batch, out) -> {
      sum(batch.bidSize, levels, batch, out[0]);
      sum(batch.askSize, levels, batch, out[1]);
    };
  }

  /** The size of the top levels of a side, row by row; NaN where not all are known. */
  static void sum(double[][] sizes, int levels, BookBatch batch, double[] depth) {
    int rows = batch.rows;
    Arrays.fill(depth, 0, rows, levels > batch.known ? Double.NaN : 0);
    for (int level = 0; level < levels; level++) {
      double[] size = sizes[level];
      for (int i = 0; i < rows; i++) {
        depth[i] += Double.isNaN(size[i]) ? 0 : size[i];
      }
    }
  }
}

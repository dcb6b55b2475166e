package io.depthcast.features;

import io.depthcast.book.BookBatch;
import java.util.ArrayList;
import java.util.List;

/**
 * Distance from each level to the next one of its side, {@code level_gap_bid_m_bps = (p_m -
 * p_(m+1)) / mid * 10^4} and {@code level_gap_ask_m_bps = (p_(m+1) - p_m) / mid * 10^4}, m = 1 ..
 * levels - 1.
 *
 * <p>In bps, positive. NaN where either level is empty, and where a side is. The book is all it
 * reads, so it means the same on venues of orders, of levels and of depth snapshots.
 *
 * @param levels levels between which the distances are, 2 to 10
 */
public record LevelGaps(int levels) implements FeatureFamily {

  public LevelGaps {
    Ranges.check("levels", levels, 2, 10);
  }

  @Override
  public List<Feature> produces() {
    List<Feature> features = new ArrayList<>();
    for (String side : List.of("bid", "ask")) {
      for (int level = 1; level < levels; level++) {
        features.add(
            new Feature(
                "level_gap_" + side + "_" + level + "_bps",
                "bps",
                "|" + side + "_" + level + " - " + side + "_" + (level + 1) + "| / mid * 1e4"));
      }
    }
    return List.copyOf(features);
  }

  @Override
  public int warmupEvents() {
    return 0;
  }

  @Override
  public String reference() {
    return "Farmer, Gillemot, Lillo, Mike, Sen 2004, What Really Causes Large Price Changes?, gaps"
        + " between occupied levels";
  }

  @Override
  public FeatureKernel kernel() {
    return this::compute;
  }

  private void compute(BookBatch batch, double[][] out) {
    for (int level = 0; level < levels - 1; level++) {
      gaps(batch, batch.bidPrice[level], batch.bidPrice[level + 1], out[level]);
      gaps(batch, batch.askPrice[level + 1], batch.askPrice[level], out[levels - 1 + level]);
    }
  }

  private static void gaps(BookBatch batch, double[] higher, double[] lower, double[] gapBps) {
    for (int i = 0; i < batch.rows; i++) {
      gapBps[i] = (higher[i] - lower[i]) / batch.mid(i) * 1e4;
    }
  }
}

package io.depthcast.features;

import io.depthcast.book.BookBatch;
import java.util.ArrayList;
import java.util.List;

/**
 * Imbalance of the depth cumulated over the top N levels, {@code depth_imbalance_N} for N = 2 ..
 * levels:
 *
 * <pre>
 *   (sum qb_m - sum qa_m) / (sum qb_m + sum qa_m),  m = 1 .. N
 * </pre>
 *
 * <p>-1 (only asks) to 1 (only bids), without unit. N = 1 is {@link QueueImbalance}.
 *
 * <p>An empty level adds nothing: where the book ends above level N, its depth to level N is what
 * stands there. NaN only where both sides are empty.
 *
 * @param levels largest N; 2 to 10
 */
public record DepthImbalance(int levels) implements FeatureFamily {

  public DepthImbalance {
    Ranges.check("levels", levels, 2, 10);
  }

  @Override
  public List<Feature> produces() {
    List<Feature> features = new ArrayList<>();
    for (int n = 2; n <= levels; n++) {
      features.add(
          new Feature(
              "depth_imbalance_" + n,
              "1",
              "(sum qb - sum qa) / (sum qb + sum qa) over levels 1 to " + n));
    }
    return List.copyOf(features);
  }

  @Override
  public int warmupEvents() {
    return 0;
  }

  @Override
  public String reference() {
    return "Gould, Bonart 2016, Queue Imbalance as a One-Tick-Ahead Price Predictor;"
        + " there for level 1";
  }

  @Override
  public FeatureKernel kernel() {
    return new Kernel(levels);
  }

  private static final class Kernel implements FeatureKernel {

    private final int levels;
    private double[] bidDepth = {};
    private double[] askDepth = {};

    Kernel(int levels) {
      this.levels = levels;
    }

    @Override
    public void compute(BookBatch batch, double[][] out) {
      if (bidDepth.length < batch.rows) {
        bidDepth = new double[batch.capacity];
        askDepth = new double[batch.capacity];
      }
      for (int i = 0; i < batch.rows; i++) {
        bidDepth[i] = depth(batch.bidSize[0][i]);
        askDepth[i] = depth(batch.askSize[0][i]);
      }
      for (int level = 1; level < levels; level++) {
        double[] bid = batch.bidSize[level];
        double[] ask = batch.askSize[level];
        double[] imbalance = out[level - 1];
        for (int i = 0; i < batch.rows; i++) {
          bidDepth[i] += level < batch.known ? depth(bid[i]) : Double.NaN;
          askDepth[i] += level < batch.known ? depth(ask[i]) : Double.NaN;
          imbalance[i] = (bidDepth[i] - askDepth[i]) / (bidDepth[i] + askDepth[i]);
        }
      }
    }

    private static double depth(double size) {
      return Double.isNaN(size) ? 0 : size;
    }
  }
}

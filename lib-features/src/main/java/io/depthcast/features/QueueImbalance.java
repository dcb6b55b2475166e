package io.depthcast.features;

import io.depthcast.book.BookBatch;
import java.util.ArrayList;
import java.util.List;

/**
 * Queue imbalance of each level: {@code queue_imbalance_m = (qb - qa) / (qb + qa)} with the bid and
 * ask sizes qb and qa of level m; -1 (only ask) to 1 (only bid), without unit.
 *
 * <p>It compares two queues, so it is NaN where level m is empty on either side.
 *
 * @param levels levels 1 .. levels, each its own column; 1 to 10
 */
public record QueueImbalance(int levels) implements FeatureFamily {

  public QueueImbalance {
    Ranges.check("levels", levels, 1, 10);
  }

  @Override
  public List<Feature> produces() {
    List<Feature> features = new ArrayList<>();
    for (int level = 1; level <= levels; level++) {
      features.add(
          new Feature("queue_imbalance_" + level, "1", "(qb - qa) / (qb + qa) at level " + level));
    }
    return List.copyOf(features);
  }

  @Override
  public int warmupEvents() {
    return 0;
  }

  @Override
  public String reference() {
    return "Gould, Bonart 2016, Queue Imbalance as a One-Tick-Ahead Price Predictor";
  }

  @Override
  public FeatureKernel kernel() {
    return this::compute;
  }

  private void compute(BookBatch batch, double[][] out) {
    for (int level = 0; level < levels; level++) {
      double[] bid = batch.bidSize[level];
      double[] ask = batch.askSize[level];
      double[] imbalance = out[level];
      for (int i = 0; i < batch.rows; i++) {
        imbalance[i] = (bid[i] - ask[i]) / (bid[i] + ask[i]);
      }
    }
  }
}

package io.depthcast.features;

import io.depthcast.book.BookBatch;
import java.util.ArrayList;
import java.util.List;

/**
 * The book itself, level by level: {@code ask_distance_m_bps = (ask_m - mid) / mid * 10^4}, {@code
 * ask_size_m}, {@code bid_distance_m_bps = (bid_m - mid) / mid * 10^4}, {@code bid_size_m}, m = 1
 * .. levels, in this order: the input of the published networks.
 *
 * <p>These take prices as they are; here they are measured from the mid, positive for asks and
 * negative for bids, so that a network does not learn the price of a day or of an instrument. Sizes
 * are in base units. NaN where the level is empty, and distances also where a side is. The book is
 * all it reads, so it means the same on venues of orders, of levels and of depth snapshots.
 *
 * @param levels levels a side, 1 to 10
 */
public record BookLevels(int levels) implements FeatureFamily {

  public BookLevels {
    Ranges.check("levels", levels, 1, 10);
  }

  @Override
  public List<Feature> produces() {
    List<Feature> features = new ArrayList<>();
    for (int level = 1; level <= levels; level++) {
      for (String side : List.of("ask", "bid")) {
        features.add(
            new Feature(
                side + "_distance_" + level + "_bps",
                "bps",
                "(" + side + "_" + level + " - mid) / mid * 1e4"));
        features.add(
            new Feature(
                side + "_size_" + level,
                "base units",
                "q" + side.charAt(0) + " at level " + level));
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
    return "Zhang, Zohren, Roberts 2019, DeepLOB: Deep Convolutional Neural Networks for Limit Order"
        + " Books, order of the input as in FI-2010, prices measured from the mid";
  }

  @Override
  public FeatureKernel kernel() {
    return this::compute;
  }

  private void compute(BookBatch batch, double[][] out) {
    for (int level = 0; level < levels; level++) {
      int column = 4 * level;
      distances(batch, batch.askPrice[level], out[column]);
      System.arraycopy(batch.askSize[level], 0, out[column + 1], 0, batch.rows);
      distances(batch, batch.bidPrice[level], out[column + 2]);
      System.arraycopy(batch.bidSize[level], 0, out[column + 3], 0, batch.rows);
    }
  }

  private static void distances(BookBatch batch, double[] price, double[] distanceBps) {
    for (int i = 0; i < batch.rows; i++) {
      double mid = batch.mid(i);
      distanceBps[i] = (price[i] - mid) / mid * 1e4;
    }
  }
}

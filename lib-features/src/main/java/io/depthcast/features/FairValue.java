package io.depthcast.features;

import io.depthcast.book.BookBatch;
import java.util.List;

/**
 * Fair value weighted by depth: the mean price of a size on each side of the book, and their mid.
 *
 * <pre>
 *   vwap_bid   = mean price of selling `size` into the bids, best first
 *   vwap_ask   = mean price of buying `size` from the asks, best first
 *   fair_value = (vwap_bid + vwap_ask) / 2
 *   fair_value_deviation_bps = (fair_value - mid) / mid * 10^4
 * </pre>
 *
 * <p>Quote currency and bps. A book that is thin on the ask has a fair value above its mid. NaN
 * where a side's levels hold less than the size. The book is all it reads, so it means the same on
 * venues of orders, of levels and of depth snapshots.
 *
 * <p>Columns end in the size, {@code fair_value_200}; a decimal point is written {@code p}, {@code
 * fair_value_0p5}.
 *
 * @param levels levels a side that are walked, 1 to 10
 * @param size size on each side, base units, positive
 */
public record FairValue(int levels, double size) implements FeatureFamily {

  public FairValue {
    Ranges.check("levels", levels, 1, 10);
    Ranges.checkPositive("size", size);
  }

  @Override
  public List<Feature> produces() {
    String number = ColumnNumber.of(size);
    String walk = " of " + number + " over " + levels + " levels";
    return List.of(
        new Feature("vwap_bid_" + number, "quote currency", "mean bid price" + walk),
        new Feature("vwap_ask_" + number, "quote currency", "mean ask price" + walk),
        new Feature("fair_value_" + number, "quote currency", "(vwap_bid + vwap_ask) / 2"),
        new Feature("fair_value_deviation_bps_" + number, "bps", "(fair_value - mid) / mid * 1e4"));
  }

  @Override
  public int warmupEvents() {
    return 0;
  }

  @Override
  public boolean mayBeUndefined() {
    return true;
  }

  @Override
  public String reference() {
    return "Cao, Hansch, Wang 2009, The Information Content of an Open Limit-Order Book, weighted"
        + " price of the book; there over levels, here to a size";
  }

  @Override
  public FeatureKernel kernel() {
    BookWalk walk = new BookWalk(levels, size);
    return (batch, out) -> compute(batch, walk, out);
  }

  private static void compute(BookBatch batch, BookWalk walk, double[][] out) {
    double[] bid = out[0];
    double[] ask = out[1];
    double[] fair = out[2];
    double[] deviationBps = out[3];
    walk.bids(batch, bid);
    walk.asks(batch, ask);
    for (int i = 0; i < batch.rows; i++) {
      double mid = batch.mid(i);
      fair[i] = (bid[i] + ask[i]) / 2;
      deviationBps[i] = (fair[i] - mid) / mid * 1e4;
    }
  }
}

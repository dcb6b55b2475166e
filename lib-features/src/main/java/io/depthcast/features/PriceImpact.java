package io.depthcast.features;

import io.depthcast.book.BookBatch;
import java.util.List;

/**
 * What taking a size from the visible book costs against the mid:
 *
 * <pre>
 *   impact_buy_bps  = (mean ask price of the size - mid) / mid * 10^4
 *   impact_sell_bps = (mid - mean bid price of the size) / mid * 10^4
 * </pre>
 *
 * <p>In bps, positive; half the spread in bps where the best level holds the size. It is the price
 * of an order that meets the book as it stands, without hidden size and without what others do
 * next. NaN where the side's levels hold less than the size, or the other side is empty. The book
 * is all it reads, so it means the same on venues of orders, of levels and of depth snapshots.
 *
 * <p>Columns end in the size, {@code impact_buy_bps_200}; a decimal point is written {@code p},
 * {@code impact_buy_bps_0p5}.
 *
 * @param levels levels a side that are walked, 1 to 10
 * @param size size of the order, base units, positive
 */
public record PriceImpact(int levels, double size) implements FeatureFamily {

  public PriceImpact {
    Ranges.check("levels", levels, 1, 10);
    Ranges.checkPositive("size", size);
  }

  @Override
  public List<Feature> produces() {
    String number = ColumnNumber.of(size);
    String walk = " of " + number + " over " + levels + " levels";
    return List.of(
        new Feature(
            "impact_buy_bps_" + number, "bps", "(mean ask price" + walk + " - mid) / mid * 1e4"),
        new Feature(
            "impact_sell_bps_" + number, "bps", "(mid - mean bid price" + walk + ") / mid * 1e4"));
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
    return "Irvine, Benston, Kandel 2000, Liquidity Beyond the Inside Spread, cost of round trip;"
        + " here each way alone";
  }

  @Override
  public FeatureKernel kernel() {
    BookWalk walk = new BookWalk(levels, size);
    return (batch, out) -> compute(batch, walk, out);
  }

  private static void compute(BookBatch batch, BookWalk walk, double[][] out) {
    double[] buyBps = out[0];
    double[] sellBps = out[1];
    walk.asks(batch, buyBps);
    walk.bids(batch, sellBps);
    for (int i = 0; i < batch.rows; i++) {
      double mid = batch.mid(i);
      buyBps[i] = (buyBps[i] - mid) / mid * 1e4;
      sellBps[i] = (mid - sellBps[i]) / mid * 1e4;
    }
  }
}

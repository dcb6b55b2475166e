package io.depthcast.features;

import io.depthcast.book.BookBatch;
import io.depthcast.book.Side;

/**
 * Net size that arrived at one side of one level of the book, from each row to the next: e_bid or
 * e_ask of {@link OrderFlowImbalance}. NaN where the level is empty before or after, and in the
 * first row.
 */
final class SideFlow {

  private final boolean isBid;
  private final int level;
  private double priceBefore = Double.NaN;
  private double sizeBefore = Double.NaN;

  /**
   * @param level 0 is the best
   */
  SideFlow(Side side, int level) {
    isBid = side == Side.BID;
    this.level = level;
  }

  /** Overwrites the first {@code batch.rows} values. */
  void compute(BookBatch batch, double[] out) {
    double[] price = isBid ? batch.bidPrice[level] : batch.askPrice[level];
    double[] size = isBid ? batch.bidSize[level] : batch.askSize[level];
    double better = isBid ? 1 : -1;
    out[0] = flow(better * priceBefore, sizeBefore, better * price[0], size[0]);
    for (int i = 1; i < batch.rows; i++) {
      out[i] = flow(better * price[i - 1], size[i - 1], better * price[i], size[i]);
    }
    priceBefore = price[batch.rows - 1];
    sizeBefore = size[batch.rows - 1];
  }

  private static double flow(double priceBefore, double sizeBefore, double price, double size) {
    if (price == priceBefore) {
      return size - sizeBefore;
    }
    if (price > priceBefore) {
      return size;
    }
    return price < priceBefore ? -sizeBefore : Double.NaN;
  }
}

package io.depthcast.features;

import io.depthcast.book.BookBatch;
import java.util.Arrays;

/**
 * The mean price of a size taken from one side of the book, level by level from the best:
 *
 * <pre>
 *   vwap = (sum t_m p_m) / size,   t_m = min(q_m, size - t_1 - ... - t_(m-1)),  m = 1 .. levels
 * </pre>
 *
 * <p>NaN where the levels do not hold the size.
 */
final class BookWalk {

  private final int levels;
  private final double size;
  private double[] rest = {};

  BookWalk(int levels, double size) {
    this.levels = levels;
    this.size = size;
  }

  void bids(BookBatch batch, double[] vwap) {
    walk(batch, batch.bidPrice, batch.bidSize, vwap);
  }

  void asks(BookBatch batch, double[] vwap) {
    walk(batch, batch.askPrice, batch.askSize, vwap);
  }

  private void walk(BookBatch batch, double[][] prices, double[][] sizes, double[] vwap) {
    if (rest.length < batch.rows) {
      rest = new double[batch.capacity];
    }
    Arrays.fill(rest, 0, batch.rows, size);
    Arrays.fill(vwap, 0, batch.rows, 0);
    for (int level = 0; level < levels; level++) {
      double[] price = prices[level];
      double[] offered = sizes[level];
      for (int i = 0; i < batch.rows; i++) {
        // not taken where nothing is left to take, and where the level is empty
        if (rest[i] > 0 && offered[i] > 0) {
          double taken = Math.min(rest[i], offered[i]);
          vwap[i] += taken * price[i];
          rest[i] -= taken;
        }
      }
    }
    for (int i = 0; i < batch.rows; i++) {
      vwap[i] = rest[i] > 0 ? Double.NaN : vwap[i] / size;
    }
  }
}

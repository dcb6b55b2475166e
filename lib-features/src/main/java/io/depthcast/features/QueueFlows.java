package io.depthcast.features;

import io.depthcast.book.BookBatch;
import io.depthcast.book.EventType;
import io.depthcast.book.Side;
import java.util.Arrays;

/**
 * What arrived at the levels of one side, what was withdrawn and what was executed, summed over a
 * window, in base units. {@link QueueRates} says how it is told.
 */
final class QueueFlows {

  private static final byte TRADE = (byte) EventType.TRADE.ordinal();
  private static final byte SNAPSHOT = (byte) EventType.SNAPSHOT.ordinal();

  private final int levels;

  /** Levels that are read and known; flows at the others are NaN. */
  private int seen;

  private final boolean isBid;
  private final byte side;

  /** A larger price is better by this: 1 for bids, -1 for asks. */
  private final double better;

  private final WindowSum[] arrivedSums;
  private final WindowSum[] decreasedSums;
  private final WindowSum[] executedSums;

  /** The book of the row before the batch, by level; its only row is row 0. */
  private final double[][] lastPrice;

  private final double[][] lastSize;

  QueueFlows(Side side, int levels, Window window) {
    this.levels = levels;
    this.side = (byte) side.ordinal();
    isBid = side == Side.BID;
    better = isBid ? 1 : -1;
    arrivedSums = sums(levels, window);
    decreasedSums = sums(levels, window);
    executedSums = sums(levels, window);
    lastPrice = new double[levels][1];
    lastSize = new double[levels][1];
    for (int level = 0; level < levels; level++) {
      lastPrice[level][0] = Double.NaN;
      lastSize[level][0] = Double.NaN;
    }
  }

  private static WindowSum[] sums(int levels, Window window) {
    WindowSum[] sums = new WindowSum[levels];
    Arrays.setAll(sums, level -> window.sum());
    return sums;
  }

  /** Overwrites the first {@code batch.rows} values of each level's array. */
  void compute(BookBatch batch, double[][] arrived, double[][] cancelled, double[][] executed) {
    double[][] price = isBid ? batch.bidPrice : batch.askPrice;
    double[][] size = isBid ? batch.bidSize : batch.askSize;
    seen = Math.min(levels, batch.known);
    for (int level = 0; level < levels; level++) {
      double none = level < seen ? 0 : Double.NaN;
      Arrays.fill(arrived[level], 0, batch.rows, none);
      Arrays.fill(cancelled[level], 0, batch.rows, none);
      Arrays.fill(executed[level], 0, batch.rows, none);
    }
    trades(batch, 0, lastPrice, 0, executed);
    changes(batch, 0, lastPrice, lastSize, 0, arrived, cancelled);
    for (int i = 1; i < batch.rows; i++) {
      trades(batch, i, price, i - 1, executed);
      changes(batch, i, price, size, i - 1, arrived, cancelled);
    }
    for (int level = 0; level < levels; level++) {
      lastPrice[level][0] = price[level][batch.rows - 1];
      lastSize[level][0] = size[level][batch.rows - 1];
      arrivedSums[level].slide(batch, arrived[level]);
      decreasedSums[level].slide(batch, cancelled[level]);
      executedSums[level].slide(batch, executed[level]);
      split(batch.rows, arrived[level], cancelled[level], executed[level]);
    }
  }

  /** Adds the row's trade to the level that its price had in the book before. */
  private void trades(
      BookBatch batch, int row, double[][] priceBefore, int rowBefore, double[][] executed) {
    if (batch.eventType[row] != TRADE || batch.side[row] != side) {
      return;
    }
    double key = better * batch.price[row];
    int level = 0;
    while (level < seen && better * priceBefore[level][rowBefore] > key) {
      level++;
    }
    if (level < seen) {
      executed[level][row] = batch.size[row];
    }
  }

  /**
   * Adds what the sizes rose to the levels of the book after, and what they fell to those of the
   * book before, price by price from the best on, as far down as both books can be seen. A level
   * that is NaN is the end of the book, below which nothing rests.
   */
  private void changes(
      BookBatch batch,
      int row,
      double[][] priceBefore,
      double[][] sizeBefore,
      int rowBefore,
      double[][] risen,
      double[][] fallen) {
    if (batch.eventType[row] == SNAPSHOT) {
      return;
    }
    double[][] price = isBid ? batch.bidPrice : batch.askPrice;
    double[][] size = isBid ? batch.bidSize : batch.askSize;
    int before = 0;
    int after = 0;
    while (before < seen && after < seen) {
      double keyBefore = better * priceBefore[before][rowBefore];
      double key = better * price[after][row];
      if (keyBefore == key) {
        double change = size[after][row] - sizeBefore[before][rowBefore];
        if (change > 0) {
          risen[after][row] += change;
        } else {
          fallen[before][row] -= change;
        }
        before++;
        after++;
      } else if (key > keyBefore || (Double.isNaN(keyBefore) && !Double.isNaN(key))) {
        risen[after][row] += size[after][row];
        after++;
      } else if (!Double.isNaN(keyBefore)) {
        fallen[before][row] += sizeBefore[before][rowBefore];
        before++;
      } else {
        return;
      }
    }
  }

  /** What fell and was not executed was withdrawn; what was executed and did not fall had come. */
  private static void split(
      int rows, double[] arrived, double[] fallenToCancelled, double[] executed) {
    for (int i = 0; i < rows; i++) {
      double unexplained = fallenToCancelled[i] - executed[i];
      fallenToCancelled[i] = Math.max(0, unexplained);
      arrived[i] += Math.max(0, -unexplained);
    }
  }
}

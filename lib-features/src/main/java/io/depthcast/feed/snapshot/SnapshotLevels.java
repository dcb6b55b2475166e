package io.depthcast.feed.snapshot;

import io.depthcast.book.BookBatch;
import io.depthcast.book.Side;

/** The levels of one row, checked. */
final class SnapshotLevels {

  private final int levels;
  private final SnapshotUnits units;

  // By side, then level; NaN where empty.
  private final double[][] price;
  private final double[][] size;

  SnapshotLevels(SnapshotSource source) {
    levels = source.columns().levels();
    units = source.units();
    price = new double[Side.values().length][levels];
    size = new double[Side.values().length][levels];
  }

  /** Reads the numbers of a row; answers what is wrong with them, null if nothing is. */
  String read(double[] numbers) {
    String fault = null;
    for (Side side : Side.values()) {
      boolean emptyAbove = false;
      for (int level = 0; fault == null && level < levels; level++) {
        int column = 2 * (side.ordinal() * levels + level);
        fault = read(side, level, numbers[column], numbers[column + 1], emptyAbove);
        emptyAbove = Double.isNaN(price[side.ordinal()][level]);
      }
    }
    return fault;
  }

  private String read(
      Side side, int level, double givenPrice, double givenSize, boolean emptyAbove) {
    double[] prices = price[side.ordinal()];
    double[] sizes = size[side.ordinal()];
    if (units.isEmpty(givenPrice, givenSize)) {
      prices[level] = Double.NaN;
      sizes[level] = Double.NaN;
      return null;
    }
    double levelPrice = units.price(givenPrice);
    double levelSize = units.size(givenSize);
    prices[level] = levelPrice;
    sizes[level] = levelSize;
    if (!isPositive(levelPrice)) {
      return name(side, "price", level) + " is " + levelPrice + ", not positive and finite";
    }
    if (!isPositive(levelSize)) {
      return name(side, "size", level) + " is " + levelSize + ", not positive and finite";
    }
    if (emptyAbove) {
      return name(side, "price", level) + " is " + levelPrice + " below an empty level";
    }
    if (level > 0 && side == Side.BID && levelPrice >= prices[level - 1]) {
      return name(side, "price", level) + " is " + levelPrice + ", not below " + prices[level - 1];
    }
    if (level > 0 && side == Side.ASK && levelPrice <= prices[level - 1]) {
      return name(side, "price", level) + " is " + levelPrice + ", not above " + prices[level - 1];
    }
    return null;
  }

  private static boolean isPositive(double value) {
    return value > 0 && value < Double.POSITIVE_INFINITY;
  }

  private static String name(Side side, String what, int level) {
    return side.column() + " " + what + " " + (level + 1);
  }

  double best(Side side) {
    return price[side.ordinal()][0];
  }

  /** Writes as many levels as the batch has; NaN where the table has fewer. */
  void copyTo(BookBatch batch, int row) {
    copy(price[Side.BID.ordinal()], batch.bidPrice, row);
    copy(size[Side.BID.ordinal()], batch.bidSize, row);
    copy(price[Side.ASK.ordinal()], batch.askPrice, row);
    copy(size[Side.ASK.ordinal()], batch.askSize, row);
  }

  private static void copy(double[] from, double[][] to, int row) {
    for (int level = 0; level < to.length; level++) {
      to[level][row] = level < from.length ? from[level] : Double.NaN;
    }
  }
}

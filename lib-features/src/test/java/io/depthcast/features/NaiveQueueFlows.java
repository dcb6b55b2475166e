package io.depthcast.features;

import io.depthcast.book.BookBatch;
import io.depthcast.book.EventType;
import io.depthcast.book.Side;
import java.util.Comparator;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What arrived, was withdrawn and was executed at one level in a window, from whole books: price by
 * price over all prices that are in sight before and after each row.
 */
record NaiveQueueFlows(double arrived, double cancelled, double executed, double seconds) {

  private static final NaiveQueueFlows NONE =
      new NaiveQueueFlows(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

  /**
   * @param levels levels that are in sight
   * @param level 0 is the best
   */
  static NaiveQueueFlows of(
      BookBatch book, int n, Window window, Side side, int levels, int level) {
    int first = NaiveWindow.rowBefore(book, n, window) + 1;
    if (!NaiveWindow.isWhole(book, n, window)) {
      return NONE;
    }
    double risen = 0;
    double fallen = 0;
    double executed = 0;
    boolean told = false;
    for (int i = first; i <= n; i++) {
      EventType type = EventType.values()[book.eventType[i]];
      if (type == EventType.SNAPSHOT) {
        continue;
      }
      told = true;
      Sight before = new Sight(book, i - 1, side, levels);
      Sight after = new Sight(book, i, side, levels);
      TreeSet<Double> prices = new TreeSet<>(before.sizes.keySet());
      prices.addAll(after.sizes.keySet());
      for (double price : prices) {
        if (before.sees(price) && after.sees(price)) {
          double change = after.size(price) - before.size(price);
          risen += change > 0 && after.level(price) == level ? change : 0;
          fallen += change < 0 && before.level(price) == level ? -change : 0;
        }
      }
      if (type == EventType.TRADE
          && book.side[i] == side.ordinal()
          && before.level(book.price[i]) == level) {
        executed += book.size[i];
      }
    }
    double seconds =
        window.isTime() ? window.nanos() / 1e9 : (book.tsEvent[n] - book.tsEvent[first - 1]) / 1e9;
    return told
        ? new NaiveQueueFlows(
            risen + Math.max(0, executed - fallen),
            Math.max(0, fallen - executed),
            executed,
            seconds)
        : NONE;
  }

  /** One side of the book of a row as far as it is in sight. */
  private static final class Sight {

    final TreeMap<Double, Double> sizes;
    private final int levels;

    Sight(BookBatch book, int row, Side side, int levels) {
      this.levels = levels;
      boolean isBid = side == Side.BID;
      sizes = new TreeMap<>(isBid ? Comparator.<Double>reverseOrder() : Comparator.naturalOrder());
      for (int m = 0; m < levels; m++) {
        double price = isBid ? book.bidPrice[m][row] : book.askPrice[m][row];
        if (!Double.isNaN(price)) {
          sizes.put(price, isBid ? book.bidSize[m][row] : book.askSize[m][row]);
        }
      }
    }

    /** Whether what rests at the price is known: the book ends in sight, or above the price not. */
    boolean sees(double price) {
      return sizes.size() < levels || !sizes.tailMap(price, true).isEmpty();
    }

    double size(double price) {
      return sizes.getOrDefault(price, 0.0);
    }

    int level(double price) {
      return sizes.headMap(price, false).size();
    }
  }
}

package io.depthcast.feed;

import io.depthcast.book.Side;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A book for the twins of readers: a map of sizes by price a side, from the best. */
public final class NaiveBook {

  private final NavigableMap<BigDecimal, BigDecimal> bids =
      new TreeMap<>(Comparator.reverseOrder());
  private final NavigableMap<BigDecimal, BigDecimal> asks = new TreeMap<>();

  public NavigableMap<BigDecimal, BigDecimal> side(Side side) {
    return side == Side.BID ? bids : asks;
  }

  public void clear() {
    bids.clear();
    asks.clear();
  }

  public void set(Side side, BigDecimal price, BigDecimal size) {
    if (size.signum() == 0) {
      side(side).remove(price);
    } else {
      side(side).put(price, size);
    }
  }

  public BigDecimal sizeAt(Side side, BigDecimal price) {
    return side(side).getOrDefault(price, BigDecimal.ZERO);
  }

  public boolean isCrossedOrLocked() {
    return !bids.isEmpty() && !asks.isEmpty() && bids.firstKey().compareTo(asks.firstKey()) >= 0;
  }

  /** Price and size of the best levels as rows have them. */
  public List<Double> best(Side side, int levels) {
    List<Double> best = new ArrayList<>();
    Iterator<Map.Entry<BigDecimal, BigDecimal>> level = side(side).entrySet().iterator();
    for (int i = 0; i < levels; i++) {
      Map.Entry<BigDecimal, BigDecimal> entry = level.hasNext() ? level.next() : null;
      best.add(entry == null ? Double.NaN : entry.getKey().doubleValue());
      best.add(entry == null ? Double.NaN : entry.getValue().doubleValue());
    }
    return best;
  }

  /** The number, the same for 99 and 99.00. */
  public static BigDecimal decimal(String text) {
    return new BigDecimal(text).stripTrailingZeros();
  }
}

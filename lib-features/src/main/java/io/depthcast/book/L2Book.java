package io.depthcast.book;

import java.util.Arrays;

/**
 * A book of price levels: for each side the prices at which something rests, and how much.
 *
 * <p>Prices are quote currency, sizes base units. Two prices are one level if they are the same
 * double, so parse a price always from the venue's decimal text. The sides know nothing of each
 * other: a feed may cross the book, and {@link #isCrossed} tells.
 *
 * <p>Grows to the deepest book it has held and allocates nothing from then on. Not safe for
 * threads.
 */
public final class L2Book {

  private final Levels bids = new Levels(Side.BID);
  private final Levels asks = new Levels(Side.ASK);

  /** Empty. */
  public L2Book() {}

  /** Removes all levels. */
  public void clear() {
    bids.prices.clear();
    asks.prices.clear();
  }

  /**
   * Sets what rests at a price, whatever rested there before.
   *
   * @param price positive and finite
   * @param size 0 or more and finite; 0 removes the level
   * @return false if a level that is not there was removed
   * @throws IllegalArgumentException for another price or size; the book is as before
   */
  public boolean set(Side side, double price, double size) {
    if (!(price > 0 && price < Double.POSITIVE_INFINITY)
        || !(size >= 0 && size < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "Invalid "
              + side.column()
              + " level: price "
              + price
              + ", size "
              + size
              + " (price must be > 0, size >= 0, both finite)");
    }
    return levels(side).set(price, size);
  }

  /** Occupied levels. */
  public int depth(Side side) {
    return levels(side).prices.count();
  }

  /**
   * Price of a level, NaN from {@link #depth} on.
   *
   * @param level 0 is the best
   */
  public double price(Side side, int level) {
    return levels(side).price(level);
  }

  /**
   * Size of a level, positive; NaN from {@link #depth} on.
   *
   * @param level 0 is the best
   */
  public double size(Side side, int level) {
    return levels(side).size(level);
  }

  /** Size that rests at a price, 0 if none does. */
  public double sizeAt(Side side, double price) {
    return levels(side).sizeAt(price);
  }

  /** Whether the best bid is above the best ask. */
  public boolean isCrossed() {
    return bids.price(0) > asks.price(0);
  }

  /** Whether the best bid is the best ask. */
  public boolean isLocked() {
    return bids.price(0) == asks.price(0);
  }

  /** Writes the best levels into a row of the batch, as many as it has; NaN where empty. */
  public void copyTo(BookBatch batch, int row) {
    bids.copyTo(batch.bidPrice, batch.bidSize, row);
    asks.copyTo(batch.askPrice, batch.askSize, row);
  }

  private Levels levels(Side side) {
    return side == Side.BID ? bids : asks;
  }

  private static final class Levels {

    private final PriceLadder prices;
    private double[] sizes;

    Levels(Side side) {
      prices = new PriceLadder(side);
      sizes = new double[prices.capacity()];
    }

    boolean set(double price, double size) {
      int place = prices.find(price);
      boolean occupied = prices.holds(place, price);
      if (size > 0) {
        if (!occupied) {
          insert(place, price);
        }
        sizes[place] = size;
        return true;
      }
      if (occupied) {
        remove(place);
      }
      return occupied;
    }

    private void insert(int place, double price) {
      int moved = prices.count() - place;
      prices.insert(place, price);
      if (sizes.length < prices.capacity()) {
        sizes = Arrays.copyOf(sizes, prices.capacity());
      }
      System.arraycopy(sizes, place, sizes, place + 1, moved);
    }

    private void remove(int place) {
      prices.remove(place);
      System.arraycopy(sizes, place + 1, sizes, place, prices.count() - place);
    }

    double price(int level) {
      int place = prices.placeOf(level);
      return place < 0 ? Double.NaN : prices.priceAt(place);
    }

    double size(int level) {
      int place = prices.placeOf(level);
      return place < 0 ? Double.NaN : sizes[place];
    }

    double sizeAt(double price) {
      int place = prices.find(price);
      return prices.holds(place, price) ? sizes[place] : 0;
    }

    void copyTo(double[][] toPrice, double[][] toSize, int row) {
      for (int level = 0; level < toPrice.length; level++) {
        toPrice[level][row] = price(level);
        toSize[level][row] = size(level);
      }
    }
  }
}

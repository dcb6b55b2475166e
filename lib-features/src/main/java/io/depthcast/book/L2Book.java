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
    bids.clear();
    asks.clear();
  }

  /** Becomes the other book. */
  public void copy(L2Book other) {
    bids.copy(other.bids);
    asks.copy(other.asks);
  }

  /** Whether the other book has the same levels with the same sizes. */
  public boolean isSame(L2Book other) {
    return fingerprint() == other.fingerprint()
        && bids.isSame(other.bids)
        && asks.isSame(other.asks);
  }

  /**
   * A number of the levels and sizes, whatever the order they came in: that of two equal books is
   * equal, that of two others is so once in 2^64.
   */
  public long fingerprint() {
    return bids.fingerprint + asks.fingerprint;
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
    return levels(side).depth;
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

  /**
   * The levels of a side, sorted so that the best stands at the end: changes are nearer to the best
   * than to the worst, so fewer levels move when one comes or goes.
   */
  private static final class Levels {

    private static final int FIRST_CAPACITY = 64;

    /** A better price has a larger key: the price of a bid, the negated price of an ask. */
    private final double sign;

    private double[] keys = new double[FIRST_CAPACITY];
    private double[] sizes = new double[FIRST_CAPACITY];
    private int depth;

    /** The sum of the levels' own. */
    private long fingerprint;

    Levels(Side side) {
      sign = side == Side.BID ? 1 : -1;
    }

    void clear() {
      depth = 0;
      fingerprint = 0;
    }

    /** The finalizer of SplitMix64 (Steele, Lea, Flood 2014) over both numbers. */
    private static long fingerprint(double key, double size) {
      long mixed =
          Double.doubleToRawLongBits(key) * 0x9E3779B97F4A7C15L + Double.doubleToRawLongBits(size);
      mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
      mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
      return mixed ^ (mixed >>> 31);
    }

    boolean set(double price, double size) {
      double key = sign * price;
      int place = find(key);
      boolean occupied = place < depth && keys[place] == key;
      if (occupied) {
        fingerprint -= fingerprint(key, sizes[place]);
      }
      if (size > 0) {
        if (!occupied) {
          insert(place, key);
        }
        sizes[place] = size;
        fingerprint += fingerprint(key, size);
        return true;
      }
      if (occupied) {
        remove(place);
      }
      return occupied;
    }

    /** Where the key stands, or where it would have to be inserted. */
    private int find(double key) {
      int low = 0;
      int high = depth;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (keys[middle] < key) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low;
    }

    private void insert(int place, double key) {
      if (depth == keys.length) {
        keys = Arrays.copyOf(keys, 2 * depth);
        sizes = Arrays.copyOf(sizes, 2 * depth);
      }
      System.arraycopy(keys, place, keys, place + 1, depth - place);
      System.arraycopy(sizes, place, sizes, place + 1, depth - place);
      keys[place] = key;
      depth++;
    }

    private void remove(int place) {
      depth--;
      System.arraycopy(keys, place + 1, keys, place, depth - place);
      System.arraycopy(sizes, place + 1, sizes, place, depth - place);
    }

    void copy(Levels other) {
      if (keys.length < other.depth) {
        keys = new double[other.keys.length];
        sizes = new double[other.keys.length];
      }
      depth = other.depth;
      fingerprint = other.fingerprint;
      System.arraycopy(other.keys, 0, keys, 0, depth);
      System.arraycopy(other.sizes, 0, sizes, 0, depth);
    }

    boolean isSame(Levels other) {
      return depth == other.depth
          && Arrays.equals(keys, 0, depth, other.keys, 0, depth)
          && Arrays.equals(sizes, 0, depth, other.sizes, 0, depth);
    }

    double price(int level) {
      return level < depth ? sign * keys[depth - 1 - level] : Double.NaN;
    }

    double size(int level) {
      return level < depth ? sizes[depth - 1 - level] : Double.NaN;
    }

    double sizeAt(double price) {
      double key = sign * price;
      int place = find(key);
      return place < depth && keys[place] == key ? sizes[place] : 0;
    }

    void copyTo(double[][] toPrice, double[][] toSize, int row) {
      for (int level = 0; level < toPrice.length; level++) {
        toPrice[level][row] = price(level);
        toSize[level][row] = size(level);
      }
    }
  }
}

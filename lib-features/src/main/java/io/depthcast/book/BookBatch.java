package io.depthcast.book;

import java.util.Arrays;

/**
 * Consecutive rows of one slice as a struct of arrays: the event of each row and the book after it.
 *
 * <p>Arrays are public and reused from batch to batch, for the kernels that read them in tight
 * loops. Rows {@code 0 .. rows - 1} are valid. A missing double is {@code NaN} here and null in the
 * tables; a missing side is {@link #NO_SIDE}, a missing order id {@link #NO_ORDER}, a missing time
 * {@link #NO_TIME}, a missing sequence number {@link #NO_SEQ}.
 */
public final class BookBatch {

  public static final byte NO_SIDE = -1;
  public static final long NO_ORDER = Long.MIN_VALUE;
  public static final long NO_TIME = Long.MIN_VALUE;
  public static final long NO_SEQ = Long.MIN_VALUE;

  /** Rows that fit. */
  public final int capacity;

  /** Levels a side; level 1 is the best and stands at index 0. */
  public final int levels;

  /**
   * Levels a side that the source tells of; those below are not empty but unknown, and NaN. As many
   * as {@link #levels} where nothing else is said; the same in all batches of a slice.
   */
  public int known;

  /** Number of valid rows. */
  public int rows;

  /** 1, 2, 3 ... in the slice, without a gap from row to row and from batch to batch. */
  public final long[] seq;

  /**
   * Nanoseconds since 1970-01-01 UTC at the venue, never decreasing: where a venue's stamps step
   * back, the largest so far.
   */
  public final long[] tsEvent;

  /** Nanoseconds since 1970-01-01 UTC at the receiver, or {@link #NO_TIME}. */
  public final long[] tsRecv;

  /** The venue's sequence number of the row's message, or {@link #NO_SEQ}. */
  public final long[] venueSeq;

  /** {@link EventType#ordinal()}. */
  public final byte[] eventType;

  /** {@link Side#ordinal()} of the resting order, or {@link #NO_SIDE}. */
  public final byte[] side;

  /** Price of the event's order, quote currency. */
  public final double[] price;

  /** Size of the event, base units. */
  public final double[] size;

  /** The venue's order id, or {@link #NO_ORDER}. */
  public final long[] orderId;

  /** Prices by level, then row; NaN where the level is empty or unknown. */
  public final double[][] bidPrice;

  /** Sizes by level, then row, positive; NaN where the level is empty or unknown. */
  public final double[][] bidSize;

  public final double[][] askPrice;
  public final double[][] askSize;

  /** True where the row lies in a suspect window. */
  public final boolean[] suspect;

  /**
   * @param capacity rows that fit, at least 1
   * @param levels levels a side, at least 1
   */
  public BookBatch(int capacity, int levels) {
    if (capacity < 1 || levels < 1) {
      throw new IllegalArgumentException(
          "Invalid batch: capacity " + capacity + ", levels " + levels + " (both must be >= 1)");
    }
    this.capacity = capacity;
    this.levels = levels;
    known = levels;
    seq = new long[capacity];
    tsEvent = new long[capacity];
    tsRecv = new long[capacity];
    venueSeq = new long[capacity];
    eventType = new byte[capacity];
    side = new byte[capacity];
    price = new double[capacity];
    size = new double[capacity];
    orderId = new long[capacity];
    bidPrice = new double[levels][capacity];
    bidSize = new double[levels][capacity];
    askPrice = new double[levels][capacity];
    askSize = new double[levels][capacity];
    suspect = new boolean[capacity];
    Arrays.fill(tsRecv, NO_TIME);
    Arrays.fill(venueSeq, NO_SEQ);
  }

  /** Half the sum of the best prices, or NaN where a side is empty. */
  public double mid(int row) {
    return (bidPrice[0][row] + askPrice[0][row]) / 2;
  }
}

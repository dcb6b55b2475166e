package io.depthcast.book;

import java.util.Arrays;

/**
 * Consecutive changes of one slice as a struct of arrays. A message that changes several levels at
 * once is several changes with the same {@code seq}; the book is whole after the last of them only.
 *
 * <p>Arrays are public and grow as changes are added; changes {@code 0 .. rows - 1} are valid.
 * Missing values as in {@link BookBatch}.
 */
public final class EventBatch {

  /** Number of valid changes. */
  public int rows;

  /** {@link BookBatch#seq} of the message. */
  public long[] seq;

  /** 1, 2, 3 ... within the message. */
  public int[] part;

  /** Nanoseconds since 1970-01-01 UTC as the venue stamped the message. */
  public long[] tsEvent;

  /** Nanoseconds since 1970-01-01 UTC at the receiver, or {@link BookBatch#NO_TIME}. */
  public long[] tsRecv;

  /** The venue's sequence number of the message, or {@link BookBatch#NO_SEQ}. */
  public long[] venueSeq;

  /** {@link EventType#ordinal()}; never {@link EventType#UPDATE}. */
  public byte[] eventType;

  /** {@link Side#ordinal()} of the resting order or level, or {@link BookBatch#NO_SIDE}. */
  public byte[] side;

  /** Quote currency; NaN where there is none. */
  public double[] price;

  /**
   * Base units. On venues of orders: size of the order added, withdrawn or executed. On venues of
   * levels: size of the level after the change, 0 where it is gone, or size of the trade.
   */
  public double[] size;

  /** The venue's order id, or {@link BookBatch#NO_ORDER}. */
  public long[] orderId;

  /**
   * @param capacity changes that fit before the arrays grow, at least 1
   */
  public EventBatch(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("Invalid capacity: " + capacity + " (must be >= 1)");
    }
    seq = new long[capacity];
    part = new int[capacity];
    tsEvent = new long[capacity];
    tsRecv = new long[capacity];
    venueSeq = new long[capacity];
    eventType = new byte[capacity];
    side = new byte[capacity];
    price = new double[capacity];
    size = new double[capacity];
    orderId = new long[capacity];
  }

  /** Adds an empty change and answers its index; its values are what stood there before. */
  public int add() {
    if (rows == seq.length) {
      int capacity = 2 * rows;
      seq = Arrays.copyOf(seq, capacity);
      part = Arrays.copyOf(part, capacity);
      tsEvent = Arrays.copyOf(tsEvent, capacity);
      tsRecv = Arrays.copyOf(tsRecv, capacity);
      venueSeq = Arrays.copyOf(venueSeq, capacity);
      eventType = Arrays.copyOf(eventType, capacity);
      side = Arrays.copyOf(side, capacity);
      price = Arrays.copyOf(price, capacity);
      size = Arrays.copyOf(size, capacity);
      orderId = Arrays.copyOf(orderId, capacity);
    }
    return rows++;
  }
}

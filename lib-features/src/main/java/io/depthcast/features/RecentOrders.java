package io.depthcast.features;

import io.depthcast.book.BookBatch;
import io.depthcast.book.LongIntMap;
import java.util.Arrays;

/**
 * When orders arrived, as far back as a {@link Window} reaches: the rows of the window that ends
 * with the present one. Memory holds the orders that arrived in one window.
 */
final class RecentOrders {

  private static final int FIRST_CAPACITY = 64;

  private final boolean isTime;
  private final long length;

  /**
   * Orders in the order of arrival, with the place of the arrival in the window: time or number.
   */
  private long[] ids = new long[FIRST_CAPACITY];

  private long[] places = new long[FIRST_CAPACITY];
  private long[] times = new long[FIRST_CAPACITY];
  private int first;
  private int count;

  /** Where in the ring the last arrival of an id stands that has not been taken out. */
  private final LongIntMap slots = new LongIntMap();

  RecentOrders(Window window) {
    isTime = window.isTime();
    length = isTime ? window.nanos() : window.rows();
  }

  /** Forgets what arrived before the window that ends with the row. */
  void forgetBefore(BookBatch batch, int row) {
    long before = place(batch, row) - length;
    while (count > 0 && places[first] <= before) {
      if (slots.get(ids[first]) == first) {
        slots.remove(ids[first]);
      }
      first = (first + 1) & (ids.length - 1);
      count--;
    }
  }

  /** The order of the row arrives. */
  void add(BookBatch batch, int row) {
    if (count == ids.length) {
      grow();
    }
    int slot = (first + count) & (ids.length - 1);
    ids[slot] = batch.orderId[row];
    places[slot] = place(batch, row);
    times[slot] = batch.tsEvent[row];
    count++;
    slots.put(ids[slot], slot);
  }

  /** Seconds since the order of the row arrived, NaN if it did not in the window. */
  double age(BookBatch batch, int row) {
    int slot = slots.get(batch.orderId[row]);
    return slot == LongIntMap.ABSENT ? Double.NaN : (batch.tsEvent[row] - times[slot]) / 1e9;
  }

  /** Takes the order of the row out. */
  void remove(BookBatch batch, int row) {
    slots.remove(batch.orderId[row]);
  }

  private long place(BookBatch batch, int row) {
    return isTime ? batch.tsEvent[row] : batch.seq[row];
  }

  private void grow() {
    ids = unrolled(ids);
    places = unrolled(places);
    times = unrolled(times);
    int last = count - 1;
    for (int slot = 0; slot <= last; slot++) {
      int old = (slot + first) & last;
      if (slots.get(ids[slot]) == old) {
        slots.put(ids[slot], slot);
      }
    }
    first = 0;
  }

  /** Twice as long, the first of the ring at 0. */
  private long[] unrolled(long[] ring) {
    long[] longer = Arrays.copyOf(ring, 2 * count);
    for (int i = 0; i < count; i++) {
      longer[i] = ring[(first + i) & (count - 1)];
    }
    return longer;
  }
}

package io.depthcast.feed.binance;

import io.depthcast.book.L2Book;
import io.depthcast.book.Side;
import java.util.Arrays;

/**
 * The latest depth updates, without a gap between them: what a snapshot is brought up to date with.
 * The older half goes when it is full.
 */
final class UpdateBuffer {

  /** Some minutes of a busy instrument; a snapshot takes seconds at most. */
  private static final int MOST_LEVELS = 1 << 17;

  private static final int MOST_UPDATES = 1 << 14;

  private int count;
  private long[] firstId = new long[64];
  private long[] lastId = new long[64];

  /** Where the levels of each update end. */
  private int[] end = new int[64];

  private Side[] side = new Side[1024];
  private double[] price = new double[1024];
  private double[] size = new double[1024];

  void clear() {
    count = 0;
  }

  void add(Message update) {
    int levels = update.bids.count + update.asks.count;
    while (count > 0 && (count == MOST_UPDATES || end[count - 1] + levels > MOST_LEVELS)) {
      dropOlderHalf();
    }
    if (count == firstId.length) {
      firstId = Arrays.copyOf(firstId, 2 * count);
      lastId = Arrays.copyOf(lastId, 2 * count);
      end = Arrays.copyOf(end, 2 * count);
    }
    int from = start(count);
    firstId[count] = update.firstId;
    lastId[count] = update.lastId;
    end[count] = from + levels;
    count++;
    if (from + levels > price.length) {
      int capacity = Math.max(2 * price.length, from + levels);
      side = Arrays.copyOf(side, capacity);
      price = Arrays.copyOf(price, capacity);
      size = Arrays.copyOf(size, capacity);
    }
    copy(update.bids, Side.BID, from);
    copy(update.asks, Side.ASK, from + update.bids.count);
  }

  private void copy(LevelList levels, Side levelSide, int to) {
    Arrays.fill(side, to, to + levels.count, levelSide);
    System.arraycopy(levels.price, 0, price, to, levels.count);
    System.arraycopy(levels.size, 0, size, to, levels.count);
  }

  private int start(int update) {
    return update == 0 ? 0 : end[update - 1];
  }

  private void dropOlderHalf() {
    int dropped = (count + 1) / 2;
    int from = start(dropped);
    int levels = end[count - 1] - from;
    count -= dropped;
    System.arraycopy(firstId, dropped, firstId, 0, count);
    System.arraycopy(lastId, dropped, lastId, 0, count);
    for (int i = 0; i < count; i++) {
      end[i] = end[i + dropped] - from;
    }
    System.arraycopy(side, from, side, 0, levels);
    System.arraycopy(price, from, price, 0, levels);
    System.arraycopy(size, from, size, 0, levels);
  }

  /** The first update that ends at the id or later; {@link #count()} if there is none. */
  int firstEndingAt(long id) {
    int found = Arrays.binarySearch(lastId, 0, count, id);
    return found < 0 ? -1 - found : found;
  }

  int count() {
    return count;
  }

  long firstId(int update) {
    return firstId[update];
  }

  /** Sets the levels of an update and of all after it in a book. */
  void apply(int update, L2Book book) {
    for (int i = start(update); i < start(count); i++) {
      book.set(side[i], price[i], size[i]);
    }
  }
}

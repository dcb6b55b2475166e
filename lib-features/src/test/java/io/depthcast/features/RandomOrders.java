package io.depthcast.features;

import io.depthcast.book.BookBatch;
import io.depthcast.book.EventType;
import io.depthcast.book.L3Book;
import io.depthcast.book.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A made-up day of a venue of orders, where each row is one event and the book is what the events
 * make of it: orders of whole sizes that arrive, are withdrawn in part or whole and are executed in
 * turn. About 100 rows a millisecond.
 */
final class RandomOrders {

  private final Random random;
  private final L3Book book = new L3Book();
  private final List<Long> resting = new ArrayList<>();
  private long lastId;

  private RandomOrders(long seed) {
    random = new Random(seed);
  }

  static BookBatch book(long seed, int rows, int levels) {
    RandomOrders orders = new RandomOrders(seed);
    BookBatch batch = new BookBatch(rows, levels);
    batch.rows = rows;
    long time = 1_700_000_000_000_000_000L;
    for (int i = 0; i < rows; i++) {
      time += orders.random.nextInt(3) * 10_000L;
      batch.seq[i] = i + 1L;
      batch.tsEvent[i] = time;
      orders.event(batch, i);
      orders.book.copyTo(batch, i);
    }
    return batch;
  }

  /**
   * The same day as a venue of levels tells it: of each few orders' events first the trades, beside
   * the book as it was, then one row with all changes.
   */
  static BookBatch bundled(BookBatch orders, int events) {
    BookBatch batch = new BookBatch(2 * orders.rows, orders.levels);
    for (int first = 0; first < orders.rows; first += events) {
      int last = Math.min(orders.rows, first + events) - 1;
      for (int i = first; i <= last; i++) {
        if (orders.eventType[i] == EventType.TRADE.ordinal()) {
          put(orders, i, first - 1, batch);
          write(
              batch,
              batch.rows - 1,
              EventType.TRADE,
              Side.values()[orders.side[i]],
              orders.price[i],
              orders.size[i],
              BookBatch.NO_ORDER);
        }
      }
      put(orders, last, last, batch);
    }
    return batch;
  }

  /** Adds an update at the time of one row, with the book of another. */
  private static void put(BookBatch orders, int timeOf, int bookOf, BookBatch batch) {
    int row = batch.rows++;
    batch.seq[row] = row + 1L;
    batch.tsEvent[row] = orders.tsEvent[timeOf];
    batch.eventType[row] = (byte) EventType.UPDATE.ordinal();
    batch.side[row] = BookBatch.NO_SIDE;
    batch.price[row] = Double.NaN;
    batch.size[row] = Double.NaN;
    batch.orderId[row] = BookBatch.NO_ORDER;
    for (int m = 0; m < orders.levels; m++) {
      batch.bidPrice[m][row] = orders.bidPrice[m][bookOf];
      batch.bidSize[m][row] = orders.bidSize[m][bookOf];
      batch.askPrice[m][row] = orders.askPrice[m][bookOf];
      batch.askSize[m][row] = orders.askSize[m][bookOf];
    }
  }

  private void event(BookBatch batch, int row) {
    int what = random.nextInt(20);
    if (resting.size() < 100 || what < 9) {
      Side side = random.nextBoolean() ? Side.BID : Side.ASK;
      int away = random.nextInt(8);
      double price = (side == Side.BID ? 9999 + shift() - away : 10001 + shift() + away) / 100.0;
      price = side == Side.BID ? Math.min(price, bestBelow()) : Math.max(price, bestAbove());
      double size = 1 + random.nextInt(100);
      lastId++;
      book.add(lastId, side, price, size);
      resting.add(lastId);
      write(batch, row, EventType.ADD, side, price, size, lastId);
    } else if (what < 13) {
      Side side = random.nextBoolean() ? Side.BID : Side.ASK;
      take(batch, row, EventType.TRADE, book.firstAt(side, book.price(side, 0)));
    } else {
      take(batch, row, EventType.DELETE, resting.get(random.nextInt(resting.size())));
    }
  }

  /** All of an order or, if it is not to be deleted, perhaps a part. */
  private void take(BookBatch batch, int row, EventType whole, long id) {
    double all = book.sizeOf(id);
    double part = random.nextBoolean() ? all : 1 + random.nextInt((int) all);
    EventType type = whole == EventType.DELETE && part < all ? EventType.CANCEL : whole;
    write(batch, row, type, book.sideOf(id), book.priceOf(id), part, id);
    book.reduce(id, part);
    if (part == all) {
      resting.remove(id);
    }
  }

  private int shift() {
    return random.nextInt(3) - 1;
  }

  private double bestBelow() {
    return book.depth(Side.ASK) == 0
        ? Double.POSITIVE_INFINITY
        : Math.rint(book.price(Side.ASK, 0) * 100 - 1) / 100;
  }

  private double bestAbove() {
    return book.depth(Side.BID) == 0 ? 0 : Math.rint(book.price(Side.BID, 0) * 100 + 1) / 100;
  }

  private static void write(
      BookBatch batch, int row, EventType type, Side side, double price, double size, long id) {
    batch.eventType[row] = (byte) type.ordinal();
    batch.side[row] = (byte) side.ordinal();
    batch.price[row] = price;
    batch.size[row] = size;
    batch.orderId[row] = id;
  }
}

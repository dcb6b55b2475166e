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

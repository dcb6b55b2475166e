package io.depthcast.exchange;

import io.depthcast.book.BookBatch;
import io.depthcast.book.EventType;
import io.depthcast.book.L3Book;
import io.depthcast.book.Side;
import io.depthcast.exchange.OrderEvent.Flow;
import java.io.IOException;
import java.util.List;

/**
 * Matches orders by price, then time. Every change of an order is told to all sinks; the prices of
 * its book are ticks.
 */
final class MatchingEngine {

  private static final Side[] OPPOSITE = {Side.ASK, Side.BID};

  private final L3Book book = new L3Book();
  private final List<SessionSink> sinks;
  private final OrderEvent event = new OrderEvent();
  private long lastId;

  MatchingEngine(List<SessionSink> sinks) {
    this.sinks = List.copyOf(sinks);
  }

  L3Book book() {
    return book;
  }

  long nanos() {
    return event.nanos;
  }

  long events() {
    return event.number;
  }

  static Side opposite(Side side) {
    return OPPOSITE[side.ordinal()];
  }

  /** Puts an order into the book before the session begins; told to nobody. */
  void place(Side side, int ticks, int size) {
    book.add(++lastId, side, ticks, size);
  }

  void open(long nanos) throws IOException {
    event.nanos = nanos;
    for (SessionSink sink : sinks) {
      sink.open(nanos, book);
    }
  }

  /** Lets time go on, by a nanosecond at least. */
  void advance(long nanos) throws IOException {
    event.nanos = Math.max(event.nanos + 1, nanos);
    for (SessionSink sink : sinks) {
      sink.advance(event.nanos, book);
    }
  }

  void close(long nanos) throws IOException {
    for (SessionSink sink : sinks) {
      sink.close(nanos, book);
    }
  }

  /**
   * Executes an order as far as its price allows, and lets the rest of it rest.
   *
   * @return its id if something rests, else {@link BookBatch#NO_ORDER}
   */
  long limit(Flow flow, Side side, int ticks, int size) throws IOException {
    int left = execute(flow, side, ticks, size);
    if (left == 0) {
      return BookBatch.NO_ORDER;
    }
    long id = ++lastId;
    book.add(id, side, ticks, left);
    tell(flow, EventType.ADD, id, side, ticks, left, BookBatch.NO_ORDER);
    return id;
  }

  /**
   * Executes an order at whatever price.
   *
   * @return what is left of it when the other side is empty
   */
  int market(Flow flow, Side side, int size) throws IOException {
    return execute(flow, side, side == Side.BID ? Integer.MAX_VALUE : 0, size);
  }

  /** Withdraws a part of an order, or all of it. */
  void cancel(long id, int size) throws IOException {
    Side side = book.sideOf(id);
    int ticks = (int) book.priceOf(id);
    long behind = book.behind(id);
    EventType type = size == book.sizeOf(id) ? EventType.DELETE : EventType.CANCEL;
    book.reduce(id, size);
    tell(Flow.CANCEL, type, id, side, ticks, size, behind);
  }

  void halt(int code) throws IOException {
    event.haltCode = code;
    tell(Flow.HALT, EventType.HALT, BookBatch.NO_ORDER, Side.ASK, 0, 0, BookBatch.NO_ORDER);
  }

  void tell(PriceMove move) throws IOException {
    for (SessionSink sink : sinks) {
      sink.take(move);
    }
  }

  private int execute(Flow flow, Side side, int limit, int size) throws IOException {
    Side resting = opposite(side);
    int left = size;
    while (left > 0 && book.depth(resting) > 0) {
      int best = (int) book.price(resting, 0);
      if (side == Side.BID ? best > limit : best < limit) {
        break;
      }
      long id = book.firstAt(resting, best);
      long behind = book.behind(id);
      int executed = Math.min(left, (int) book.sizeOf(id));
      book.execute(id, executed);
      left -= executed;
      tell(flow, EventType.TRADE, id, resting, best, executed, behind);
    }
    return left;
  }

  private void tell(Flow flow, EventType type, long id, Side side, int ticks, int size, long behind)
      throws IOException {
    event.number++;
    event.flow = flow;
    event.type = type;
    event.orderId = id;
    event.side = side;
    event.ticks = ticks;
    event.size = size;
    event.behind = behind;
    for (SessionSink sink : sinks) {
      sink.take(event, book);
    }
  }
}

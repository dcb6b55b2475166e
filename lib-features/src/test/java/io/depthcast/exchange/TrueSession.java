package io.depthcast.exchange;

import io.depthcast.book.BookBatch;
import io.depthcast.book.EventType;
import io.depthcast.book.L3Book;
import io.depthcast.book.Side;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** All that happened in a session, copied: the truth that the formats are held to. */
final class TrueSession implements SessionSink {

  static final LocalDate DAY = LocalDate.of(2024, 3, 7);
  static final PlantedSignal NO_SIGNAL = new PlantedSignal(0, 5);

  /** An event; the best levels after it as price in ticks and size, NaN where there are none. */
  record Event(
      long nanos,
      EventType type,
      OrderEvent.Flow flow,
      long id,
      Side side,
      int ticks,
      int size,
      List<Double> bids,
      List<Double> asks) {}

  private final int levels;
  final List<Event> events = new ArrayList<>();
  final List<PriceMove> moves = new ArrayList<>();

  TrueSession(int levels) {
    this.levels = levels;
  }

  static ExchangeSession session(OrderFlow flow, int seconds, long seed, Halt... halts) {
    return new ExchangeSession(
        new Instrument("SYN", 100, 2500, flow), DAY, seconds, seed, NO_SIGNAL, List.of(halts));
  }

  static void run(ExchangeSession session, SessionSink... sinks) {
    try {
      session.run(List.of(sinks));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void open(long nanos, L3Book book) {
    events.add(
        new Event(
            nanos,
            EventType.SNAPSHOT,
            OrderEvent.Flow.LIMIT,
            BookBatch.NO_ORDER,
            Side.BID,
            0,
            0,
            side(Side.BID, book),
            side(Side.ASK, book)));
  }

  /** Event n stands at index n; the begin at 0. */
  @Override
  public void take(OrderEvent event, L3Book book) {
    events.add(
        new Event(
            event.nanos,
            event.type,
            event.flow,
            event.orderId,
            event.side,
            event.ticks,
            event.size,
            side(Side.BID, book),
            side(Side.ASK, book)));
  }

  @Override
  public void take(PriceMove move) {
    moves.add(move);
  }

  private List<Double> side(Side side, L3Book book) {
    List<Double> values = new ArrayList<>();
    for (int level = 0; level < levels; level++) {
      values.add(book.price(side, level));
      values.add(book.size(side, level));
    }
    return values;
  }

  /** The last event before a time. */
  Event before(long nanos) {
    int low = 0;
    int high = events.size();
    while (high - low > 1) {
      int middle = (low + high) / 2;
      if (events.get(middle).nanos() < nanos) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return events.get(low);
  }

  /** Levels with prices in quote currency and sizes in a unit. */
  static List<Double> scaled(List<Double> levels, Instrument instrument, double units) {
    List<Double> scaled = new ArrayList<>();
    for (int i = 0; i < levels.size(); i += 2) {
      scaled.add(levels.get(i) * instrument.tick() / 10_000);
      scaled.add(levels.get(i + 1) / units);
    }
    return scaled;
  }
}

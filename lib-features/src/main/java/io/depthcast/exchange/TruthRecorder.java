package io.depthcast.exchange;

import io.depthcast.book.BookBatch;
import io.depthcast.book.EventType;
import io.depthcast.book.L3Book;
import io.depthcast.book.Side;
import java.io.IOException;
import java.util.Locale;

/**
 * Writes what no venue tells, as three tables with headers. Prices are quote currency, sizes whole
 * units, times nanoseconds UTC.
 *
 * <ul>
 *   <li>Book, {@code event,ts_ns,type,flow,order_id,side,price,size,level_size}: event 0 are the
 *       orders at the begin, in the order of their priority; then each event, with what is left at
 *       its price. An event changes one level, so the rows up to it are the whole book after it.
 *       The flow of a halt is its code.
 *   <li>Moves, {@code event,ts_ns,flow,up_probability,direction,reference_price}: those of the
 *       reference price, as {@link PriceMove} has them; the price is the middle of the two ticks.
 *   <li>Queues, {@code event,order_id,orders_ahead,size_ahead,size}: the place of each order in its
 *       queue whenever it or the order's size changes; a size of 0 is the order's end, its place is
 *       then empty.
 * </ul>
 */
public final class TruthRecorder implements SessionSink {

  private static final Side[] SIDES = Side.values();

  private final Instrument instrument;
  private final Appendable events;
  private final Appendable moves;
  private final Appendable queues;
  private final StringBuilder line = new StringBuilder();

  public TruthRecorder(
      Instrument instrument, Appendable events, Appendable moves, Appendable queues) {
    this.instrument = instrument;
    this.events = events;
    this.moves = moves;
    this.queues = queues;
  }

  @Override
  public void open(long nanos, L3Book book) throws IOException {
    events.append("event,ts_ns,type,flow,order_id,side,price,size,level_size\n");
    moves.append("event,ts_ns,flow,up_probability,direction,reference_price\n");
    queues.append("event,order_id,orders_ahead,size_ahead,size\n");
    for (Side side : SIDES) {
      for (int level = 0; level < book.depth(side); level++) {
        int ticks = (int) book.price(side, level);
        long id = book.firstAt(side, ticks);
        writePlaces(0, id, book);
        for (; id != BookBatch.NO_ORDER; id = book.behind(id)) {
          begin(0, nanos, "open,", id, side, ticks);
          end((long) book.sizeOf(id), (long) book.size(side, level));
        }
      }
    }
  }

  @Override
  public void take(OrderEvent event, L3Book book) throws IOException {
    if (event.type == EventType.HALT) {
      line.setLength(0);
      line.append(event.number).append(',').append(event.nanos);
      line.append(",halt,").append(event.haltCode).append(",,,,,\n");
      events.append(line);
      return;
    }
    String what = event.type.column() + "," + event.flow.name().toLowerCase(Locale.ROOT);
    begin(event.number, event.nanos, what, event.orderId, event.side, event.ticks);
    end(event.size, (long) book.sizeAt(event.side, event.ticks));
    if (book.contains(event.orderId)) {
      writePlaces(event.number, event.orderId, book);
    } else {
      line.setLength(0);
      line.append(event.number).append(',').append(event.orderId).append(",,,0\n");
      queues.append(line);
      writePlaces(event.number, event.behind, book);
    }
  }

  private void begin(long number, long nanos, String what, long id, Side side, int ticks) {
    line.setLength(0);
    line.append(number).append(',').append(nanos).append(',').append(what);
    line.append(',').append(id).append(',').append(side.column()).append(',');
    FixedPoint.append(line, instrument.price(ticks), Instrument.PRICE_DECIMALS);
  }

  private void end(long size, long levelSize) throws IOException {
    events.append(line.append(',').append(size).append(',').append(levelSize).append('\n'));
  }

  /** Writes the places of an order and of all behind it. */
  private void writePlaces(long number, long first, L3Book book) throws IOException {
    if (first == BookBatch.NO_ORDER) {
      return;
    }
    int orders = book.ordersAhead(first);
    long ahead = (long) book.sizeAhead(first);
    for (long id = first; id != BookBatch.NO_ORDER; id = book.behind(id)) {
      long size = (long) book.sizeOf(id);
      line.setLength(0);
      line.append(number).append(',').append(id).append(',').append(orders);
      line.append(',').append(ahead).append(',').append(size).append('\n');
      queues.append(line);
      orders++;
      ahead += size;
    }
  }

  @Override
  public void take(PriceMove move) throws IOException {
    line.setLength(0);
    line.append(move.event()).append(',').append(move.nanos()).append(',').append(move.flow());
    line.append(',').append(move.upProbability()).append(',').append(move.direction()).append(',');
    // The middle of two ticks is a half of a ten-thousandth where the tick is odd.
    long twice = instrument.price(2 * move.reference() - 1);
    FixedPoint.append(line, 5 * twice, Instrument.PRICE_DECIMALS + 1);
    moves.append(line.append('\n'));
  }
}

package io.depthcast.feed;

import io.depthcast.book.BookBatch;
import io.depthcast.book.EventBatch;
import io.depthcast.book.EventType;
import io.depthcast.book.L2Book;
import io.depthcast.book.Side;

/** Writes rows of a venue of levels into the batches: the changes of a message, then its row. */
public final class RowWriter {

  private BookBatch rows;
  private EventBatch events;

  private long seq;
  private int part;
  private long tsEvent;
  private long tsRecv;
  private long venueSeq;

  /** Empties the batches and writes into them from now on. */
  public void into(BookBatch newRows, EventBatch newEvents) {
    rows = newRows;
    events = newEvents;
    rows.rows = 0;
    events.rows = 0;
  }

  /** The next row is the first of a slice. */
  public void beginSlice() {
    seq = 0;
  }

  /** Sequence number of the row that was begun last. */
  public long seq() {
    return seq;
  }

  /**
   * Begins the row of a message.
   *
   * @param stamp the venue's time of the message, nanoseconds UTC
   * @param received nanoseconds UTC
   * @param number the venue's number of the message
   */
  public void begin(long stamp, long received, long number) {
    seq++;
    part = 0;
    tsEvent = stamp;
    tsRecv = received;
    venueSeq = number;
  }

  /** Adds a change of the message, of the same time. */
  public void add(EventType type, Side side, double price, double size) {
    add(type, side, price, size, tsEvent);
  }

  /** Adds a change of the message that the venue stamps by itself, nanoseconds UTC. */
  public void add(EventType type, Side side, double price, double size, long stamp) {
    int i = events.add();
    events.seq[i] = seq;
    events.part[i] = ++part;
    events.tsEvent[i] = stamp;
    events.tsRecv[i] = tsRecv;
    events.venueSeq[i] = venueSeq;
    events.eventType[i] = (byte) type.ordinal();
    events.side[i] = (byte) side.ordinal();
    events.price[i] = price;
    events.size[i] = size;
    events.orderId[i] = BookBatch.NO_ORDER;
  }

  /**
   * Ends the row.
   *
   * @param book as it stands after the message
   * @param latest the latest time of the venue so far, nanoseconds UTC
   */
  public void end(EventType type, L2Book book, long latest, boolean suspect) {
    int row = rows.rows++;
    rows.seq[row] = seq;
    rows.tsEvent[row] = latest;
    rows.tsRecv[row] = tsRecv;
    rows.venueSeq[row] = venueSeq;
    rows.eventType[row] = (byte) type.ordinal();
    rows.side[row] = BookBatch.NO_SIDE;
    rows.price[row] = Double.NaN;
    rows.size[row] = Double.NaN;
    rows.orderId[row] = BookBatch.NO_ORDER;
    rows.suspect[row] = suspect;
    book.copyTo(rows, row);
  }

  /** Ends the row of a message with one change, a trade: side, price and size are that change's. */
  public void endTrade(L2Book book, long latest, boolean suspect) {
    end(EventType.TRADE, book, latest, suspect);
    int row = rows.rows - 1;
    int change = events.rows - 1;
    rows.side[row] = events.side[change];
    rows.price[row] = events.price[change];
    rows.size[row] = events.size[change];
  }
}

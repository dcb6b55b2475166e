package io.depthcast.exchange;

import io.depthcast.book.EventType;
import io.depthcast.book.L3Book;
import io.depthcast.book.Side;
import io.depthcast.feed.lobster.LobsterPair;
import java.io.IOException;

/**
 * Writes a session as LOBSTER message and orderbook rows, each ended by a line feed. What happens
 * behind the last visible level is left out, as in the files of LOBSTER.
 */
public final class LobsterRecorder implements SessionSink {

  private static final Side[] COLUMNS = {Side.ASK, Side.BID};
  private static final String[] EMPTY = {"-9999999999,0", "9999999999,0"};

  private final ExchangeSession session;
  private final int levels;
  private final Appendable messages;
  private final Appendable orderbook;
  private final StringBuilder line = new StringBuilder();

  /**
   * @param levels levels a side in the orderbook rows, 1 to 1000
   */
  public LobsterRecorder(
      ExchangeSession session, int levels, Appendable messages, Appendable orderbook) {
    this.session = session;
    this.levels = levels;
    this.messages = messages;
    this.orderbook = orderbook;
  }

  /** The names of the two files. */
  public static LobsterPair files(ExchangeSession session, int levels) {
    long begin = ExchangeSession.OPEN_SECONDS * 1000L;
    return LobsterPair.named(
        session.instrument().symbol(),
        session.date(),
        begin,
        begin + session.seconds() * 1000L,
        levels);
  }

  @Override
  public void take(OrderEvent event, L3Book book) throws IOException {
    if (event.type != EventType.HALT && !isVisible(event, book)) {
      return;
    }
    long time = ExchangeSession.OPEN_SECONDS * ExchangeSession.SECOND;
    time += event.nanos - session.openNanos();
    line.setLength(0);
    FixedPoint.append(line, time, 9);
    // Types 1 to 4 are the ordinals of ADD to TRADE, 7 is that of HALT.
    line.append(',').append(event.type.ordinal());
    if (event.type == EventType.HALT) {
      line.append(",0,0,").append(event.haltCode).append(",-1\n");
    } else {
      line.append(',').append(event.orderId).append(',').append(event.size);
      line.append(',').append(session.instrument().price(event.ticks));
      line.append(event.side == Side.BID ? ",1\n" : ",-1\n");
    }
    messages.append(line);
    writeBook(book);
  }

  private boolean isVisible(OrderEvent event, L3Book book) {
    int better = 0;
    while (better < levels && better < book.depth(event.side) && isBetter(event, book, better)) {
      better++;
    }
    return better < levels;
  }

  private static boolean isBetter(OrderEvent event, L3Book book, int level) {
    double price = book.price(event.side, level);
    return event.side == Side.BID ? price > event.ticks : price < event.ticks;
  }

  private void writeBook(L3Book book) throws IOException {
    line.setLength(0);
    for (int level = 0; level < levels; level++) {
      for (Side side : COLUMNS) {
        if (level < book.depth(side)) {
          line.append(session.instrument().price((int) book.price(side, level)));
          line.append(',').append((long) book.size(side, level));
        } else {
          line.append(EMPTY[side.ordinal()]);
        }
        line.append(',');
      }
    }
    line.setCharAt(line.length() - 1, '\n');
    orderbook.append(line);
  }
}

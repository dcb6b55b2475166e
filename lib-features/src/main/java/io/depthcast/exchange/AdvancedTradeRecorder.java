package io.depthcast.exchange;

import io.depthcast.book.L3Book;
import io.depthcast.book.Side;
import java.time.Instant;
import java.util.List;

/**
 * Writes a session as a capture of Coinbase's Advanced Trade feed: receive time, then the channels
 * {@code l2_data} (a snapshot, then updates) and {@code market_trades}, without heartbeats. Times
 * are nanoseconds in ISO 8601; the side of a trade is that of the resting order.
 *
 * <p>{@code sequence_num} counts all messages of a connection, and only a new connection, which
 * begins at 0, brings a snapshot.
 */
public final class AdvancedTradeRecorder extends CaptureRecorder {

  private final String product;
  private long sequence;
  private long tradeId;

  /**
   * @param product name of the instrument at this venue, {@code BTC-USD}
   * @param depthMs milliseconds of an update, 0 to 10000; 50 at this venue; 0 for one after each
   *     moment at which the book changes
   * @param plan faults in the order of their updates, as those of {@link BinanceRecorder}; no
   *     {@link CaptureFault#STALE_SNAPSHOT}, since snapshots are not asked for
   */
  public AdvancedTradeRecorder(
      Instrument instrument,
      String product,
      int depthMs,
      List<PlannedFault> plan,
      Appendable capture) {
    super(instrument, depthMs, Numbering.MESSAGES, false, false, plan, capture);
    this.product = product;
  }

  @Override
  String snapshot(long sent, L3Book book) {
    sequence = 0;
    begin("l2_data", "snapshot", sent);
    beginLevels();
    boolean first = true;
    for (Side side : Side.values()) {
      for (int level = 0; level < book.depth(side); level++) {
        text.append(first ? "" : ",");
        level(side, sent, (int) book.price(side, level), (long) book.size(side, level));
        first = false;
      }
    }
    return text.append("]}]}").toString();
  }

  @Override
  String update(long sent, L3Book book, Added added) {
    begin("l2_data", "update", sent);
    beginLevels();
    boolean first = true;
    if (added != null) {
      level(Side.BID, sent, added.ticks(), added.size());
      first = false;
    }
    for (Side side : Side.values()) {
      for (int ticks : batch.levels(side)) {
        text.append(first ? "" : ",");
        level(side, sent, ticks, (long) book.sizeAt(side, ticks));
        first = false;
      }
    }
    return text.append("]}]}").toString();
  }

  @Override
  String trade(long sent, OrderEvent event) {
    begin("market_trades", "update", sent);
    text.append(",\"trades\":[{\"product_id\":\"").append(product);
    text.append("\",\"trade_id\":\"").append(++tradeId).append("\",\"price\":\"");
    levels.price(event.ticks);
    text.append("\",\"size\":\"");
    levels.size(event.size);
    text.append("\",\"time\":\"").append(time(sent));
    text.append("\",\"side\":\"").append(event.side == Side.BID ? "BUY" : "SELL");
    return text.append("\"}]}]}").toString();
  }

  private void begin(String channel, String type, long sent) {
    text.setLength(0);
    text.append("{\"channel\":\"").append(channel);
    text.append("\",\"client_id\":\"\",\"timestamp\":\"").append(time(sent));
    text.append("\",\"sequence_num\":").append(sequence++);
    text.append(",\"events\":[{\"type\":\"").append(type).append('"');
  }

  private void beginLevels() {
    text.append(",\"product_id\":\"").append(product).append("\",\"updates\":[");
  }

  private void level(Side side, long sent, int ticks, long size) {
    text.append("{\"side\":\"").append(side == Side.BID ? "bid" : "offer");
    text.append("\",\"event_time\":\"").append(time(sent)).append("\",\"price_level\":\"");
    levels.price(ticks);
    text.append("\",\"new_quantity\":\"");
    levels.size(size);
    text.append("\"}");
  }

  private static Instant time(long nanos) {
    return Instant.ofEpochSecond(0, nanos);
  }
}

package io.depthcast.exchange;

import io.depthcast.book.L3Book;
import io.depthcast.book.Side;
import java.time.Instant;
import java.util.List;

/**
 * Writes a session as a capture of Coinbase's Exchange feed: receive time, then the channels {@code
 * level2_batch} (a snapshot, then {@code l2update}) and {@code matches}. Times are microseconds in
 * ISO 8601; the side of a match is that of the resting order.
 *
 * <p>The feed does not number its updates, and only a new connection brings a snapshot: updates
 * that are lost leave the book wrong until then, and no reader can tell without another connection.
 */
public final class CoinbaseRecorder extends CaptureRecorder {

  private static final long MICROSECOND = 1_000;
  private static final String[] SIDES = {"\"buy\",", "\"sell\","};

  private final String product;
  private long tradeId;

  /** A capture without faults. */
  public CoinbaseRecorder(Instrument instrument, String product, int depthMs, Appendable capture) {
    this(instrument, product, depthMs, List.of(), false, capture);
  }

  /**
   * @param product name of the instrument at this venue, {@code BTC-USD}
   * @param depthMs milliseconds of an {@code l2update}, 0 to 10000; 50 at this venue; 0 for one
   *     after each moment at which the book changes
   * @param plan faults in the order of their updates, as those of {@link BinanceRecorder}; no
   *     {@link CaptureFault#STALE_SNAPSHOT}, since snapshots are not asked for
   * @param witnessed whether a second connection is captured beside the first, without trades and
   *     without faults, of which a reader learns of updates that the first has lost; lines have
   *     their connection then
   */
  public CoinbaseRecorder(
      Instrument instrument,
      String product,
      int depthMs,
      List<PlannedFault> plan,
      boolean witnessed,
      Appendable capture) {
    super(instrument, depthMs, Numbering.NONE, false, witnessed, plan, capture);
    this.product = product;
  }

  @Override
  String snapshot(long sent, L3Book book) {
    begin("snapshot");
    text.append(",\"bids\":");
    levels.book(Side.BID, book);
    text.append(",\"asks\":");
    levels.book(Side.ASK, book);
    return end(sent);
  }

  @Override
  String update(long sent, L3Book book, Added added) {
    begin("l2update");
    text.append(",\"changes\":[");
    if (added != null) {
      levels.pair(SIDES[0], added.ticks(), added.size());
      text.append(',');
    }
    levels.changes(SIDES[0], Side.BID, batch, book);
    if (!batch.levels(Side.BID).isEmpty() && !batch.levels(Side.ASK).isEmpty()) {
      text.append(',');
    }
    levels.changes(SIDES[1], Side.ASK, batch, book);
    text.append(']');
    return end(sent);
  }

  @Override
  String trade(long sent, OrderEvent event) {
    begin("match");
    text.append(",\"trade_id\":").append(++tradeId);
    text.append(",\"side\":\"").append(event.side == Side.BID ? "buy" : "sell");
    text.append("\",\"price\":\"");
    levels.price(event.ticks);
    text.append("\",\"size\":\"");
    levels.size(event.size);
    text.append('"');
    return end(sent);
  }

  private void begin(String type) {
    text.setLength(0);
    text.append("{\"type\":\"").append(type).append("\",\"product_id\":\"");
    text.append(product).append('"');
  }

  private String end(long sent) {
    Instant time = Instant.ofEpochSecond(0, sent - sent % MICROSECOND);
    return text.append(",\"time\":\"").append(time).append("\"}").toString();
  }
}

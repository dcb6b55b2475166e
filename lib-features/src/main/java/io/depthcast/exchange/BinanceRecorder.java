package io.depthcast.exchange;

import io.depthcast.book.L3Book;
import io.depthcast.book.Side;
import java.util.List;
import java.util.Locale;

/**
 * Writes a session as a capture of Binance's spot market: receive time, then the envelope of
 * combined streams with depth updates and trades; the first line is a snapshot as the venue's REST
 * interface answers it, in an envelope that names the symbol. Each event is one update id.
 *
 * <p>Trades before the first depth update are not in the capture, and neither are halts: nothing is
 * received then.
 */
public final class BinanceRecorder extends CaptureRecorder {

  private final String symbol;
  private final String stream;

  /** Id of the last event, and of the last in a depth update. */
  private long updateId;

  private long toldId;
  private long tradeId;

  /**
   * @param depthMs milliseconds of a depth update, 0 to 10000; 100 on the stream
   *     {@code @depth@100ms}; 0 for one after each moment at which the book changes
   * @param plan faults in the order of their updates; one that is due before the one before it is
   *     over waits for that
   */
  public BinanceRecorder(
      Instrument instrument, int depthMs, List<PlannedFault> plan, Appendable capture) {
    super(instrument, depthMs, Numbering.UPDATES, true, false, plan, capture);
    symbol = instrument.symbol();
    stream = symbol.toLowerCase(Locale.ROOT) + "@";
  }

  @Override
  void count() {
    updateId++;
  }

  @Override
  boolean hasTrades() {
    return toldId > 0;
  }

  @Override
  String snapshot(long sent, L3Book book) {
    text.setLength(0);
    text.append("{\"stream\":\"").append(stream).append("depthSnapshot\",\"data\":");
    text.append("{\"lastUpdateId\":").append(toldId).append(",\"bids\":");
    levels.book(Side.BID, book);
    text.append(",\"asks\":");
    levels.book(Side.ASK, book);
    return text.append("}}").toString();
  }

  @Override
  String update(long sent, L3Book book, Added added) {
    begin("depth@100ms", "depthUpdate", sent);
    text.append(",\"U\":").append(toldId + 1).append(",\"u\":").append(updateId);
    toldId = updateId;
    text.append(",\"b\":[");
    levels.changes("", Side.BID, batch, book);
    if (added != null) {
      text.append(batch.levels(Side.BID).isEmpty() ? "" : ",");
      levels.pair("", added.ticks(), added.size());
    }
    text.append("],\"a\":[");
    levels.changes("", Side.ASK, batch, book);
    return text.append("]}}").toString();
  }

  @Override
  String trade(long sent, OrderEvent event) {
    begin("trade", "trade", sent);
    text.append(",\"t\":").append(++tradeId).append(",\"p\":\"");
    levels.price(event.ticks);
    text.append("\",\"q\":\"");
    levels.size(event.size);
    text.append("\",\"T\":").append(event.nanos / MS);
    text.append(",\"m\":").append(event.side == Side.BID).append(",\"M\":true}}");
    return text.toString();
  }

  private void begin(String name, String type, long sent) {
    text.setLength(0);
    text.append("{\"stream\":\"").append(stream).append(name);
    text.append("\",\"data\":{\"e\":\"").append(type);
    text.append("\",\"E\":").append(sent / MS);
    text.append(",\"s\":\"").append(symbol).append('"');
  }
}

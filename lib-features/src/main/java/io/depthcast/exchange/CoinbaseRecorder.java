package io.depthcast.exchange;

import io.depthcast.book.EventType;
import io.depthcast.book.L3Book;
import io.depthcast.book.Side;
import java.io.IOException;
import java.time.Instant;

/**
 * Writes a session as a capture of Coinbase's Exchange feed, a line a message: receive time, then
 * the channels {@code level2_batch} (a snapshot, then {@code l2update}) and {@code matches}. Times
 * are microseconds in ISO 8601; the side of a match is that of the resting order. A message is
 * received two milliseconds after it is sent, and a nanosecond after the one before at least.
 */
public final class CoinbaseRecorder implements SessionSink {

  private static final long LATENCY = 2_000_000;
  private static final long MICROSECOND = 1_000;
  private static final String[] SIDES = {"\"buy\",", "\"sell\","};

  private final String product;
  private final LevelBatch batch;
  private final Appendable capture;
  private final StringBuilder text = new StringBuilder();
  private final LevelText levels;
  private long lastRecv = Long.MIN_VALUE;
  private long tradeId;

  /**
   * @param product name of the instrument at this venue, {@code BTC-USD}
   * @param depthMs milliseconds of an {@code l2update}, 0 to 10000; 50 at this venue; 0 for one
   *     after each moment at which the book changes
   */
  public CoinbaseRecorder(Instrument instrument, String product, int depthMs, Appendable capture) {
    this.product = product;
    this.capture = capture;
    batch = new LevelBatch(depthMs);
    levels = new LevelText(instrument, text);
  }

  @Override
  public void open(long nanos, L3Book book) throws IOException {
    batch.open(nanos);
    begin("snapshot");
    text.append(",\"bids\":");
    levels.book(Side.BID, book);
    text.append(",\"asks\":");
    levels.book(Side.ASK, book);
    end(nanos);
  }

  @Override
  public void advance(long nanos, L3Book book) throws IOException {
    if (batch.isDue(nanos)) {
      tellUpdate(batch.end(), book);
    }
  }

  @Override
  public void take(OrderEvent event, L3Book book) throws IOException {
    if (event.type == EventType.HALT) {
      return;
    }
    batch.add(event);
    if (event.type == EventType.TRADE) {
      begin("match");
      text.append(",\"trade_id\":").append(++tradeId);
      text.append(",\"side\":\"").append(event.side == Side.BID ? "buy" : "sell");
      text.append("\",\"price\":\"");
      levels.price(event.ticks);
      text.append("\",\"size\":\"");
      levels.size(event.size);
      text.append('"');
      end(event.nanos);
    }
  }

  @Override
  public void close(long nanos, L3Book book) throws IOException {
    if (!batch.isEmpty()) {
      tellUpdate(batch.end(), book);
    }
  }

  private void tellUpdate(long nanos, L3Book book) throws IOException {
    begin("l2update");
    text.append(",\"changes\":[");
    levels.changes(SIDES[0], Side.BID, batch, book);
    if (!batch.levels(Side.BID).isEmpty() && !batch.levels(Side.ASK).isEmpty()) {
      text.append(',');
    }
    levels.changes(SIDES[1], Side.ASK, batch, book);
    text.append(']');
    batch.clear();
    end(nanos);
  }

  private void begin(String type) {
    text.setLength(0);
    text.append("{\"type\":\"").append(type).append("\",\"product_id\":\"");
    text.append(product).append('"');
  }

  private void end(long nanos) throws IOException {
    lastRecv = Math.max(lastRecv + 1, nanos + LATENCY);
    Instant time = Instant.ofEpochSecond(0, nanos - nanos % MICROSECOND);
    text.append(",\"time\":\"").append(time).append("\"}\n");
    capture.append(Long.toString(lastRecv)).append(' ').append(text);
  }
}

package io.depthcast.exchange;

import io.depthcast.book.L3Book;
import io.depthcast.book.Side;
import java.io.IOException;

/**
 * Writes the best levels at equal distances of time as a table, from the begin of the session on:
 * {@code symbol,ts_ns,bid_price_1,bid_size_1,ask_price_1,ask_size_1,bid_price_2 ...}, a header
 * first. Cells of empty levels are empty. Sizes are whole units.
 */
public final class SnapshotRecorder implements SessionSink {

  private static final Side[] SIDES = Side.values();

  private final Instrument instrument;
  private final int levels;
  private final long distance;
  private final Appendable table;
  private final StringBuilder line = new StringBuilder();
  private long next;

  /**
   * @param levels levels a side, 1 to 1000
   * @param everyMs milliseconds from row to row, 1 to 3600000
   */
  public SnapshotRecorder(Instrument instrument, int levels, int everyMs, Appendable table) {
    Instrument.requireRange("levels", levels, 1, 1000);
    Instrument.requireRange("everyMs", everyMs, 1, 3_600_000);
    this.instrument = instrument;
    this.levels = levels;
    this.table = table;
    distance = everyMs * 1_000_000L;
  }

  @Override
  public void open(long nanos, L3Book book) throws IOException {
    line.setLength(0);
    line.append("symbol,ts_ns");
    for (int level = 1; level <= levels; level++) {
      for (Side side : SIDES) {
        line.append(',').append(side.column()).append("_price_").append(level);
        line.append(',').append(side.column()).append("_size_").append(level);
      }
    }
    table.append(line).append('\n');
    next = nanos;
    writeUntil(nanos, book);
  }

  @Override
  public void advance(long nanos, L3Book book) throws IOException {
    // A row at the very time of an event is of the book before it.
    writeUntil(nanos, book);
  }

  @Override
  public void take(OrderEvent event, L3Book book) {}

  @Override
  public void close(long nanos, L3Book book) throws IOException {
    writeUntil(nanos, book);
  }

  private void writeUntil(long nanos, L3Book book) throws IOException {
    for (; next <= nanos; next += distance) {
      line.setLength(0);
      line.append(instrument.symbol()).append(',').append(next);
      for (int level = 0; level < levels; level++) {
        for (Side side : SIDES) {
          line.append(',');
          if (level < book.depth(side)) {
            long price = instrument.price((int) book.price(side, level));
            FixedPoint.append(line, price, Instrument.PRICE_DECIMALS);
            line.append(',').append((long) book.size(side, level));
          } else {
            line.append(',');
          }
        }
      }
      table.append(line).append('\n');
    }
  }
}

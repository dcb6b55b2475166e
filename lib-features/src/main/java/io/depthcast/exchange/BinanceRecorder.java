package io.depthcast.exchange;

import io.depthcast.book.EventType;
import io.depthcast.book.L3Book;
import io.depthcast.book.Side;
import io.depthcast.quality.SuspectWindow.Cause;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * Writes a session as a capture of Binance's spot market, a line a message: receive time, then the
 * envelope of combined streams with depth updates and trades; the first line is a snapshot as the
 * venue's REST interface answers it, in an envelope that names the symbol. Each event is one update
 * id. A message is received two milliseconds after it is sent, and a nanosecond after the one
 * before at least.
 *
 * <p>Trades before the first depth update are not in the capture, and neither are halts: nothing is
 * received then.
 */
public final class BinanceRecorder implements SessionSink {

  private static final long MS = 1_000_000;
  private static final long LATENCY = 2 * MS;

  private static final int LOST_UPDATES = 3;
  private static final int UPDATES_TO_SNAPSHOT = 5;
  private static final long CLOCK_SHIFT_MS = 3_000;
  private static final int SHIFTED_UPDATES = 5;
  private static final long SILENCE = 40 * ExchangeSession.SECOND;
  private static final long RECONNECT = 2 * ExchangeSession.SECOND;
  private static final int CUT_CHARS = 3;
  private static final int CROSSED_TICKS = 3;

  private final Instrument instrument;
  private final String stream;
  private final LevelBatch batch;
  private final List<PlannedFault> plan;
  private final Appendable capture;
  private final FaultLog log = new FaultLog();
  private final StringBuilder text = new StringBuilder();
  private final LevelText levels;

  private long lastRecv = Long.MIN_VALUE;

  /** Id of the last event, and of the last in a depth update. */
  private long updateId;

  private long toldId;
  private long tradeId;

  /** Depth updates made, those lost counted. */
  private int updates;

  private int nextFault;

  /** The fault that goes on, null if none does, and the depth updates since its first. */
  private CaptureFault fault;

  private int since;
  private int snapshotAt = Integer.MAX_VALUE;
  private long silentUntil = Long.MIN_VALUE;
  private long shiftMs;
  private long faultRecv;
  private int crossedTicks;
  private String kept;

  /**
   * @param depthMs milliseconds of a depth update, 0 to 10000; 100 on the stream
   *     {@code @depth@100ms}; 0 for one after each moment at which the book changes
   * @param plan faults in the order of their updates; one that is due before the one before it is
   *     over waits for that
   */
  public BinanceRecorder(
      Instrument instrument, int depthMs, List<PlannedFault> plan, Appendable capture) {
    this.instrument = instrument;
    this.plan = List.copyOf(plan);
    this.capture = capture;
    stream = instrument.symbol().toLowerCase(Locale.ROOT) + "@";
    batch = new LevelBatch(depthMs);
    levels = new LevelText(instrument, text);
  }

  @Override
  public void open(long nanos, L3Book book) throws IOException {
    batch.open(nanos);
    write(nanos, snapshot(book));
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
    updateId++;
    batch.add(event);
    if (event.type == EventType.TRADE) {
      tradeId++;
      if (updates > 0 && event.nanos >= silentUntil) {
        log.row(write(event.nanos, trade(event)), false);
      }
    }
  }

  @Override
  public void close(long nanos, L3Book book) throws IOException {
    if (!batch.isEmpty()) {
      tellUpdate(batch.end(), book);
    }
    if (fault == CaptureFault.CROSSED) {
      log.add(fault, Cause.CROSSED_BOOK, faultRecv, log.lastRow());
    } else if (fault == CaptureFault.CLOCK_JUMP) {
      log.add(fault, Cause.CLOCK_JUMP, faultRecv, log.lastRow());
    }
    log.end();
  }

  /** What a reader of the capture has to find; complete when the session is closed. */
  public List<InjectedFault> faults() {
    return log.faults();
  }

  private void tellUpdate(long nanos, L3Book book) throws IOException {
    updates++;
    boolean isDue = nextFault < plan.size() && plan.get(nextFault).atUpdate() <= updates;
    if (fault == null && isDue) {
      fault = plan.get(nextFault++).fault();
      since = 0;
    }
    tellFaulty(nanos, book);
    since++;
    toldId = updateId;
    batch.clear();
    if (updates == snapshotAt) {
      recover(nanos, book);
    }
  }

  private void recover(long nanos, L3Book book) throws IOException {
    log.recover();
    log.row(write(nanos, snapshot(book)), false);
    snapshotAt = Integer.MAX_VALUE;
    fault = null;
  }

  private void tellFaulty(long nanos, L3Book book) throws IOException {
    if (fault == null) {
      writeUpdate(nanos, book);
      return;
    }
    switch (fault) {
      case DROPPED -> drop(nanos, book);
      case DUPLICATED -> duplicate(nanos, book);
      case REORDERED -> reorder(nanos, book);
      case MALFORMED -> malform(nanos, book);
      case CROSSED -> cross(nanos, book);
      case NEGATIVE_SIZE -> makeNegative(nanos, book);
      case CLOCK_JUMP -> shiftClock(nanos, book);
      case SILENCE -> keepSilent(nanos, book, SILENCE, UPDATES_TO_SNAPSHOT);
      case RECONNECT -> keepSilent(nanos, book, RECONNECT, 0);
      case STALE_SNAPSHOT -> dropAndAnswerLate(nanos, book);
    }
  }

  private void drop(long nanos, L3Book book) throws IOException {
    if (since == 0) {
      log.lose(CaptureFault.DROPPED, false);
      snapshotAt = updates + LOST_UPDATES + UPDATES_TO_SNAPSHOT;
    }
    if (since >= LOST_UPDATES) {
      writeUpdate(nanos, book);
    }
  }

  private void dropAndAnswerLate(long nanos, L3Book book) throws IOException {
    if (since == 0) {
      log.lose(CaptureFault.STALE_SNAPSHOT, false);
      snapshotAt = updates + LOST_UPDATES + 2 * UPDATES_TO_SNAPSHOT;
      kept = snapshot(book, toldId);
    }
    if (since >= LOST_UPDATES) {
      writeUpdate(nanos, book);
    }
    if (since == LOST_UPDATES + UPDATES_TO_SNAPSHOT) {
      write(nanos, kept);
    }
  }

  private void duplicate(long nanos, L3Book book) throws IOException {
    String update = update(nanos, book, null);
    log.row(write(nanos, update), true);
    long recv = write(nanos, update);
    log.add(CaptureFault.DUPLICATED, null, recv, recv);
    fault = null;
  }

  private void reorder(long nanos, L3Book book) throws IOException {
    if (since == 0) {
      kept = update(nanos, book, null);
      log.lose(CaptureFault.REORDERED, false);
      snapshotAt = updates + 1 + UPDATES_TO_SNAPSHOT;
      return;
    }
    writeUpdate(nanos, book);
    if (since == 1) {
      write(nanos, kept);
    }
  }

  private void malform(long nanos, L3Book book) throws IOException {
    if (since > 0) {
      writeUpdate(nanos, book);
      return;
    }
    String update = update(nanos, book, null);
    write(nanos, update.substring(0, update.length() - CUT_CHARS));
    log.nextRow(CaptureFault.MALFORMED, Cause.REJECTED_ROWS);
    log.lose(CaptureFault.MALFORMED, true);
    snapshotAt = updates + UPDATES_TO_SNAPSHOT;
  }

  private void makeNegative(long nanos, L3Book book) throws IOException {
    if (since > 0) {
      writeUpdate(nanos, book);
      return;
    }
    text.setLength(0);
    levels.pair("", (int) book.price(Side.BID, 0), 1);
    text.insert(text.lastIndexOf("\"0.") + 1, '-');
    write(nanos, update(nanos, book, text.toString()));
    log.nextRow(CaptureFault.NEGATIVE_SIZE, Cause.NEGATIVE_SIZE);
    log.lose(CaptureFault.NEGATIVE_SIZE, true);
    snapshotAt = updates + UPDATES_TO_SNAPSHOT;
  }

  private void cross(long nanos, L3Book book) throws IOException {
    if (since == 0) {
      crossedTicks = (int) book.price(Side.ASK, 0) + CROSSED_TICKS;
      faultRecv = write(nanos, update(nanos, book, level(crossedTicks, 1)));
      log.row(faultRecv, true);
      return;
    }
    log.add(CaptureFault.CROSSED, Cause.CROSSED_BOOK, faultRecv, log.lastRow());
    String gone = level(crossedTicks, (long) book.sizeAt(Side.BID, crossedTicks));
    log.row(write(nanos, update(nanos, book, gone)), true);
    fault = null;
  }

  private String level(int ticks, long size) {
    text.setLength(0);
    levels.pair("", ticks, size);
    return text.toString();
  }

  private void shiftClock(long nanos, L3Book book) throws IOException {
    shiftMs = CLOCK_SHIFT_MS;
    long recv = writeUpdate(nanos, book);
    if (since == 0) {
      faultRecv = recv;
    }
    if (since == SHIFTED_UPDATES - 1) {
      log.add(CaptureFault.CLOCK_JUMP, Cause.CLOCK_JUMP, faultRecv, recv);
      shiftMs = 0;
      fault = null;
    }
  }

  private void keepSilent(long nanos, L3Book book, long length, int updatesToSnapshot)
      throws IOException {
    if (since == 0) {
      silentUntil = nanos + length;
      log.lose(fault, false);
      if (fault == CaptureFault.SILENCE) {
        log.nextRow(CaptureFault.SILENCE, Cause.SILENCE);
      }
    }
    if (nanos < silentUntil) {
      return;
    }
    if (snapshotAt == Integer.MAX_VALUE) {
      snapshotAt = updates + updatesToSnapshot;
    }
    writeUpdate(nanos, book);
  }

  private long writeUpdate(long nanos, L3Book book) throws IOException {
    long recv = write(nanos, update(nanos, book, null));
    log.row(recv, true);
    return recv;
  }

  /** Writes a line and answers when it was received. */
  private long write(long nanos, String json) throws IOException {
    lastRecv = Math.max(lastRecv + 1, nanos + LATENCY);
    capture.append(Long.toString(lastRecv)).append(' ').append(json).append('\n');
    return lastRecv;
  }

  private String snapshot(L3Book book) {
    return snapshot(book, updateId);
  }

  private String snapshot(L3Book book, long id) {
    text.setLength(0);
    text.append("{\"stream\":\"").append(stream).append("depthSnapshot\",\"data\":");
    text.append("{\"lastUpdateId\":").append(id).append(",\"bids\":");
    levels.book(Side.BID, book);
    text.append(",\"asks\":");
    levels.book(Side.ASK, book);
    return text.append("}}").toString();
  }

  /**
   * A depth update.
   *
   * @param added one more bid, null for none
   */
  private String update(long nanos, L3Book book, String added) {
    begin("depth@100ms", "depthUpdate", nanos);
    text.append(",\"U\":").append(toldId + 1).append(",\"u\":").append(updateId);
    text.append(",\"b\":[");
    levels.changes("", Side.BID, batch, book);
    if (added != null) {
      text.append(batch.levels(Side.BID).isEmpty() ? "" : ",").append(added);
    }
    text.append("],\"a\":[");
    levels.changes("", Side.ASK, batch, book);
    return text.append("]}}").toString();
  }

  private String trade(OrderEvent event) {
    begin("trade", "trade", event.nanos);
    text.append(",\"t\":").append(tradeId).append(",\"p\":\"");
    levels.price(event.ticks);
    text.append("\",\"q\":\"");
    levels.size(event.size);
    text.append("\",\"T\":").append(event.nanos / MS);
    text.append(",\"m\":").append(event.side == Side.BID).append(",\"M\":true}}");
    return text.toString();
  }

  private void begin(String name, String type, long nanos) {
    text.setLength(0);
    text.append("{\"stream\":\"").append(stream).append(name);
    text.append("\",\"data\":{\"e\":\"").append(type);
    text.append("\",\"E\":").append(nanos / MS - shiftMs);
    text.append(",\"s\":\"").append(instrument.symbol()).append('"');
  }
}

package io.depthcast.exchange;

import io.depthcast.book.EventType;
import io.depthcast.book.L2Book;
import io.depthcast.book.L3Book;
import io.depthcast.book.Side;
import io.depthcast.feed.coinbase.CoinbaseReader;
import io.depthcast.quality.SuspectWindow.Cause;
import java.io.IOException;
import java.util.List;

/**
 * Writes a session as a capture of a venue of levels, a line a message, and puts the faults of a
 * plan into it. A message is received two milliseconds after it is sent, and a nanosecond after the
 * one before at least. Halts are not in a capture: nothing is received then.
 */
abstract sealed class CaptureRecorder implements SessionSink
    permits BinanceRecorder, CoinbaseRecorder, AdvancedTradeRecorder {

  /** What tells a reader that messages are missing. */
  enum Numbering {
    /** Updates have numbers: the next update tells. */
    UPDATES,
    /** All messages of a connection have numbers: the next message tells. */
    MESSAGES,
    /** Nothing does. */
    NONE
  }

  /** A bid that a faulty update has beside its own levels; the size may be below zero. */
  record Added(int ticks, long size) {}

  static final long MS = 1_000_000;
  private static final long LATENCY = 2 * MS;

  /** A second connection tells with the second update after a snapshot, not the first. */
  private static final int UNCOMPARED_UPDATES = 2;

  private static final int LOST_UPDATES = 3;
  private static final int UPDATES_TO_SNAPSHOT = 5;
  private static final long CLOCK_SHIFT = 3 * ExchangeSession.SECOND;
  private static final int SHIFTED_UPDATES = 5;
  private static final long SILENCE = 40 * ExchangeSession.SECOND;
  private static final long RECONNECT = 2 * ExchangeSession.SECOND;
  private static final int CUT_CHARS = 3;
  private static final int CROSSED_TICKS = 3;

  final LevelBatch batch;

  /** Where a message is put together. */
  final StringBuilder text = new StringBuilder();

  final LevelText levels;

  private final Numbering numbering;
  private final boolean asksForSnapshots;
  private final boolean witnessed;
  private final List<PlannedFault> plan;
  private final Appendable capture;
  private final FaultLog log = new FaultLog();

  private long lastRecv = Long.MIN_VALUE;
  private long lines;

  /** What the first connection was told, in ticks. */
  private final L2Book told = new L2Book();

  /** What the second was. */
  private final L2Book witnessTold = new L2Book();

  /** The second connection has to be made anew with the first. */
  private boolean witnessLost;

  /**
   * How far the venue's clock is behind in the present update, and what it has beside its levels.
   */
  private long sentShift;

  private Added sentAdded;
  private int sinceSnapshot;

  /** Depth updates made, those lost counted. */
  private int updates;

  private int nextFault;

  /** The fault that goes on, null if none does, and the depth updates since its first. */
  private CaptureFault fault;

  private int since;
  private int snapshotAt = Integer.MAX_VALUE;
  private long silentUntil = Long.MIN_VALUE;

  /** When messages of the venue can be had again. */
  private long audibleAt;

  private long shift;
  private long faultRecv;
  private int crossedTicks;
  private String kept;

  /**
   * @param asksForSnapshots whether a snapshot can be asked for; else only a new connection brings
   *     one
   * @param witnessed whether a second connection, without trades, is captured beside the first;
   *     what goes wrong is the first one's fault, but for what the venue sends
   */
  CaptureRecorder(
      Instrument instrument,
      int depthMs,
      Numbering numbering,
      boolean asksForSnapshots,
      boolean witnessed,
      List<PlannedFault> plan,
      Appendable capture) {
    this.numbering = numbering;
    this.asksForSnapshots = asksForSnapshots;
    this.witnessed = witnessed;
    this.plan = List.copyOf(plan);
    this.capture = capture;
    for (PlannedFault planned : plan) {
      if (planned.fault() == CaptureFault.STALE_SNAPSHOT && !asksForSnapshots) {
        throw new IllegalArgumentException(
            "Invalid fault: stale_snapshot (this venue answers no request for a snapshot)");
      }
    }
    batch = new LevelBatch(depthMs);
    levels = new LevelText(instrument, text);
  }

  /** A message with the whole book; the number of a connection begins anew with it. */
  abstract String snapshot(long sent, L3Book book);

  /**
   * A message with the levels of the batch. It takes its number, whether it is written or lost.
   *
   * @param added null for none
   */
  abstract String update(long sent, L3Book book, Added added);

  /** A message with a trade. It takes its number, whether it is written or lost. */
  abstract String trade(long sent, OrderEvent event);

  /** Whether trades are in the capture yet. */
  boolean hasTrades() {
    return true;
  }

  /** Takes note of an event before any message about it. */
  void count() {}

  @Override
  public final void open(long nanos, L3Book book) throws IOException {
    batch.open(nanos);
    write(nanos, snapshot(nanos, book));
    if (witnessed) {
      tellAll(told, book);
      tellWitnessAll(nanos, book);
    }
  }

  @Override
  public final void advance(long nanos, L3Book book) throws IOException {
    if (batch.isDue(nanos)) {
      tellUpdate(batch.end(), book);
    }
  }

  @Override
  public final void take(OrderEvent event, L3Book book) throws IOException {
    if (event.type == EventType.HALT) {
      return;
    }
    count();
    batch.add(event);
    if (event.type == EventType.TRADE) {
      String trade = trade(event.nanos - shift, event);
      if (hasTrades() && event.nanos >= silentUntil) {
        log.row(write(event.nanos, trade), false);
      }
    }
  }

  @Override
  public final void close(long nanos, L3Book book) throws IOException {
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
  public final List<InjectedFault> faults() {
    return log.faults();
  }

  /** The faults of the plan that were begun. */
  final List<PlannedFault> begun() {
    return plan.subList(0, nextFault);
  }

  private void tellUpdate(long nanos, L3Book book) throws IOException {
    updates++;
    boolean isDue =
        nextFault < plan.size()
            && plan.get(nextFault).atUpdate() <= updates
            && (!witnessed || sinceSnapshot >= UNCOMPARED_UPDATES);
    if (fault == null && isDue) {
      fault = plan.get(nextFault++).fault();
      since = 0;
    }
    sinceSnapshot++;
    sentShift = 0;
    sentAdded = null;
    tellFaulty(nanos, book);
    since++;
    if (witnessed) {
      tellWitness(nanos, book);
    }
    batch.clear();
    if (updates == snapshotAt) {
      recover(nanos, book);
    }
  }

  private void recover(long nanos, L3Book book) throws IOException {
    log.recover();
    log.row(write(nanos, snapshot(nanos, book)), true);
    if (witnessed) {
      tellAll(told, book);
    }
    if (witnessLost) {
      tellWitnessAll(nanos, book);
    }
    snapshotAt = Integer.MAX_VALUE;
    sinceSnapshot = 0;
    fault = null;
  }

  private static void tellAll(L2Book one, L3Book book) {
    one.clear();
    for (Side side : Side.values()) {
      for (int level = 0; level < book.depth(side); level++) {
        one.set(side, book.price(side, level), book.size(side, level));
      }
    }
  }

  private void tellChanges(L2Book one, L3Book book) {
    if (!witnessed) {
      return;
    }
    for (Side side : Side.values()) {
      for (int ticks : batch.levels(side)) {
        one.set(side, ticks, book.sizeAt(side, ticks));
      }
    }
  }

  private void tellWitnessAll(long nanos, L3Book book) throws IOException {
    write(nanos, CoinbaseReader.WITNESS, snapshot(nanos, book));
    tellAll(witnessTold, book);
    witnessLost = false;
  }

  /** The second connection gets what the venue sends; with it the first one's gap shows. */
  private void tellWitness(long nanos, L3Book book) throws IOException {
    long recv = write(nanos, CoinbaseReader.WITNESS, update(nanos - sentShift, book, sentAdded));
    tellChanges(witnessTold, book);
    if (fault == CaptureFault.DROPPED && since > LOST_UPDATES) {
      if (told.isSame(witnessTold)) {
        log.agree();
      } else {
        log.takeOver(recv);
        told.copy(witnessTold);
      }
      fault = null;
    }
  }

  /** The book is lost; a snapshot comes after some more updates. */
  private void lose(boolean seenInTheLine, int updatesToSnapshot) {
    log.lose(fault, seenInTheLine || numbering == Numbering.MESSAGES);
    snapshotAt = updates + updatesToSnapshot;
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
    String update = update(nanos, book, null);
    if (since >= LOST_UPDATES) {
      log.row(write(nanos, update), true);
      tellChanges(told, book);
    } else if (witnessed) {
      if (since == 0) {
        log.lose(fault, false);
      }
    } else if (numbering == Numbering.NONE) {
      log.hide(CaptureFault.DROPPED);
      fault = since == LOST_UPDATES - 1 ? null : CaptureFault.DROPPED;
    } else if (since == 0) {
      lose(false, LOST_UPDATES + UPDATES_TO_SNAPSHOT);
    }
  }

  private void dropAndAnswerLate(long nanos, L3Book book) throws IOException {
    if (since == 0) {
      lose(false, LOST_UPDATES + 2 * UPDATES_TO_SNAPSHOT);
      kept = snapshot(nanos, book);
    }
    String update = update(nanos, book, null);
    if (since >= LOST_UPDATES) {
      log.row(write(nanos, update), true);
    }
    if (since == LOST_UPDATES + UPDATES_TO_SNAPSHOT) {
      write(nanos, kept);
    }
  }

  private void duplicate(long nanos, L3Book book) throws IOException {
    String update = update(nanos, book, null);
    log.row(write(nanos, update), true);
    tellChanges(told, book);
    long recv = write(nanos, update);
    log.add(CaptureFault.DUPLICATED, null, recv, recv);
    fault = null;
  }

  private void reorder(long nanos, L3Book book) throws IOException {
    if (since == 0) {
      kept = update(nanos, book, null);
      if (numbering == Numbering.NONE) {
        log.holdBack();
      } else {
        lose(false, 1 + UPDATES_TO_SNAPSHOT);
      }
      return;
    }
    writeUpdate(nanos, book);
    if (since > 1) {
      return;
    }
    if (numbering == Numbering.NONE) {
      // That its time is before that of the last update tells.
      log.comeLate(fault);
      snapshotAt = updates + UPDATES_TO_SNAPSHOT;
      log.row(write(nanos, kept), true);
    } else {
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
    lose(true, UPDATES_TO_SNAPSHOT);
  }

  private void makeNegative(long nanos, L3Book book) throws IOException {
    if (since > 0) {
      writeUpdate(nanos, book);
      return;
    }
    sentAdded = new Added((int) book.price(Side.BID, 0), -1);
    witnessLost = witnessed;
    write(nanos, update(nanos, book, sentAdded));
    log.nextRow(CaptureFault.NEGATIVE_SIZE, Cause.NEGATIVE_SIZE);
    lose(true, UPDATES_TO_SNAPSHOT);
  }

  private void cross(long nanos, L3Book book) throws IOException {
    if (since == 0) {
      crossedTicks = (int) book.price(Side.ASK, 0) + CROSSED_TICKS;
      sentAdded = new Added(crossedTicks, 1);
      faultRecv = write(nanos, update(nanos, book, sentAdded));
      log.row(faultRecv, true);
      tellChanges(told, book);
      return;
    }
    log.add(CaptureFault.CROSSED, Cause.CROSSED_BOOK, faultRecv, log.lastRow());
    sentAdded = new Added(crossedTicks, (long) book.sizeAt(Side.BID, crossedTicks));
    log.row(write(nanos, update(nanos, book, sentAdded)), true);
    tellChanges(told, book);
    fault = null;
  }

  private void shiftClock(long nanos, L3Book book) throws IOException {
    shift = CLOCK_SHIFT;
    long recv = writeUpdate(nanos, book);
    if (since == 0) {
      faultRecv = recv;
    }
    if (since == SHIFTED_UPDATES - 1) {
      log.add(CaptureFault.CLOCK_JUMP, Cause.CLOCK_JUMP, faultRecv, recv);
      shift = 0;
      fault = null;
    }
  }

  private void keepSilent(long nanos, L3Book book, long length, int updatesToSnapshot)
      throws IOException {
    if (since == 0) {
      audibleAt = nanos + length;
      silentUntil = asksForSnapshots ? audibleAt : Long.MAX_VALUE;
      if (fault == CaptureFault.SILENCE) {
        log.nextRow(fault, Cause.SILENCE);
      }
      if (asksForSnapshots) {
        log.lose(fault, false);
      }
    }
    String update = update(nanos, book, null);
    if (nanos < audibleAt) {
      return;
    }
    if (!asksForSnapshots) {
      log.nextRow(fault, Cause.RECONNECT);
      silentUntil = Long.MIN_VALUE;
      recover(nanos, book);
      return;
    }
    if (snapshotAt == Integer.MAX_VALUE) {
      snapshotAt = updates + updatesToSnapshot;
    }
    log.row(write(nanos, update), true);
  }

  private long writeUpdate(long nanos, L3Book book) throws IOException {
    sentShift = shift;
    long recv = write(nanos, update(nanos - shift, book, null));
    log.row(recv, true);
    tellChanges(told, book);
    return recv;
  }

  private long write(long nanos, String json) throws IOException {
    return write(nanos, "first", json);
  }

  /** Writes a line and answers when it was received. */
  private long write(long nanos, String connection, String json) throws IOException {
    lastRecv = Math.max(lastRecv + 1, nanos + LATENCY);
    capture.append(Long.toString(lastRecv)).append(' ');
    if (witnessed) {
      capture.append(Long.toString(lastRecv)).append(' ').append(connection).append(' ');
      capture.append(Long.toString(++lines)).append(' ');
    }
    capture.append(json).append('\n');
    return lastRecv;
  }
}

package io.depthcast.labels;

import io.depthcast.book.BookBatch;
import io.depthcast.features.Window;

/**
 * A label that compares the two sides of the book at an entry row with those at an exit row, which
 * rows of both kinds reach in the order in which they began to wait.
 */
final class AheadRun implements LabelRun {

  /** What is read of each row, a value a side; NaN where there is none. */
  interface Quotes {
    double bid(BookBatch batch, int row);

    double ask(BookBatch batch, int row);
  }

  /** The label of an entry and an exit. */
  @FunctionalInterface
  interface Comparison {
    double of(double entryBid, double entryAsk, double exitBid, double exitAsk);
  }

  static final Quotes BEST_PRICES =
      new Quotes() {
        @Override
        public double bid(BookBatch batch, int row) {
          return batch.bidPrice[0][row];
        }

        @Override
        public double ask(BookBatch batch, int row) {
          return batch.askPrice[0][row];
        }
      };

  private static final int TIME = 0;
  private static final int ENTRY_SEQ = 1;
  private static final int ENTRY_TIME = 2;
  private static final int ENTRY_BID = 3;
  private static final int ENTRY_ASK = 4;

  /** Null where a row is its own entry. */
  private final Window latency;

  private final Window horizon;
  private final long lastSeq;
  private final Quotes quotes;
  private final Comparison comparison;
  private final RowOrder order = new RowOrder();
  private final WaitingRows waiting = new WaitingRows(5);

  /** The oldest row without an entry. */
  private long nextToEnter;

  private long lastSuspect = Long.MIN_VALUE;
  private double bidBefore = Double.NaN;
  private double askBefore = Double.NaN;

  AheadRun(Window horizon, long lastSeq, Quotes quotes, Comparison comparison) {
    this(null, horizon, lastSeq, quotes, comparison);
  }

  AheadRun(Window latency, Window horizon, long lastSeq, Quotes quotes, Comparison comparison) {
    this.latency = latency;
    this.horizon = horizon;
    this.lastSeq = lastSeq;
    this.quotes = quotes;
    this.comparison = comparison;
  }

  @Override
  public void compute(BookBatch batch, LabelSink sink) {
    if (batch.rows > 0) {
      order.follow(batch);
    }
    for (int i = 0; i < batch.rows; i++) {
      long seq = batch.seq[i];
      long time = batch.tsEvent[i];
      double bid = quotes.bid(batch, i);
      double ask = quotes.ask(batch, i);
      if (batch.suspect[i]) {
        lastSuspect = seq;
      }
      if (seq <= lastSeq) {
        add(seq, time, bid, ask);
      }
      enter(seq, time, bid, ask);
      leave(seq, time, bid, ask, sink);
      bidBefore = bid;
      askBefore = ask;
    }
  }

  private void add(long seq, long time, double bid, double ask) {
    if (waiting.isEmpty()) {
      nextToEnter = seq;
    }
    waiting.add(seq);
    waiting.set(TIME, seq, time);
    if (latency == null) {
      enterAt(seq, seq, time, bid, ask);
    }
  }

  /** Gives their entry to the rows that the present one is the first to be after, or to be. */
  private void enter(long seq, long time, double bid, double ask) {
    while (nextToEnter < waiting.endSeq()
        && isReached(latency, nextToEnter, waiting.get(TIME, nextToEnter), seq, time)) {
      if (latency.isTime()) {
        long entryTime = waiting.get(TIME, nextToEnter) + latency.nanos();
        enterAt(nextToEnter, seq - 1, entryTime, bidBefore, askBefore);
      } else {
        enterAt(nextToEnter, seq, time, bid, ask);
      }
    }
  }

  private void enterAt(long seq, long entrySeq, long entryTime, double bid, double ask) {
    waiting.set(ENTRY_SEQ, seq, entrySeq);
    waiting.set(ENTRY_TIME, seq, entryTime);
    waiting.setDouble(ENTRY_BID, seq, bid);
    waiting.setDouble(ENTRY_ASK, seq, ask);
    nextToEnter = seq + 1;
  }

  private void leave(long seq, long time, double bid, double ask, LabelSink sink) {
    double exitBid = horizon.isTime() ? bidBefore : bid;
    double exitAsk = horizon.isTime() ? askBefore : ask;
    while (!waiting.isEmpty() && waiting.firstSeq() < nextToEnter) {
      long t = waiting.firstSeq();
      if (!isReached(horizon, waiting.get(ENTRY_SEQ, t), waiting.get(ENTRY_TIME, t), seq, time)) {
        return;
      }
      double value =
          comparison.of(
              waiting.getDouble(ENTRY_BID, t), waiting.getDouble(ENTRY_ASK, t), exitBid, exitAsk);
      sink.label(t, waiting.get(TIME, t), lastSuspect >= t ? Double.NaN : value, seq, time);
      waiting.removeFirst();
    }
  }

  private static boolean isReached(
      Window window, long fromSeq, long fromTime, long seq, long time) {
    return window.isTime() ? time - fromTime > window.nanos() : seq - fromSeq >= window.rows();
  }

  @Override
  public void finish(LabelSink sink) {
    for (; !waiting.isEmpty(); waiting.removeFirst()) {
      long t = waiting.firstSeq();
      sink.label(t, waiting.get(TIME, t), Double.NaN, Label.NO_END, Label.NO_END);
    }
  }
}

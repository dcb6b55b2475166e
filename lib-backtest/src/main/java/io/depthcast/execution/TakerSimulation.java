package io.depthcast.execution;

import io.depthcast.book.BookBatch;
import io.depthcast.costs.Fee;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A {@link Taker} trading one slice, fed batch by batch; the outcome does not depend on where the
 * batches are cut. The rules are listed in {@code docs/backtest.md}.
 */
public final class TakerSimulation {

  private static final long NANOS_PER_MINUTE = 60_000_000_000L;

  private final Taker taker;
  private final Consumer<Fill> fills;
  private final Consumer<PositionMark> marks;
  private final Account account;
  private final Map<OrderOutcome, Long> orders = new EnumMap<>(OrderOutcome.class);
  private double cancelledSize;

  /**
   * The last row seen, and the last with a book to trade on: copies, because batches are reused.
   */
  private final BookBatch last;

  private final BookBatch lastUsable;
  private double lastUsableMid = Double.NaN;

  private Order inFlight;
  private boolean finished;

  /**
   * @param taker the strategy
   * @param fee the venue's fee on the trade date of the slice
   * @param levels levels a side of the batches to come
   * @param fills receives each fill, in order
   * @param marks receives position and money, in order
   */
  public TakerSimulation(
      Taker taker, Fee fee, int levels, Consumer<Fill> fills, Consumer<PositionMark> marks) {
    this.taker = taker;
    this.fills = fills;
    this.marks = marks;
    account = new Account(fee);
    last = new BookBatch(1, levels);
    lastUsable = new BookBatch(1, levels);
    for (OrderOutcome outcome : OrderOutcome.values()) {
      orders.put(outcome, 0L);
    }
  }

  /**
   * Trades the next rows of the slice.
   *
   * @param batch the rows that follow those of the call before
   * @param pUp probability of a rise by row of the batch, NaN where there is no forecast
   * @param pDown probability of a fall by row of the batch, NaN where there is no forecast
   */
  public void run(BookBatch batch, double[] pUp, double[] pDown) {
    requireOpen();
    if (batch.levels != last.levels) {
      throw new IllegalArgumentException(
          "Expected %d levels, got a batch of %d".formatted(last.levels, batch.levels));
    }
    if (pUp.length < batch.rows || pDown.length < batch.rows) {
      throw new IllegalArgumentException(
          "Expected forecasts for %d rows, got %d and %d"
              .formatted(batch.rows, pUp.length, pDown.length));
    }
    BookBatch before = last;
    int rowBefore = 0;
    int usableRow = -1;
    for (int row = 0; row < batch.rows; row++) {
      if (before.rows > 0) {
        stepTo(batch, row, before, rowBefore);
      }
      if (problem(batch, row) == null) {
        usableRow = row;
        lastUsableMid = batch.mid(row);
        decide(batch.tsEvent[row], pUp[row] - pDown[row]);
      }
      before = batch;
      rowBefore = row;
    }
    if (batch.rows > 0) {
      copyRow(batch, batch.rows - 1, last);
    }
    if (usableRow >= 0) {
      copyRow(batch, usableRow, lastUsable);
    }
  }

  /**
   * Closes the position on the last usable book and settles the slice.
   *
   * @throws IllegalStateException if the accounting does not balance, which is a bug
   */
  public SliceResult finish() {
    requireOpen();
    finished = true;
    double closedBeyondBook = 0;
    if (last.rows > 0) {
      long tsEnd = last.tsEvent[0];
      if (inFlight != null) {
        if (inFlight.tsArrival() <= tsEnd) {
          arrive(last, 0);
        } else {
          drop(OrderOutcome.DROPPED_AFTER_END);
        }
      }
      if (account.position() != 0) {
        closedBeyondBook = close(tsEnd);
      }
      mark(last.seq[0], tsEnd);
    }
    account.requireBalance();
    return new SliceResult(
        account.gross(),
        account.costs(),
        account.cash(),
        Collections.unmodifiableMap(orders),
        cancelledSize,
        closedBeyondBook);
  }

  private void requireOpen() {
    if (finished) {
      throw new IllegalStateException("The slice is finished; a slice takes its own simulation");
    }
  }

  /** What happens between the row before and this row, which is not yet looked at. */
  private void stepTo(BookBatch batch, int row, BookBatch before, int rowBefore) {
    long ts = batch.tsEvent[row];
    long tsBefore = before.tsEvent[rowBefore];
    if (ts < tsBefore) {
      throw new IllegalArgumentException(
          "Time runs backwards at seq %d: %d follows %d".formatted(batch.seq[row], ts, tsBefore));
    }
    if (Math.floorDiv(ts, NANOS_PER_MINUTE) != Math.floorDiv(tsBefore, NANOS_PER_MINUTE)) {
      mark(before.seq[rowBefore], tsBefore);
    }
    if (inFlight != null && inFlight.tsArrival() < ts) {
      arrive(before, rowBefore);
    }
  }

  /** Sends an order if none is in flight and the edge asks for another position. */
  private void decide(long ts, double edge) {
    if (inFlight != null) {
      return;
    }
    double target = taker.target(edge, account.position());
    if (target != account.position()) {
      inFlight = new Order(target, lastUsableMid, ts, ts + taker.latencyUs() * 1000);
    }
  }

  /** The order in flight meets a standing book. */
  private void arrive(BookBatch book, int row) {
    OrderOutcome problem = problem(book, row);
    if (problem != null) {
      drop(problem);
      return;
    }
    Order order = inFlight;
    inFlight = null;
    double quantity = account.quantity(order);
    BookWalk walk = BookWalk.of(book, row, account.side(order), quantity);
    count(walk.size() == quantity ? OrderOutcome.FILLED : OrderOutcome.PARTLY_FILLED);
    cancelledSize += quantity - walk.size();
    fill(order, walk, book.seq[row], book.mid(row), false);
  }

  /** Flattens the position; returns the base units that the visible levels could not fill. */
  private double close(long ts) {
    double mid = lastUsable.mid(0);
    Order order = new Order(0, mid, ts, ts);
    double quantity = account.quantity(order);
    BookWalk walk = BookWalk.of(lastUsable, 0, account.side(order), quantity);
    fill(order, walk.filledUpTo(quantity), lastUsable.seq[0], mid, true);
    return quantity - walk.size();
  }

  private void fill(Order order, BookWalk walk, long seq, double mid, boolean closing) {
    fills.accept(account.fill(order, walk, seq, order.tsArrival(), mid, closing));
    mark(seq, order.tsArrival());
  }

  private void drop(OrderOutcome reason) {
    count(reason);
    inFlight = null;
  }

  private void count(OrderOutcome outcome) {
    orders.merge(outcome, 1L, Long::sum);
  }

  private void mark(long seq, long ts) {
    double position = account.position();
    double cash = account.cash();
    double equity = position == 0 ? cash : cash + position * lastUsableMid;
    marks.accept(new PositionMark(seq, ts, position, cash, lastUsableMid, equity));
  }

  /** Why the book of a row cannot be traded on, or null if it can. */
  private static OrderOutcome problem(BookBatch batch, int row) {
    if (batch.suspect[row]) {
      return OrderOutcome.DROPPED_SUSPECT;
    }
    if (!(batch.bidSize[0][row] > 0 && batch.askSize[0][row] > 0) || Double.isNaN(batch.mid(row))) {
      return OrderOutcome.DROPPED_ONE_SIDED;
    }
    return batch.bidPrice[0][row] > batch.askPrice[0][row] ? OrderOutcome.DROPPED_CROSSED : null;
  }

  private static void copyRow(BookBatch from, int row, BookBatch to) {
    to.rows = 1;
    to.seq[0] = from.seq[row];
    to.tsEvent[0] = from.tsEvent[row];
    to.suspect[0] = from.suspect[row];
    for (int level = 0; level < from.levels; level++) {
      to.bidPrice[level][0] = from.bidPrice[level][row];
      to.bidSize[level][0] = from.bidSize[level][row];
      to.askPrice[level][0] = from.askPrice[level][row];
      to.askSize[level][0] = from.askSize[level][row];
    }
  }
}

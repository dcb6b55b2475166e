package io.depthcast.jobs.replicate;

import io.depthcast.book.BookBatch;
import io.depthcast.features.MidMove;
import io.depthcast.features.Window;
import io.depthcast.features.WindowSum;
import java.util.Arrays;

/**
 * What the order flow of the last 100 updates says about the move that comes, in the setting of
 * Kolm, Turiel and Westray (2023) with a linear forecast: from 10 ms after the row until twice the
 * mean time between moves of the mid (of the window before) has passed. The line of all windows
 * before is scored on a window.
 */
final class ForwardFacts {

  private static final long LATENCY = 10_000_000;
  private static final int MOVES_AHEAD = 2;
  private static final int LEAST_TRAINING_ROWS = 2000;
  private static final int LEAST_ROWS = 200;
  private static final int FIRST_CAPACITY = 1024;

  private final int levels;
  private final long windowNanos;
  private final SliceFacts facts;
  private final WindowSum[] sums;
  private double[][] flows = {};

  /** Rows whose moves are not known yet, a ring; those before {@link #entering} have entered. */
  private double[][] waiting = new double[FIRST_CAPACITY][];

  private long[] times = new long[FIRST_CAPACITY];
  private int first;
  private int entering;
  private int end;

  private long window = Long.MIN_VALUE;
  private long horizon;
  private long moves;
  private double lastMid = Double.NaN;
  private final Regression before;
  private Regression now;

  ForwardFacts(int levels, long windowNanos, SliceFacts facts) {
    this.levels = levels;
    this.windowNanos = windowNanos;
    this.facts = facts;
    sums = new WindowSum[levels];
    Arrays.setAll(sums, level -> Window.events(100).sum());
    before = new Regression(levels + 1);
    now = new Regression(levels + 1);
  }

  /**
   * Takes the next rows.
   *
   * @param rowFlows order flow imbalance of each row, by level
   */
  void add(BookBatch batch, double[][] rowFlows) {
    if (flows.length == 0 || flows[0].length < batch.rows) {
      flows = new double[levels][batch.capacity];
    }
    for (int level = 0; level < levels; level++) {
      System.arraycopy(rowFlows[level], 0, flows[level], 0, batch.rows);
      sums[level].slide(batch, flows[level]);
    }
    for (int i = 0; i < batch.rows; i++) {
      long of = Math.floorDiv(batch.tsEvent[i], windowNanos);
      if (of != window) {
        beginWindow(of);
      }
      add(batch, i);
    }
  }

  private void beginWindow(long next) {
    score();
    boolean follows = next == window + 1;
    horizon = follows && moves > 0 ? MOVES_AHEAD * windowNanos / moves : 0;
    now = new Regression(levels + 1);
    moves = 0;
    window = next;
    forget();
  }

  private void forget() {
    first = 0;
    entering = 0;
    end = 0;
  }

  private void add(BookBatch batch, int row) {
    double mid = batch.mid(row);
    if (batch.suspect[row] || Double.isNaN(mid)) {
      forget();
      lastMid = Double.NaN;
      return;
    }
    settle(batch.tsEvent[row]);
    if (!Double.isNaN(lastMid) && !MidMove.isNone(mid, lastMid)) {
      moves++;
    }
    lastMid = mid;
    if (horizon > 0) {
      enqueue(batch.tsEvent[row], row);
    }
  }

  /** The mid that stands until {@code time} settles what waits for an earlier time. */
  private void settle(long time) {
    while (entering < end && times[entering] + LATENCY < time) {
      waiting[entering++][levels] = lastMid;
    }
    while (first < entering && times[first] + LATENCY + horizon < time) {
      double[] observation = waiting[first++];
      observation[levels] = (lastMid - observation[levels]) / observation[levels] * 1e4;
      now.add(observation);
    }
  }

  private void enqueue(long time, int row) {
    if (end == times.length) {
      compact();
    }
    double[] observation = new double[levels + 1];
    for (int level = 0; level < levels; level++) {
      observation[level] = flows[level][row];
    }
    waiting[end] = observation;
    times[end] = time;
    end++;
  }

  private void compact() {
    int kept = end - first;
    int capacity = 2 * kept > times.length ? 2 * times.length : times.length;
    waiting = Arrays.copyOf(Arrays.copyOfRange(waiting, first, end), capacity);
    times = Arrays.copyOf(Arrays.copyOfRange(times, first, end), capacity);
    entering -= first;
    first = 0;
    end = kept;
  }

  /** Scores the last window. */
  void finish() {
    score();
  }

  private void score() {
    if (before.n() >= LEAST_TRAINING_ROWS && now.n() >= LEAST_ROWS) {
      int[] xs = new int[levels];
      Arrays.setAll(xs, i -> i);
      facts.add(Fact.FORWARD_R2, now.explained(before.fit(levels, xs), levels));
    }
    before.add(now);
  }
}

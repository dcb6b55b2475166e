package io.depthcast.jobs.replicate;

import io.depthcast.book.BookBatch;
import io.depthcast.features.MidMove;
import io.depthcast.fitted.FeatureFit;
import io.depthcast.fitted.FittedFeature;
import io.depthcast.fitted.StoikovMicroprice;
import io.depthcast.jobs.replicate.SliceFacts.ImbalanceBucket;
import java.util.Arrays;

/**
 * Whether micro-prices are martingales: whether the mid after its next six moves, less the
 * micro-price now, is 0 on average in every bucket of queue imbalance. Of the size-weighted
 * micro-price, and of Stoikov's, whose chain is fitted on all windows before the one that is
 * tested; the first window only gives the tick, the smallest spread in it.
 */
final class MartingaleFacts {

  static final int BUCKETS = 11;

  private static final int SPREAD_CLASSES = 8;
  private static final int MOVES = 6;

  /** Windows of fewer moves say nothing. */
  private static final int LEAST_MOVES = 50;

  /** Root mean square of what is foreseen, bps, below which only rounding is left. */
  private static final double LEAST_FORESEEN = 1e-6;

  private final long windowNanos;
  private final SliceFacts facts;

  /** Rows that wait for the mid, by the number of its moves since, a ring. */
  private final Sums[] waiting = new Sums[MOVES];

  private int newest;
  private Sums settled = new Sums();
  private int moves;
  private int scored;

  private double tick = Double.POSITIVE_INFINITY;
  private FeatureFit fit;
  private FittedFeature fitted;
  private long window = Long.MIN_VALUE;
  private boolean follows;
  private double lastMid = Double.NaN;
  private final double[] values = new double[3];

  /** Sums over rows, by bucket of imbalance, bps: how far the mid went, and how far foreseen. */
  private static final class Sums {
    private final long[] rows = new long[BUCKETS];
    private final double[] drift = new double[BUCKETS];
    private final double[] weighted = new double[BUCKETS];
    private final double[] stoikov = new double[BUCKETS];

    /** The mid of rows that wait, quote currency. */
    private double mid;

    void add(Sums of, double driftBps) {
      for (int b = 0; b < BUCKETS; b++) {
        rows[b] += of.rows[b];
        drift[b] += of.rows[b] * driftBps;
        weighted[b] += of.weighted[b];
        stoikov[b] += of.stoikov[b];
      }
    }
  }

  MartingaleFacts(long windowNanos, SliceFacts facts) {
    this.windowNanos = windowNanos;
    this.facts = facts;
  }

  /** Takes the next rows. */
  void add(BookBatch batch) {
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
    if (window != Long.MIN_VALUE && fit == null && tick < Double.POSITIVE_INFINITY) {
      fit = new StoikovMicroprice(tick, BUCKETS, SPREAD_CLASSES, MOVES).start();
    } else if (fit != null) {
      fitted = fit.finish();
    }
    window = next;
    forget();
  }

  private void forget() {
    Arrays.setAll(waiting, i -> new Sums());
    lastMid = Double.NaN;
  }

  private void add(BookBatch batch, int row) {
    double mid = batch.mid(row);
    if (batch.suspect[row] || Double.isNaN(mid)) {
      follows = false;
      forget();
      return;
    }
    double spread = batch.askPrice[0][row] - batch.bidPrice[0][row];
    if (fit == null) {
      tick = spread > 0 ? Math.min(tick, spread) : tick;
      return;
    }
    double bid = batch.bidSize[0][row];
    double ask = batch.askSize[0][row];
    values[0] = mid;
    values[1] = spread;
    values[2] = (bid - ask) / (bid + ask);
    if (fitted != null) {
      test(mid, spread);
    }
    fit.add(values, follows);
    follows = true;
  }

  /** The rows that saw six moves settle against the mid; this one begins to wait. */
  private void test(double mid, double spread) {
    if (!MidMove.isNone(mid, lastMid)) {
      newest = (newest + 1) % waiting.length;
      Sums due = waiting[newest];
      settled.add(due, (mid - due.mid) / mid * 1e4);
      moves++;
      waiting[newest] = new Sums();
      waiting[newest].mid = mid;
      lastMid = mid;
    }
    Sums now = waiting[newest];
    int bucket = Math.min(BUCKETS - 1, (int) ((1 + values[2]) / 2 * BUCKETS));
    now.rows[bucket]++;
    now.weighted[bucket] += spread * values[2] / 2 / mid * 1e4;
    now.stoikov[bucket] += fitted.value(values);
  }

  /** Scores the last window. */
  void finish() {
    score();
  }

  private void score() {
    if (moves >= LEAST_MOVES) {
      facts.add(Fact.MICROPRICE_SLOPE, slope(settled.weighted));
      facts.add(Fact.STOIKOV_SLOPE, slope(settled.stoikov));
      for (int b = 0; b < BUCKETS; b++) {
        facts.add(
            new ImbalanceBucket(
                scored % 2 == 1,
                b,
                settled.rows[b],
                settled.drift[b],
                settled.weighted[b],
                settled.stoikov[b]));
      }
      scored++;
    }
    settled = new Sums();
    moves = 0;
  }

  /**
   * Of the buckets' mean drift on what was foreseen, a bucket weighing as many as its rows; NaN
   * where nothing was foreseen.
   */
  private double slope(double[] foreseen) {
    double rows = Arrays.stream(settled.rows).sum();
    double meanForeseen = Arrays.stream(foreseen).sum() / rows;
    double meanDrift = Arrays.stream(settled.drift).sum() / rows;
    double both = 0;
    double own = 0;
    for (int b = 0; b < BUCKETS; b++) {
      if (settled.rows[b] > 0) {
        double x = foreseen[b] / settled.rows[b] - meanForeseen;
        both += settled.rows[b] * x * (settled.drift[b] / settled.rows[b] - meanDrift);
        own += settled.rows[b] * x * x;
      }
    }
    return own > rows * LEAST_FORESEEN * LEAST_FORESEEN ? both / own : Double.NaN;
  }
}

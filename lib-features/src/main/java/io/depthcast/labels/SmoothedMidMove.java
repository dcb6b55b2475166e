package io.depthcast.labels;

import io.depthcast.book.BookBatch;
import io.depthcast.features.EventWindowSum;

/**
 * The mean of the next k mids against the mid now, {@code smoothed_mid_move_50e}:
 *
 * <pre>
 *   move(t) = ( (mid(t+1) + ... + mid(t+k)) / k - mid(t) ) / mid(t)
 * </pre>
 *
 * <p>In bps; a move with an absolute value below 10^-10 (before the bps) is rounding and set to 0.
 * The label ends with row t+k. NaN where the slice ends before row t+k, and where any of the rows t
 * .. t+k is suspect or has an empty side.
 *
 * <p>Source: Ntakaris et al. 2018, Benchmark Dataset for Mid-Price Forecasting of Limit Order Book
 * Data with Machine Learning Methods.
 *
 * @param horizonEvents k; 1 to 1000000
 */
public record SmoothedMidMove(int horizonEvents) implements Label {

  /** Moves closer to 0 than this are rounding. */
  private static final double SMALLEST_MOVE = 1e-10;

  public SmoothedMidMove {
    if (horizonEvents < 1 || horizonEvents > 1_000_000) {
      throw new IllegalArgumentException(
          "Invalid horizonEvents: " + horizonEvents + " (must be 1 to 1000000)");
    }
  }

  @Override
  public String id() {
    return "smoothed_mid_move_" + horizonEvents + "e";
  }

  @Override
  public LabelRun start() {
    return new Run(horizonEvents);
  }

  /** Keeps the last k rows, whose labels are not known yet. */
  private static final class Run implements LabelRun {

    private final EventWindowSum sums;

    /** Mids and times of the waiting rows, overwritten in turn. */
    private final double[] mids;

    private final long[] times;
    private int oldest;
    private int waiting;
    private long nextSeq = -1;
    private double[] midSums = {};

    Run(int horizonEvents) {
      sums = new EventWindowSum(horizonEvents);
      mids = new double[horizonEvents];
      times = new long[horizonEvents];
    }

    @Override
    public void compute(BookBatch batch, LabelSink sink) {
      if (batch.rows == 0) {
        return;
      }
      if (nextSeq >= 0 && batch.seq[0] != nextSeq) {
        throw new IllegalArgumentException(
            "Invalid batch: begins with seq " + batch.seq[0] + " (must be " + nextSeq + ")");
      }
      nextSeq = batch.seq[0] + batch.rows;
      if (midSums.length < batch.rows) {
        midSums = new double[batch.capacity];
      }
      for (int i = 0; i < batch.rows; i++) {
        midSums[i] = trustedMid(batch, i);
      }
      sums.slide(batch.seq[0], midSums, batch.rows);
      for (int i = 0; i < batch.rows; i++) {
        long tsEvent = batch.tsEvent[i];
        if (waiting == mids.length) {
          double move = moveBps(midSums[i] / mids.length, mids[oldest]);
          sink.label(batch.seq[i] - waiting, times[oldest], move, tsEvent);
        } else {
          waiting++;
        }
        mids[oldest] = trustedMid(batch, i);
        times[oldest] = tsEvent;
        oldest = oldest + 1 == mids.length ? 0 : oldest + 1;
      }
    }

    @Override
    public void finish(LabelSink sink) {
      for (; waiting > 0; waiting--) {
        int row = Math.floorMod(oldest - waiting, mids.length);
        sink.label(nextSeq - waiting, times[row], Double.NaN, NO_END);
      }
    }

    private static double trustedMid(BookBatch batch, int row) {
      return batch.suspect[row] ? Double.NaN : batch.mid(row);
    }

    private static double moveBps(double nextMean, double mid) {
      double move = (nextMean - mid) / mid;
      if (Double.isInfinite(move)) {
        return Double.NaN;
      }
      return Math.abs(move) < SMALLEST_MOVE ? 0 : move * 1e4;
    }
  }
}

package io.depthcast.labels;

import io.depthcast.book.BookBatch;
import io.depthcast.features.EventWindowSum;
import io.depthcast.features.Window;

/**
 * The mean of the next k mids against the mid now, {@code smoothed_mid_move_50e}:
 *
 * <pre>
 *   move(t) = ( (mid(t+1) + ... + mid(t+k)) / k - mid(t) ) / mid(t)
 * </pre>
 *
 * <p>In bps; a move with an absolute value below 10^-10 (before the bps) is rounding and set to 0.
 * The label ends with row t+k. Missing where any of the rows t .. t+k has an empty side.
 *
 * <p>Source: Ntakaris et al. 2018, Benchmark Dataset for Mid-Price Forecasting of Limit Order Book
 * Data with Machine Learning Methods.
 *
 * @param horizon k, in events
 */
public record SmoothedMidMove(Window horizon) implements Label {

  public SmoothedMidMove {
    if (horizon.isTime()) {
      throw new IllegalArgumentException(
          "Invalid horizon: " + horizon + " (must be events such as 50e)");
    }
  }

  @Override
  public String id() {
    return "smoothed_mid_move_" + horizon;
  }

  @Override
  public LabelRun start(long lastSeq) {
    return new Run(horizon.rows(), lastSeq);
  }

  private static final class Run implements LabelRun {

    private static final int TIME = 0;
    private static final int MID = 1;

    private final int horizonRows;
    private final long lastSeq;
    private final EventWindowSum sums;
    private final WaitingRows waiting = new WaitingRows(2);
    private final RowOrder order = new RowOrder();
    private double[] midSums = {};

    Run(int horizonRows, long lastSeq) {
      this.horizonRows = horizonRows;
      this.lastSeq = lastSeq;
      sums = new EventWindowSum(horizonRows);
    }

    @Override
    public void compute(BookBatch batch, LabelSink sink) {
      if (batch.rows == 0) {
        return;
      }
      order.follow(batch);
      if (midSums.length < batch.rows) {
        midSums = new double[batch.capacity];
      }
      for (int i = 0; i < batch.rows; i++) {
        midSums[i] = trustedMid(batch, i);
      }
      sums.slide(batch.seq[0], midSums, batch.rows);
      for (int i = 0; i < batch.rows; i++) {
        long seq = batch.seq[i];
        if (!waiting.isEmpty() && waiting.firstSeq() == seq - horizonRows) {
          long t = waiting.firstSeq();
          double mid = waiting.getDouble(MID, t);
          double move = Moves.bps(midSums[i] / horizonRows - mid, mid);
          sink.label(t, waiting.get(TIME, t), move, seq, batch.tsEvent[i]);
          waiting.removeFirst();
        }
        if (seq <= lastSeq) {
          waiting.add(seq);
          waiting.set(TIME, seq, batch.tsEvent[i]);
          waiting.setDouble(MID, seq, trustedMid(batch, i));
        }
      }
    }

    @Override
    public void finish(LabelSink sink) {
      for (; !waiting.isEmpty(); waiting.removeFirst()) {
        long t = waiting.firstSeq();
        sink.label(t, waiting.get(TIME, t), Double.NaN, NO_END, NO_END);
      }
    }

    private static double trustedMid(BookBatch batch, int row) {
      return batch.suspect[row] ? Double.NaN : batch.mid(row);
    }
  }
}

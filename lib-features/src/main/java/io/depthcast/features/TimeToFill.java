package io.depthcast.features;

import io.depthcast.book.BookBatch;
import io.depthcast.book.Side;
import java.util.List;

/**
 * How long an order that joins the best price now would wait until the queue before it is gone, if
 * the queue went on to shrink as it did over the window:
 *
 * <pre>
 *   q_1 / (execution_rate_1 + cancelsAhead * cancel_rate_1)
 * </pre>
 *
 * <p>In seconds. The order's position is q_1, all that rests at its price; the rates are those of
 * {@link QueueRates} at level 1, with its meaning on venues of orders and of levels. Which of the
 * withdrawn orders stand before ours is not known: {@code cancelsAhead} is their share. 1 (all
 * before it) is the optimistic end of the bracket, 0 (all behind it) the pessimistic, and for an
 * order at the end of a queue, which others have yet to join behind, it is near 1 at first.
 *
 * <p>NaN where the side is empty, where nothing was executed or withdrawn, and where the rates are:
 * on depth snapshots everywhere.
 *
 * <p>Columns {@code bid_time_to_fill_50e}, {@code ask_time_to_fill_50e}.
 *
 * @param window rows over which the rates are taken
 * @param cancelsAhead share of the withdrawn size that stood before the order; 0 to 1
 */
public record TimeToFill(Window window, double cancelsAhead) implements FeatureFamily {

  public TimeToFill {
    Ranges.checkShare("cancelsAhead", cancelsAhead);
  }

  @Override
  public int levels() {
    return 1;
  }

  @Override
  public List<Feature> produces() {
    return List.of(feature(Side.BID), feature(Side.ASK));
  }

  private Feature feature(Side side) {
    return new Feature(
        side.column() + "_time_to_fill_" + window,
        "s",
        "size of the best "
            + side.column()
            + " / (execution rate + "
            + cancelsAhead
            + " * cancel rate) over "
            + window.words());
  }

  @Override
  public boolean readsEvents() {
    return true;
  }

  @Override
  public boolean mayBeUndefined() {
    return true;
  }

  @Override
  public int warmupEvents() {
    return Math.max(1, window.rows());
  }

  @Override
  public long warmupNanos() {
    return window.nanos();
  }

  @Override
  public String reference() {
    return "Rigtorp 2013, Estimating Order Queue Position, cancellations before and behind; rates as"
        + " in Cont, Stoikov, Talreja 2010, A Stochastic Model for Order Book Dynamics";
  }

  @Override
  public FeatureKernel kernel() {
    return new Kernel(window, cancelsAhead);
  }

  private static final class Kernel implements FeatureKernel {

    private final double cancelsAhead;
    private final QueueFlows bids;
    private final QueueFlows asks;
    private final FlowTime time;
    private final double[][] arrived = new double[1][0];
    private final double[][] cancelled = new double[1][0];
    private final double[][] executed = new double[1][];

    Kernel(Window window, double cancelsAhead) {
      this.cancelsAhead = cancelsAhead;
      bids = new QueueFlows(Side.BID, 1, window);
      asks = new QueueFlows(Side.ASK, 1, window);
      time = new FlowTime(window);
    }

    @Override
    public void compute(BookBatch batch, double[][] out) {
      if (arrived[0].length < batch.rows) {
        arrived[0] = new double[batch.capacity];
        cancelled[0] = new double[batch.capacity];
      }
      double[] seconds = time.compute(batch);
      compute(batch, bids, batch.bidSize[0], seconds, out[0]);
      compute(batch, asks, batch.askSize[0], seconds, out[1]);
    }

    private void compute(
        BookBatch batch, QueueFlows flows, double[] queue, double[] seconds, double[] wait) {
      executed[0] = wait;
      flows.compute(batch, arrived, cancelled, executed);
      for (int i = 0; i < batch.rows; i++) {
        wait[i] = queue[i] * seconds[i] / (wait[i] + cancelsAhead * cancelled[0][i]);
      }
    }
  }
}

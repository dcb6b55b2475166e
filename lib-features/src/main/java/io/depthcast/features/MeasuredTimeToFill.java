package io.depthcast.features;

import io.depthcast.book.BookBatch;
import io.depthcast.book.EventType;
import io.depthcast.book.Side;
import java.util.List;

/**
 * How long the orders that joined the best price waited for their first execution, per side: the
 * mean over the orders executed for the first time in the window,
 *
 * <pre>
 *   mean of t(first execution) - t(arrival)
 * </pre>
 *
 * <p>In seconds, 0 or more; what {@link TimeToFill} estimates. An order joins the best price if it
 * arrives there or makes a new best. Only orders count that arrived within the window that ends
 * with their execution: waits longer than the window are not in the mean, nor are orders withdrawn
 * before their turn. The look-back is two windows.
 *
 * <p>NaN where there is no such order. Needs order ids: NaN everywhere on venues of levels and on
 * depth snapshots.
 *
 * <p>Columns {@code bid_measured_time_to_fill_500e}, {@code ask_measured_time_to_fill_500e}.
 *
 * @param window rows of the executions, and the longest wait
 */
public record MeasuredTimeToFill(Window window) implements FeatureFamily {

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
        side.column() + "_measured_time_to_fill_" + window,
        "s",
        "mean time from joining the best "
            + side.column()
            + " to the first execution over "
            + window.words()
            + ", of waits up to it");
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
    return Math.max(0, 2 * window.rows() - 2);
  }

  @Override
  public long warmupNanos() {
    return 2 * window.nanos();
  }

  @Override
  public String reference() {
    return "Lo, MacKinlay, Zhang 2002, Econometric Models of Limit-Order Executions, time to first"
        + " fill";
  }

  @Override
  public FeatureKernel kernel() {
    return new Kernel(window);
  }

  private static final class Kernel implements FeatureKernel {

    private static final byte ADD = (byte) EventType.ADD.ordinal();
    private static final byte DELETE = (byte) EventType.DELETE.ordinal();
    private static final byte TRADE = (byte) EventType.TRADE.ordinal();
    private static final byte BID = (byte) Side.BID.ordinal();

    /** Orders that joined the best price and have not been executed. */
    private final RecentOrders orders;

    private final WindowMean bids;
    private final WindowMean asks;

    Kernel(Window window) {
      orders = new RecentOrders(window);
      bids = new WindowMean(window);
      asks = new WindowMean(window);
    }

    @Override
    public void compute(BookBatch batch, double[][] out) {
      for (int i = 0; i < batch.rows; i++) {
        byte type = batch.eventType[i];
        orders.forgetBefore(batch, i);
        out[0][i] = Double.NaN;
        out[1][i] = Double.NaN;
        if (type == TRADE) {
          out[batch.side[i] == BID ? 0 : 1][i] = orders.age(batch, i);
        }
        if (type == ADD && batch.price[i] == best(batch, i)) {
          orders.add(batch, i);
        } else if (type == ADD || type == TRADE || type == DELETE) {
          orders.remove(batch, i);
        }
      }
      bids.slide(batch, out[0]);
      asks.slide(batch, out[1]);
    }

    private static double best(BookBatch batch, int row) {
      return batch.side[row] == BID ? batch.bidPrice[0][row] : batch.askPrice[0][row];
    }
  }
}

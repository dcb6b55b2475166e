package io.depthcast.features;

import io.depthcast.book.BookBatch;
import io.depthcast.book.EventType;
import io.depthcast.book.Side;
import java.util.List;

/**
 * How much of what the last trade took from the book has come back by now:
 *
 * <pre>
 *   trade_resilience  = (D(n) - (D(t-1) - size)) / size
 *   trade_depth_ratio = D(n) / D(t-1)
 * </pre>
 *
 * <p>with row t of the last trade with a visible order in the window, its size, and {@code D} the
 * size that stands on the side of the resting order at the trade's price or better. Without unit.
 * The resilience is 0 where nothing has come back, 1 where as much as was taken, negative where
 * more has been withdrawn, above 1 where more has come than was taken; after a small trade it is
 * far from both, as other orders come and go. The ratio is at least 0, and 1 where the depth is
 * that from before the trade; it is NaN where none stood there.
 *
 * <p>The window is the cut-off: NaN where it has no such trade. Each row of a trade counts alone,
 * also where one incoming order met several resting ones. On venues of levels the book shows the
 * trade in a later row, so the value is 1 until then. On venues of depth snapshots, which show no
 * trades, both are always NaN.
 *
 * @param levels levels of the side that are looked at, 1 to 10
 * @param window in which the trade must lie
 */
public record TradeResilience(int levels, Window window) implements FeatureFamily {

  public TradeResilience {
    Ranges.check("levels", levels, 1, 10);
  }

  @Override
  public List<Feature> produces() {
    return List.of(
        new Feature(
            "trade_resilience_" + window,
            "1",
            "(depth - (depth before - size)) / size at the price of the last trade of "
                + window.words()),
        new Feature(
            "trade_depth_ratio_" + window,
            "1",
            "depth / depth before at the price of the last trade of " + window.words()));
  }

  @Override
  public boolean readsEvents() {
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
  public boolean mayBeUndefined() {
    return true;
  }

  @Override
  public String reference() {
    return "Large 2007, Measuring the Resiliency of an Electronic Limit Order Book, replenishment"
        + " after a trade; there an intensity, here the share that is back";
  }

  @Override
  public FeatureKernel kernel() {
    return new Kernel(levels, window);
  }

  private static final class Kernel implements FeatureKernel {

    private final int levels;
    private final boolean isTime;
    private final long length;

    /** Time or number of the last trade's row. */
    private long tradePlace = Long.MIN_VALUE;

    private boolean tradeAtBid;
    private double tradePrice;
    private double tradeSize;
    private double depthBefore;

    /** The row before the batch. */
    private final BookBatch last;

    Kernel(int levels, Window window) {
      this.levels = levels;
      isTime = window.isTime();
      length = isTime ? window.nanos() : window.rows();
      last = new BookBatch(1, levels);
    }

    @Override
    public void compute(BookBatch batch, double[][] out) {
      double[] resilience = out[0];
      double[] ratio = out[1];
      long[] place = isTime ? batch.tsEvent : batch.seq;
      for (int i = 0; i < batch.rows; i++) {
        if (batch.eventType[i] == EventType.TRADE.ordinal()) {
          takeTrade(batch, i, place[i]);
        }
        double depth = tradePlace > place[i] - length ? depth(batch, i) : Double.NaN;
        resilience[i] = (depth - (depthBefore - tradeSize)) / tradeSize;
        ratio[i] = depth / depthBefore;
      }
      keepLast(batch);
    }

    private void takeTrade(BookBatch batch, int row, long place) {
      tradePlace = place;
      tradeAtBid = batch.side[row] == Side.BID.ordinal();
      tradePrice = batch.price[row];
      tradeSize = batch.side[row] == BookBatch.NO_SIDE ? Double.NaN : batch.size[row];
      depthBefore = row > 0 ? depth(batch, row - 1) : depth(last, 0);
    }

    /** D of a row. */
    private double depth(BookBatch batch, int row) {
      double[][] prices = tradeAtBid ? batch.bidPrice : batch.askPrice;
      double[][] sizes = tradeAtBid ? batch.bidSize : batch.askSize;
      double depth = 0;
      for (int level = 0; level < levels; level++) {
        if (level == batch.known) {
          return Double.NaN;
        }
        double price = prices[level][row];
        if (tradeAtBid ? !(price >= tradePrice) : !(price <= tradePrice)) {
          break;
        }
        depth += sizes[level][row];
      }
      return depth;
    }

    private void keepLast(BookBatch batch) {
      int row = batch.rows - 1;
      last.known = batch.known;
      for (int level = 0; level < levels; level++) {
        last.bidPrice[level][0] = batch.bidPrice[level][row];
        last.bidSize[level][0] = batch.bidSize[level][row];
        last.askPrice[level][0] = batch.askPrice[level][row];
        last.askSize[level][0] = batch.askSize[level][row];
      }
    }
  }
}

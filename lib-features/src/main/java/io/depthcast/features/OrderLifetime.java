package io.depthcast.features;

import io.depthcast.book.BookBatch;
import io.depthcast.book.EventType;
import java.util.List;

/**
 * Mean age of the orders that ended in a window: of those withdrawn whole, and of those executed,
 * each execution of a part counting once.
 *
 * <pre>
 *   deleted_order_age  = mean of t(i) - t(arrival) over the rows i of type delete
 *   executed_order_age = mean of t(i) - t(arrival) over the rows i of type trade
 * </pre>
 *
 * <p>In seconds, 0 or more. Only orders count that arrived within the window that ends with row i:
 * the age of the others is not known wherever a run begins. The means therefore are those of short
 * lives, and the longer the window the nearer to those of all; the look-back is two windows.
 *
 * <p>NaN where no such order ended. Needs order ids: NaN everywhere on venues of levels and on
 * depth snapshots.
 *
 * <p>Columns {@code deleted_order_age_500e}, {@code executed_order_age_500e}.
 *
 * @param window rows i, and the most that an order may be old
 */
public record OrderLifetime(Window window) implements FeatureFamily {

  @Override
  public int levels() {
    return 1;
  }

  @Override
  public List<Feature> produces() {
    String seen = " over " + window.words() + ", of orders that arrived so long before at most";
    return List.of(
        new Feature("deleted_order_age_" + window, "s", "mean age when withdrawn" + seen),
        new Feature("executed_order_age_" + window, "s", "mean age when executed" + seen));
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
    return "Hasbrouck, Saar 2009, Technology and Liquidity Provision: the Blurring of Traditional"
        + " Definitions, time to cancellation and to execution of limit orders";
  }

  @Override
  public FeatureKernel kernel() {
    return new Kernel(window);
  }

  private static final class Kernel implements FeatureKernel {

    private static final byte ADD = (byte) EventType.ADD.ordinal();
    private static final byte DELETE = (byte) EventType.DELETE.ordinal();
    private static final byte TRADE = (byte) EventType.TRADE.ordinal();

    private final RecentOrders orders;
    private final WindowMean deleted;
    private final WindowMean executed;

    Kernel(Window window) {
      orders = new RecentOrders(window);
      deleted = new WindowMean(window);
      executed = new WindowMean(window);
    }

    @Override
    public void compute(BookBatch batch, double[][] out) {
      for (int i = 0; i < batch.rows; i++) {
        byte type = batch.eventType[i];
        orders.forgetBefore(batch, i);
        out[0][i] = type == DELETE ? orders.age(batch, i) : Double.NaN;
        out[1][i] = type == TRADE ? orders.age(batch, i) : Double.NaN;
        if (type == ADD) {
          orders.add(batch, i);
        } else if (type == DELETE) {
          orders.remove(batch, i);
        }
      }
      deleted.slide(batch, out[0]);
      executed.slide(batch, out[1]);
    }
  }
}

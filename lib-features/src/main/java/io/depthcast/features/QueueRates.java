package io.depthcast.features;

import io.depthcast.book.BookBatch;
import io.depthcast.book.Side;
import java.util.ArrayList;
import java.util.List;

/**
 * Rates at which size arrives, is withdrawn and is executed, per side and level, over a window, and
 * the size withdrawn over the size arrived:
 *
 * <pre>
 *   arrival_rate = A / T,  cancel_rate = C / T,  execution_rate = E / T,  cancel_to_add = C / A
 * </pre>
 *
 * <p>Rates in base units a second, 0 or more. T is the length of a window of time; for a window of
 * rows the time from the row before it to row n.
 *
 * <p>A level's size rises or falls at its price; what rises counts for the level the price has
 * after the row, what falls and what is executed for the level it had before. The executed size E
 * is that of rows of type {@code trade}, for a price at which nothing was seen to rest that of the
 * level it would have been. Then, with R the sum of rises and F that of falls in the window,
 *
 * <pre>
 *   C = max(0, F - E),  A = R + max(0, E - F)
 * </pre>
 *
 * <p>so that A - C - E is the net change of the size seen. On venues of orders each fall is one
 * cancellation or one execution, and C and A are exact. On venues of levels the falls come in later
 * messages than their trades, netted with what arrived meanwhile: trades are matched with falls
 * level by level over the window as a whole; what fell without a trade was withdrawn, what was
 * traded and did not fall had arrived unseen. C and A are lower bounds there, for size that comes
 * and goes between two messages is not seen, and short windows are off by the trades whose fall is
 * not in them.
 *
 * <p>NaN where the window holds snapshots only, which do not tell what happened; snapshots between
 * other rows add nothing. Rates are NaN where a window of rows takes no time, the ratio where
 * nothing arrived. Levels below the last one that is read are not seen: size that was pushed out of
 * sight, or came into it, by better prices is neither withdrawn nor arrived.
 *
 * <p>Columns {@code bid_arrival_rate_1_50e} and so on, then {@code bid_cancel_rate_}, {@code
 * bid_execution_rate_}, {@code bid_cancel_to_add_} and those of the ask.
 *
 * @param levels levels 1 .. levels, each with its columns; 1 to 10
 * @param window rows summed
 */
public record QueueRates(int levels, Window window) implements FeatureFamily {

  public QueueRates {
    Ranges.check("levels", levels, 1, 10);
  }

  @Override
  public List<Feature> produces() {
    List<Feature> features = new ArrayList<>();
    for (Side side : Side.values()) {
      String of = side.column() + "_";
      add(features, of + "arrival_rate_", "base units/s", "size arrived a second at level ");
      add(features, of + "cancel_rate_", "base units/s", "size withdrawn a second at level ");
      add(features, of + "execution_rate_", "base units/s", "size executed a second at level ");
      add(features, of + "cancel_to_add_", "1", "size withdrawn / size arrived at level ");
    }
    return List.copyOf(features);
  }

  private void add(List<Feature> features, String name, String unit, String formula) {
    for (int level = 1; level <= levels; level++) {
      features.add(
          new Feature(
              name + level + "_" + window, unit, formula + level + " over " + window.words()));
    }
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
    return "Cont, Stoikov, Talreja 2010, A Stochastic Model for Order Book Dynamics, rates lambda,"
        + " mu and theta, here of size and by level";
  }

  @Override
  public FeatureKernel kernel() {
    return new Kernel(levels, window);
  }

  private static final class Kernel implements FeatureKernel {

    private static final int QUANTITIES = 4;

    private final int levels;
    private final QueueFlows bids;
    private final QueueFlows asks;
    private final FlowTime time;

    /** By quantity, then level: the columns of one side, filled anew in each call. */
    private final double[][][] columns;

    Kernel(int levels, Window window) {
      this.levels = levels;
      bids = new QueueFlows(Side.BID, levels, window);
      asks = new QueueFlows(Side.ASK, levels, window);
      time = new FlowTime(window);
      columns = new double[QUANTITIES][levels][];
    }

    @Override
    public void compute(BookBatch batch, double[][] out) {
      double[] seconds = time.compute(batch);
      compute(batch, bids, out, 0, seconds);
      compute(batch, asks, out, QUANTITIES * levels, seconds);
    }

    private void compute(
        BookBatch batch, QueueFlows flows, double[][] out, int first, double[] seconds) {
      for (int quantity = 0; quantity < QUANTITIES; quantity++) {
        System.arraycopy(out, first + quantity * levels, columns[quantity], 0, levels);
      }
      flows.compute(batch, columns[0], columns[1], columns[2]);
      for (int level = 0; level < levels; level++) {
        double[] arrived = columns[0][level];
        double[] cancelled = columns[1][level];
        double[] executed = columns[2][level];
        double[] ratio = columns[3][level];
        for (int i = 0; i < batch.rows; i++) {
          ratio[i] = Double.isNaN(seconds[i]) ? Double.NaN : cancelled[i] / arrived[i];
          arrived[i] /= seconds[i];
          cancelled[i] /= seconds[i];
          executed[i] /= seconds[i];
        }
      }
    }
  }
}

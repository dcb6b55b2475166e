package io.depthcast.features;

import io.depthcast.book.BookBatch;
import io.depthcast.book.Side;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * By how much the queue at a level's price has grown over a window, per side and level:
 *
 * <pre>
 *   q_m(n) - size that rested at the price p_m(n) where the window begins
 * </pre>
 *
 * <p>In base units, negative where the queue has shrunk. The queue is followed at its price, also
 * where that price was another level then; 0 rested there if it lay between levels, above the best
 * or below the last level of a book that ended in sight.
 *
 * <p>NaN where the level is empty now, and where its price then was below the last level that is
 * read. The same on venues of orders, of levels and of depth snapshots.
 *
 * <p>Columns {@code bid_queue_change_1_50e} and so on, then those of the ask.
 *
 * @param levels levels 1 .. levels, each its own column; 1 to 10
 * @param window between the two sizes: the earlier is that of 50 rows ago, or of the last row not
 *     later than the time of row n less 500 ms
 */
public record QueueSizeChange(int levels, Window window) implements FeatureFamily {

  public QueueSizeChange {
    Ranges.check("levels", levels, 1, 10);
  }

  @Override
  public List<Feature> produces() {
    List<Feature> features = new ArrayList<>();
    for (Side side : Side.values()) {
      for (int level = 1; level <= levels; level++) {
        features.add(
            new Feature(
                side.column() + "_queue_change_" + level + "_" + window,
                "base units",
                "size at level " + level + " less that at its price before " + window.words()));
      }
    }
    return List.copyOf(features);
  }

  @Override
  public boolean mayBeUndefined() {
    return true;
  }

  @Override
  public int warmupEvents() {
    return window.rows();
  }

  @Override
  public long warmupNanos() {
    return window.nanos();
  }

  @Override
  public String reference() {
    return "Huang, Lehalle, Rosenbaum 2015, Simulating and Analyzing Order Book Data: the Queue-"
        + "Reactive Model, queue sizes at fixed prices; change of them";
  }

  @Override
  public FeatureKernel kernel() {
    SideChange bids = new SideChange(1, levels, window);
    SideChange asks = new SideChange(-1, levels, window);
    return (batch, out) -> {
      bids.compute(batch, batch.bidPrice, batch.bidSize, out, 0);
      asks.compute(batch, batch.askPrice, batch.askSize, out, levels);
    };
  }

  private static final class SideChange {

    /** A larger price is better by this: 1 for bids, -1 for asks. */
    private final double better;

    private final int levels;
    private final WindowStart[] priceStarts;
    private final WindowStart[] sizeStarts;

    /** By level: the book where each row's window begins. */
    private final double[][] oldPrice;

    private final double[][] oldSize;

    SideChange(double better, int levels, Window window) {
      this.better = better;
      this.levels = levels;
      priceStarts = new WindowStart[levels];
      sizeStarts = new WindowStart[levels];
      Arrays.setAll(priceStarts, level -> window.start());
      Arrays.setAll(sizeStarts, level -> window.start());
      oldPrice = new double[levels][0];
      oldSize = new double[levels][0];
    }

    void compute(BookBatch batch, double[][] price, double[][] size, double[][] out, int first) {
      for (int level = 0; level < levels; level++) {
        oldPrice[level] = shift(batch, priceStarts[level], price[level], oldPrice[level]);
        oldSize[level] = shift(batch, sizeStarts[level], size[level], oldSize[level]);
      }
      int seen = Math.min(levels, batch.known);
      for (int i = 0; i < batch.rows; i++) {
        int old = 0;
        for (int level = 0; level < levels; level++) {
          double key = better * price[level][i];
          while (old < seen && better * oldPrice[old][i] > key) {
            old++;
          }
          out[first + level][i] =
              old == seen ? Double.NaN : size[level][i] - restedAt(price[level][i], old, i);
        }
      }
    }

    private double restedAt(double price, int old, int row) {
      return oldPrice[old][row] == price ? oldSize[old][row] : 0;
    }

    private static double[] shift(
        BookBatch batch, WindowStart start, double[] now, double[] shifted) {
      double[] values = shifted.length < batch.rows ? new double[batch.capacity] : shifted;
      System.arraycopy(now, 0, values, 0, batch.rows);
      start.shift(batch, values);
      return values;
    }
  }
}

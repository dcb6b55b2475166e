package io.depthcast.features;

import io.depthcast.book.BookBatch;
import java.util.Arrays;
import java.util.List;

/**
 * Rows for each change of the mid over a window, {@code updates_per_price_change_1000e}:
 *
 * <pre>
 *   (rows of the window) / (rows of the window whose mid is not that of the row before)
 * </pre>
 *
 * <p>At least 1, without unit. The more the book is worked on between two moves, the better they
 * can be foreseen. NaN where the mid does not change in the window, and where a side is empty in
 * any row of it or in the row before.
 *
 * <p>A row is an order's event on venues of orders, a message on venues of levels, a snapshot on
 * venues of depth snapshots: values of different kinds of venues do not compare.
 *
 * @param window whose rows are counted
 */
public record UpdatesPerPriceChange(Window window) implements FeatureFamily {

  @Override
  public int levels() {
    return 1;
  }

  @Override
  public List<Feature> produces() {
    return List.of(
        new Feature(
            "updates_per_price_change_" + window,
            "1",
            "rows / changes of the mid over " + window.words()));
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
    return "Kolm, Turiel, Westray 2023, Deep Order Flow Imbalance, ratio of updates to price"
        + " changes, which explains where forecasts work";
  }

  @Override
  public FeatureKernel kernel() {
    return new Kernel(window);
  }

  private static final class Kernel implements FeatureKernel {

    private final WindowSum rowSum;
    private final WindowSum changeSum;
    private double[] changes = {};
    private double midBefore = Double.NaN;

    Kernel(Window window) {
      rowSum = window.sum();
      changeSum = window.sum();
    }

    @Override
    public void compute(BookBatch batch, double[][] out) {
      if (changes.length < batch.rows) {
        changes = new double[batch.capacity];
      }
      for (int i = 0; i < batch.rows; i++) {
        double mid = batch.mid(i);
        changes[i] = change(mid, midBefore);
        midBefore = mid;
      }
      changeSum.slide(batch, changes);
      double[] ratio = out[0];
      Arrays.fill(ratio, 0, batch.rows, 1);
      rowSum.slide(batch, ratio);
      for (int i = 0; i < batch.rows; i++) {
        ratio[i] /= changes[i];
      }
    }

    private static double change(double mid, double before) {
      if (Double.isNaN(mid - before)) {
        return Double.NaN;
      }
      return MidMove.isNone(mid, before) ? 0 : 1;
    }
  }
}

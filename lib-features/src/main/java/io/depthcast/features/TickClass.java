package io.depthcast.features;

import io.depthcast.book.BookBatch;
import java.util.Arrays;
import java.util.List;

/**
 * Whether the tick is large or small for the instrument, by its mean spread over a window:
 *
 * <pre>
 *   mean_spread_ticks = mean over the window's rows of (ask - bid) / tickSize
 *   tick_class        = 0 (large tick)   if mean_spread_ticks &lt;= 1.5
 *                       2 (small tick)   if mean_spread_ticks &gt;= 3
 *                       1 (medium tick)  otherwise
 * </pre>
 *
 * <p>Ticks, and without unit. Each row counts once, however long its book stood. NaN where a side
 * is empty in any row of the window. The book is all it reads, so it means the same on venues of
 * orders, of levels and of depth snapshots. Columns end in the window, {@code tick_class_1000e}.
 *
 * @param tickSize smallest step of the price, quote currency, positive
 * @param window whose rows are averaged
 */
public record TickClass(double tickSize, Window window) implements FeatureFamily {

  private static final double LARGE_TICK = 1.5;
  private static final double SMALL_TICK = 3;

  public TickClass {
    Ranges.checkPositive("tickSize", tickSize);
  }

  @Override
  public int levels() {
    return 1;
  }

  @Override
  public List<Feature> produces() {
    return List.of(
        new Feature(
            "mean_spread_ticks_" + window,
            "ticks",
            "mean of (ask - bid) / " + ColumnNumber.of(tickSize) + " over " + window.words()),
        new Feature(
            "tick_class_" + window,
            "1",
            "0 if mean_spread_ticks <= 1.5, 2 if mean_spread_ticks >= 3, otherwise 1"));
  }

  @Override
  public int warmupEvents() {
    return Math.max(0, window.rows() - 1);
  }

  @Override
  public long warmupNanos() {
    return window.nanos();
  }

  @Override
  public String reference() {
    return "Briola, Bartolucci, Aste 2024, Deep Limit Order Book Forecasting, classes of tick size";
  }

  @Override
  public FeatureKernel kernel() {
    WindowSum spreads = window.sum();
    WindowSum rows = window.sum();
    return (batch, out) -> compute(batch, spreads, rows, out[0], out[1]);
  }

  private void compute(
      BookBatch batch, WindowSum spreads, WindowSum rows, double[] mean, double[] tickClass) {
    SpreadTicks.compute(batch, tickSize, mean);
    spreads.slide(batch, mean);
    Arrays.fill(tickClass, 0, batch.rows, 1);
    rows.slide(batch, tickClass);
    for (int i = 0; i < batch.rows; i++) {
      mean[i] /= tickClass[i];
      tickClass[i] = classOf(mean[i]);
    }
  }

  private static double classOf(double ticks) {
    if (Double.isNaN(ticks)) {
      return Double.NaN;
    }
    if (ticks <= LARGE_TICK) {
      return 0;
    }
    return ticks >= SMALL_TICK ? 2 : 1;
  }
}

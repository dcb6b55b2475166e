package io.depthcast.features;

import java.util.List;

/**
 * Mean time between the rows of a window, {@code event_duration_50e}:
 *
 * <pre>
 *   (t(n) - t(m)) / (n - m)
 * </pre>
 *
 * <p>In seconds, 0 or more, with row m the last one before the window; over one row, {@code
 * event_duration_1e}, the time since the row before.
 *
 * <p>A row is a message: one order event on venues of orders, one bundle of changes or one trade on
 * venues of levels, one snapshot of depth snapshots.
 *
 * @param window rows averaged
 */
public record EventDuration(Window window) implements FeatureFamily {

  @Override
  public int levels() {
    return 1;
  }

  @Override
  public List<Feature> produces() {
    return List.of(
        new Feature(
            "event_duration_" + window, "s", "mean of t(i) - t(i-1) over " + window.words()));
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
    return "Engle, Russell 1998, Autoregressive Conditional Duration, durations between events;"
        + " mean of them";
  }

  @Override
  public FeatureKernel kernel() {
    RowGaps gaps = new RowGaps();
    WindowMean mean = new WindowMean(window);
    return (batch, out) -> {
      double[] seconds = out[0];
      gaps.compute(batch, seconds);
      mean.slide(batch, seconds);
      for (int i = 0; i < batch.rows; i++) {
        seconds[i] /= 1e9;
      }
    };
  }
}

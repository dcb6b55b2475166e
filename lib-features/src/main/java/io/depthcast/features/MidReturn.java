package io.depthcast.features;

import io.depthcast.book.BookBatch;
import java.util.List;

/**
 * Simple return of the mid over a window, {@code mid_return_10e}:
 *
 * <pre>
 *   (mid(n) - mid(m)) / mid(m) * 10^4
 * </pre>
 *
 * <p>In bps, with row m where the window begins: 10 rows before row n, or the last row not later
 * than the time of row n less the window's. NaN where a side is empty in row n or m.
 *
 * @param window between the two mids
 */
public record MidReturn(Window window) implements FeatureFamily {

  @Override
  public int levels() {
    return 1;
  }

  @Override
  public List<Feature> produces() {
    return List.of(
        new Feature(
            "mid_return_" + window, "bps", "(mid - mid before) / mid before * 1e4, " + window));
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
    return "Gould et al. 2013, Limit Order Books, definition of the mid price; simple return of it";
  }

  @Override
  public FeatureKernel kernel() {
    WindowStart start = window.start();
    return (batch, out) -> compute(batch, start, out[0]);
  }

  private static void compute(BookBatch batch, WindowStart start, double[] returnBps) {
    for (int i = 0; i < batch.rows; i++) {
      returnBps[i] = batch.mid(i);
    }
    start.shift(batch, returnBps);
    for (int i = 0; i < batch.rows; i++) {
      double before = returnBps[i];
      returnBps[i] = (batch.mid(i) - before) / before * 1e4;
    }
  }
}

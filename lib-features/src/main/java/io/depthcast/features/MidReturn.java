package io.depthcast.features;

import io.depthcast.book.BookBatch;
import java.util.Arrays;
import java.util.List;

/**
 * Simple return of the mid over the last {@code windowEvents} rows, {@code mid_return_10e}:
 *
 * <pre>
 *   (mid(n) - mid(n-windowEvents)) / mid(n-windowEvents) * 10^4
 * </pre>
 *
 * <p>In bps. NaN where a side is empty in row n or in row n-windowEvents.
 *
 * @param windowEvents rows between the two mids; 1 to 100000
 */
public record MidReturn(int windowEvents) implements FeatureFamily {

  public MidReturn {
    Ranges.check("windowEvents", windowEvents, 1, 100_000);
  }

  @Override
  public int levels() {
    return 1;
  }

  @Override
  public List<Feature> produces() {
    return List.of(
        new Feature(
            "mid_return_" + windowEvents + "e",
            "bps",
            "(mid(n) - mid(n-" + windowEvents + ")) / mid(n-" + windowEvents + ") * 1e4"));
  }

  @Override
  public int warmupEvents() {
    return windowEvents;
  }

  @Override
  public String reference() {
    return "Gould et al. 2013, Limit Order Books, definition of the mid price; simple return of it";
  }

  @Override
  public FeatureKernel kernel() {
    return new Kernel(windowEvents);
  }

  private static final class Kernel implements FeatureKernel {

    /** The last mids, overwritten in turn. */
    private final double[] mids;

    private int oldest;

    Kernel(int windowEvents) {
      mids = new double[windowEvents];
      Arrays.fill(mids, Double.NaN);
    }

    @Override
    public void compute(BookBatch batch, double[][] out) {
      double[] returnBps = out[0];
      for (int i = 0; i < batch.rows; i++) {
        double mid = batch.mid(i);
        returnBps[i] = (mid - mids[oldest]) / mids[oldest] * 1e4;
        mids[oldest] = mid;
        oldest = oldest + 1 == mids.length ? 0 : oldest + 1;
      }
    }
  }
}

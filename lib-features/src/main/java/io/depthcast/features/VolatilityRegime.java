package io.depthcast.features;

import io.depthcast.book.BookBatch;
import java.util.List;

/**
 * Whether the market is calmer or wilder than it was: the mid's realized variance of a short window
 * against that of a long one, each by its length.
 *
 * <pre>
 *   volatility_ratio  = sqrt((RV_short / shortWindow) / (RV_long / longWindow))
 *   volatility_regime = -1 (calm)       if volatility_ratio &lt; calmBelow
 *                        1 (turbulent)  if volatility_ratio &gt; turbulentAbove
 *                        0 (usual)      otherwise
 * </pre>
 *
 * <p>Without unit. Both variances come from the returns of one grid, as in {@link
 * RealizedVolatility}; the short window is the end of the long one. NaN where that is NaN over the
 * long window, and where the mid has not moved in it. The book is all it reads, so it means the
 * same on venues of orders, of levels and of depth snapshots.
 *
 * <p>Columns end in both windows and in the sampling unless that is {@code 1e}: {@code
 * volatility_regime_100e_5000e}.
 *
 * @param shortWindow a multiple of the sampling
 * @param longWindow a multiple of the short window, at least twice it
 * @param sampling step of the grid
 * @param calmBelow ratio, positive, not above turbulentAbove
 * @param turbulentAbove ratio
 */
public record VolatilityRegime(
    Window shortWindow, Window longWindow, Window sampling, double calmBelow, double turbulentAbove)
    implements FeatureFamily {

  public VolatilityRegime {
    SampledReturns.check("shortWindow", shortWindow, sampling, 1);
    SampledReturns.check("longWindow", longWindow, shortWindow, 2);
    Ranges.checkPositive("calmBelow", calmBelow);
    Ranges.checkPositive("turbulentAbove", turbulentAbove);
    if (calmBelow > turbulentAbove) {
      throw new IllegalArgumentException(
          "Invalid calmBelow: %s (must be at most turbulentAbove, %s)"
              .formatted(calmBelow, turbulentAbove));
    }
  }

  @Override
  public int levels() {
    return 1;
  }

  @Override
  public List<Feature> produces() {
    String suffix = shortWindow + "_" + SampledReturns.suffix(longWindow, sampling);
    return List.of(
        new Feature(
            "volatility_ratio_" + suffix,
            "1",
            "sqrt((RV_short / short) / (RV_long / long)), short %s, long %s, in steps of %s"
                .formatted(shortWindow.words(), longWindow.words(), sampling)),
        new Feature(
            "volatility_regime_" + suffix,
            "1",
            "-1 if volatility_ratio < %s, 1 if volatility_ratio > %s, otherwise 0"
                .formatted(calmBelow, turbulentAbove)));
  }

  @Override
  public int warmupEvents() {
    return SampledReturns.warmupEvents(longWindow, sampling);
  }

  @Override
  public long warmupNanos() {
    return SampledReturns.warmupNanos(longWindow, sampling);
  }

  @Override
  public boolean mayBeUndefined() {
    return true;
  }

  @Override
  public String reference() {
    return "Andersen, Bollerslev 1998, Answering the Skeptics, realized volatility; its ratio over"
        + " two windows is a definition of this project";
  }

  @Override
  public FeatureKernel kernel() {
    int shortSteps = SampledReturns.steps(shortWindow, sampling);
    int longSteps = SampledReturns.steps(longWindow, sampling);
    SampledReturns returns = new SampledReturns(sampling, longSteps);
    Multipower[] variances = {new Multipower(1, shortSteps), new Multipower(1, longSteps)};
    double lengths = (double) longSteps / shortSteps;
    return (batch, out) -> {
      returns.compute(batch, variances, out);
      finish(batch, lengths, out[0], out[1]);
    };
  }

  private void finish(BookBatch batch, double lengths, double[] ratio, double[] regime) {
    for (int i = 0; i < batch.rows; i++) {
      ratio[i] = Math.sqrt(ratio[i] * lengths / regime[i]);
      regime[i] = regime(ratio[i]);
    }
  }

  private double regime(double ratio) {
    if (Double.isNaN(ratio)) {
      return Double.NaN;
    }
    if (ratio < calmBelow) {
      return -1;
    }
    return ratio > turbulentAbove ? 1 : 0;
  }
}

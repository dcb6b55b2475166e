package io.depthcast.features;

import io.depthcast.book.BookBatch;
import java.util.List;

/**
 * Two points of the signature plot against each other: realized variance of the mid over a window
 * with a fine sampling by that with a coarse one, {@code volatility_signature_5000e_1e_50e}.
 *
 * <pre>
 *   (sum r_j^2 in fine steps) / (sum r_j^2 in coarse steps)
 * </pre>
 *
 * <p>At least 0, without unit: about 1 for a random walk, above 1 where short moves are taken back
 * (noise, bouncing quotes), below 1 where they go on. Returns and grids are those of {@link
 * RealizedVolatility}. NaN where that is NaN for either sampling, and where the coarse returns are
 * all 0. The book is all it reads, so it means the same on venues of orders, of levels and of depth
 * snapshots.
 *
 * @param window of rows or time
 * @param fine step of the fine grid
 * @param coarse step of the coarse grid, a multiple of fine, at least twice it; the window is a
 *     multiple, at least twice this
 */
public record VolatilitySignature(Window window, Window fine, Window coarse)
    implements FeatureFamily {

  public VolatilitySignature {
    SampledReturns.check("coarse", coarse, fine, 2);
    SampledReturns.check("window", window, coarse, 2);
  }

  @Override
  public int levels() {
    return 1;
  }

  @Override
  public List<Feature> produces() {
    return List.of(
        new Feature(
            "volatility_signature_" + window + "_" + fine + "_" + coarse,
            "1",
            "sum r^2 over %s / sum r^2 over %s"
                .formatted(
                    SampledReturns.words(window, fine), SampledReturns.words(window, coarse))));
  }

  @Override
  public int warmupEvents() {
    return SampledReturns.warmupEvents(window, coarse);
  }

  @Override
  public long warmupNanos() {
    return SampledReturns.warmupNanos(window, coarse);
  }

  @Override
  public boolean mayBeUndefined() {
    return true;
  }

  @Override
  public String reference() {
    return "Andersen, Bollerslev, Diebold, Labys 2000, Great Realizations, volatility signature"
        + " plot; two points of it";
  }

  @Override
  public FeatureKernel kernel() {
    return new Kernel(window, fine, coarse);
  }

  private static final class Kernel implements FeatureKernel {

    private final SampledReturns fineReturns;
    private final SampledReturns coarseReturns;
    private final Multipower[] fineVariance;
    private final Multipower[] coarseVariance;
    private final double[][] fineSum = new double[1][];
    private final double[][] coarseSum = new double[1][0];

    Kernel(Window window, Window fine, Window coarse) {
      int fineSteps = SampledReturns.steps(window, fine);
      int coarseSteps = SampledReturns.steps(window, coarse);
      fineReturns = new SampledReturns(fine, fineSteps);
      coarseReturns = new SampledReturns(coarse, coarseSteps);
      fineVariance = new Multipower[] {new Multipower(1, fineSteps)};
      coarseVariance = new Multipower[] {new Multipower(1, coarseSteps)};
    }

    @Override
    public void compute(BookBatch batch, double[][] out) {
      if (coarseSum[0].length < batch.rows) {
        coarseSum[0] = new double[batch.capacity];
      }
      fineSum[0] = out[0];
      fineReturns.compute(batch, fineVariance, fineSum);
      coarseReturns.compute(batch, coarseVariance, coarseSum);
      for (int i = 0; i < batch.rows; i++) {
        out[0][i] /= coarseSum[0][i];
      }
    }
  }
}

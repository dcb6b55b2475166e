package io.depthcast.features;

import io.depthcast.book.BookBatch;
import java.util.List;

/**
 * Whether the mid jumped in a window: the ratio test of realized variance {@code RV} against
 * bipower variation {@code BV} of the last M returns, as in {@link RealizedVolatility}.
 *
 * <pre>
 *   QP     = (pi^2 / 4) M (M / (M - 3)) sum |r_j| |r_(j-1)| |r_(j-2)| |r_(j-3)|,  j = 4 .. M
 *   jump_z = (1 - BV / RV) sqrt(M) / sqrt((pi^2 / 4 + pi - 5) max(1, QP / BV^2))
 *   jump   = 1 if jump_z &gt; threshold, otherwise 0
 * </pre>
 *
 * <p>Without unit. Without a jump and with many returns jump_z is standard normal, so a threshold
 * of 3.09 calls one window in 1000 wrongly. This holds for a price that moves in every step: where
 * most returns are 0, as with a large tick or a fine sampling, BV is too small and the test sees
 * jumps everywhere. NaN where BV is 0, and where RealizedVolatility is NaN. The book is all it
 * reads, so it means the same on venues of orders, of levels and of depth snapshots.
 *
 * <p>Columns end as those of {@link RealizedVolatility}, {@code jump_500e_by_5e}.
 *
 * @param window of rows or time
 * @param sampling step of the grid; the window is a multiple, at least 4 times this
 * @param threshold of jump_z, positive
 */
public record JumpTest(Window window, Window sampling, double threshold) implements FeatureFamily {

  private static final double VARIANCE = Math.PI * Math.PI / 4 + Math.PI - 5;

  public JumpTest {
    SampledReturns.check("window", window, sampling, 4);
    Ranges.checkPositive("threshold", threshold);
  }

  @Override
  public int levels() {
    return 1;
  }

  @Override
  public List<Feature> produces() {
    String suffix = SampledReturns.suffix(window, sampling);
    return List.of(
        new Feature(
            "jump_z_" + suffix,
            "1",
            "(1 - BV / RV) sqrt(M) / sqrt((pi^2 / 4 + pi - 5) max(1, QP / BV^2)) over "
                + SampledReturns.words(window, sampling)),
        new Feature("jump_" + suffix, "1", "1 if jump_z > " + threshold + ", otherwise 0"));
  }

  @Override
  public int warmupEvents() {
    return SampledReturns.warmupEvents(window, sampling);
  }

  @Override
  public long warmupNanos() {
    return SampledReturns.warmupNanos(window, sampling);
  }

  @Override
  public boolean mayBeUndefined() {
    return true;
  }

  @Override
  public String reference() {
    return "Barndorff-Nielsen, Shephard 2006, Econometrics of Testing for Jumps in Financial"
        + " Economics Using Bipower Variation, ratio jump test with realized quadpower variation";
  }

  @Override
  public FeatureKernel kernel() {
    return new Kernel(SampledReturns.steps(window, sampling), sampling, threshold);
  }

  private static final class Kernel implements FeatureKernel {

    private final int steps;
    private final double threshold;
    private final SampledReturns returns;
    private final Multipower[] variations;
    private final double[][] sums = new double[3][0];

    Kernel(int steps, Window sampling, double threshold) {
      this.steps = steps;
      this.threshold = threshold;
      returns = new SampledReturns(sampling, steps);
      variations =
          new Multipower[] {
            new Multipower(1, steps), new Multipower(2, steps), new Multipower(4, steps)
          };
    }

    @Override
    public void compute(BookBatch batch, double[][] out) {
      if (sums[2].length < batch.rows) {
        sums[2] = new double[batch.capacity];
      }
      sums[0] = out[0];
      sums[1] = out[1];
      returns.compute(batch, variations, sums);
      double bipowerScale = RealizedVolatility.bipowerScale(steps);
      double quadpowerScale = Math.PI * Math.PI / 4 * steps * steps / (steps - 3);
      for (int i = 0; i < batch.rows; i++) {
        double bipower = bipowerScale * out[1][i];
        double spread = Math.max(1, quadpowerScale * sums[2][i] / (bipower * bipower));
        double z = (1 - bipower / out[0][i]) * Math.sqrt(steps / (VARIANCE * spread));
        out[0][i] = z;
        out[1][i] = Double.isNaN(z) ? Double.NaN : z > threshold ? 1 : 0;
      }
    }
  }
}

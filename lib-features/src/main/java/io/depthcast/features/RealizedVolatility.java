package io.depthcast.features;

import io.depthcast.book.BookBatch;
import java.util.List;

/**
 * Realized variance, its root, and bipower variation of the mid over a window, from its log returns
 * {@code r_1 .. r_M} between the points of a grid, in bps ({@code 10^4 ln}):
 *
 * <pre>
 *   realized_variance   = sum r_j^2
 *   realized_volatility = sqrt(realized_variance)
 *   bipower_variation   = (pi / 2) (M / (M - 1)) sum |r_j| |r_(j-1)|,  j = 2 .. M
 * </pre>
 *
 * <p>In bps^2, bps and bps^2, not scaled to another length of time. A jump of the price is in the
 * first, and hardly in the last.
 *
 * <p>The window holds the last M = window / sampling returns that are known. A sampling of {@code
 * 5e} has its points at each row whose {@code seq} is a multiple of 5; one of {@code 100ms} at the
 * multiples of 100 ms since 1970, with the mid of the last row not later than the point, known once
 * a later row comes. Between points the values stand still. NaN while a side is empty at one of the
 * M + 1 points. The book is all it reads, so it means the same on venues of orders, of levels and
 * of depth snapshots.
 *
 * <p>Columns end in the window, and in the sampling unless that is {@code 1e}: {@code
 * realized_volatility_500e}, {@code realized_volatility_500e_by_5e}.
 *
 * @param window of rows or time
 * @param sampling step of the grid; the window is a multiple, at least twice this
 */
public record RealizedVolatility(Window window, Window sampling) implements FeatureFamily {

  public RealizedVolatility {
    SampledReturns.check("window", window, sampling, 2);
  }

  @Override
  public int levels() {
    return 1;
  }

  @Override
  public List<Feature> produces() {
    String suffix = SampledReturns.suffix(window, sampling);
    String words = SampledReturns.words(window, sampling);
    return List.of(
        new Feature("realized_variance_" + suffix, "bps^2", "sum r^2 over " + words),
        new Feature("realized_volatility_" + suffix, "bps", "sqrt(sum r^2) over " + words),
        new Feature(
            "bipower_variation_" + suffix,
            "bps^2",
            "pi / 2 * M / (M - 1) * sum |r_j| |r_(j-1)| over " + words));
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
  public String reference() {
    return "Barndorff-Nielsen, Shephard 2004, Power and Bipower Variation with Stochastic"
        + " Volatility and Jumps, realized variance and realized bipower variation";
  }

  @Override
  public FeatureKernel kernel() {
    int steps = SampledReturns.steps(window, sampling);
    SampledReturns returns = new SampledReturns(sampling, steps);
    Multipower[] variations = {new Multipower(1, steps), new Multipower(2, steps)};
    double[][] sums = new double[2][];
    return (batch, out) -> {
      sums[0] = out[0];
      sums[1] = out[2];
      returns.compute(batch, variations, sums);
      finish(batch, bipowerScale(steps), out);
    };
  }

  /** What makes a sum of products of neighbours an estimate of the variance. */
  static double bipowerScale(int steps) {
    return Math.PI / 2 * steps / (steps - 1);
  }

  private static void finish(BookBatch batch, double bipowerScale, double[][] out) {
    for (int i = 0; i < batch.rows; i++) {
      out[1][i] = Math.sqrt(out[0][i]);
      out[2][i] *= bipowerScale;
    }
  }
}

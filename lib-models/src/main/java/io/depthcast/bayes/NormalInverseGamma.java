package io.depthcast.bayes;

/**
 * A prior over mean and variance of a normal: the variance is inverse gamma with shape and scale,
 * the mean given the variance {@code s2} is normal with variance {@code s2 / strength}. After
 * {@code n} values with mean {@code xbar} and sum of squared deviations {@code S}
 *
 * <pre>
 *   k = strength + n
 *   m = (strength * mean + n * xbar) / k
 *   a = shape + n / 2
 *   b = scale + S / 2 + strength * n * (xbar - mean)^2 / (2 k)
 *   predictive: Student t, 2 a degrees, location m, scale^2 = b (k + 1) / (a k)
 * </pre>
 *
 * <p>Statistics of a slot: n, xbar, S. Murphy 2007, Conjugate Bayesian analysis of the Gaussian
 * distribution, section 3. With forgetting they are sums with weights, kept up by the weighted form
 * of Welford's recursion, whose terms are never negative.
 *
 * @param mean prior mean, finite
 * @param strength of the prior mean in observations, above 0
 * @param shape above 0
 * @param scale above 0; {@code scale / shape} is about the variance expected
 */
public record NormalInverseGamma(double mean, double strength, double shape, double scale)
    implements Conjugate {

  public NormalInverseGamma {
    if (!Double.isFinite(mean)) {
      throw new IllegalArgumentException("Invalid mean: " + mean + " (must be finite)");
    }
    Settings.requirePositive("strength", strength);
    Settings.requirePositive("shape", shape);
    Settings.requirePositive("scale", scale);
  }

  /** What follows its kind. */
  static NormalInverseGamma read(StateReader in) {
    return new NormalInverseGamma(in.next(), in.next(), in.next(), in.next());
  }

  @Override
  public int statistics() {
    return 3;
  }

  @Override
  public void check(double outcome) {
    if (!Double.isFinite(outcome)) {
      throw new IllegalArgumentException("Invalid value: " + outcome + " (must be finite)");
    }
  }

  StudentT predictive(double[] slots, int at) {
    double n = slots[at];
    double k = strength + n;
    double off = slots[at + 1] - mean;
    double a = shape + n / 2;
    double b = scale + slots[at + 2] / 2 + strength * n * off * off / (2 * k);
    return new StudentT(2 * a, mean + n * off / k, StrictMath.sqrt(b * (k + 1) / (a * k)));
  }

  @Override
  public double logPredictive(double[] slots, int at, double outcome) {
    return predictive(slots, at).logDensity(outcome);
  }

  @Override
  public void add(double[] slots, int at, double outcome) {
    double before = slots[at];
    double n = before + 1;
    double off = outcome - slots[at + 1];
    slots[at] = n;
    slots[at + 1] += off / n;
    slots[at + 2] += off * off * before / n;
  }

  @Override
  public void retain(double[] slots, int at, double retention) {
    slots[at] *= retention;
    slots[at + 2] *= retention;
  }

  @Override
  public void write(StateWriter out) {
    out.put(NORMAL, mean, strength, shape, scale);
  }
}

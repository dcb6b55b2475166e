package io.depthcast.bayes;

import org.apache.commons.math3.special.Erf;

/**
 * A mixture of normal distributions. A quantile is found by bisection and costs some 40 passes over
 * the parts.
 */
public final class NormalMixture implements Predictive {
  private final double[] weights;
  private final double[] means;
  private final double[] sds;

  /** Weights sum to 1; the arrays are not copied. */
  NormalMixture(double[] weights, double[] means, double[] sds) {
    this.weights = weights;
    this.means = means;
    this.sds = sds;
  }

  @Override
  public double mean() {
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i] * means[i];
    }
    return sum;
  }

  @Override
  public double logDensity(double value) {
    double[] logs = new double[weights.length];
    double greatest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < logs.length; i++) {
      double z = (value - means[i]) / sds[i];
      logs[i] = StrictMath.log(weights[i] / sds[i]) - z * z / 2;
      greatest = Math.max(greatest, logs[i]);
    }
    double sum = 0;
    for (double log : logs) {
      sum += StrictMath.exp(log - greatest);
    }
    return greatest + StrictMath.log(sum) - StrictMath.log(2 * StrictMath.PI) / 2;
  }

  /** Probability of a value that is not above this one. */
  double cumulative(double value) {
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i] * Erf.erfc((means[i] - value) / (sds[i] * StrictMath.sqrt(2))) / 2;
    }
    return sum;
  }

  @Override
  public double quantile(double probability) {
    Settings.requireProbability(probability);
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < weights.length; i++) {
      low = Math.min(low, means[i] - 40 * sds[i]);
      high = Math.max(high, means[i] + 40 * sds[i]);
    }
    double enough = 1e-10 * (high - low);
    while (high - low > enough) {
      double middle = (low + high) / 2;
      if (cumulative(middle) < probability) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }
}

package io.depthcast.bayes;

import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.special.Gamma;

/**
 * Student's t distribution with a location and a scale.
 *
 * @param degrees of freedom, above 0
 * @param location its median
 * @param scale above 0; the standard deviation is {@code scale * sqrt(degrees / (degrees - 2))}
 *     where degrees are above 2
 */
public record StudentT(double degrees, double location, double scale) implements Predictive {

  public StudentT {
    if (!(degrees > 0 && scale > 0)) {
      throw new IllegalArgumentException(
          "Invalid Student t: %s degrees, scale %s (must be above 0)".formatted(degrees, scale));
    }
  }

  /** The location, also where degrees are 1 or less and there is no mean. */
  @Override
  public double mean() {
    return location;
  }

  @Override
  public double logDensity(double value) {
    double z = (value - location) / scale;
    return Gamma.logGamma((degrees + 1) / 2)
        - Gamma.logGamma(degrees / 2)
        - StrictMath.log(degrees * StrictMath.PI) / 2
        - StrictMath.log(scale)
        - (degrees + 1) / 2 * StrictMath.log1p(z * z / degrees);
  }

  @Override
  public double quantile(double probability) {
    Settings.requireProbability(probability);
    return location
        + scale * new TDistribution(null, degrees).inverseCumulativeProbability(probability);
  }
}

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
public record StudentT(double degrees, double location, double scale) {

  public StudentT {
    if (!(degrees > 0 && scale > 0)) {
      throw new IllegalArgumentException(
          "Invalid Student t: %s degrees, scale %s (must be above 0)".formatted(degrees, scale));
    }
  }

  /** Logarithm of the density at a value. */
  public double logDensity(double value) {
    double z = (value - location) / scale;
    return Gamma.logGamma((degrees + 1) / 2)
        - Gamma.logGamma(degrees / 2)
        - StrictMath.log(degrees * StrictMath.PI) / 2
        - StrictMath.log(scale)
        - (degrees + 1) / 2 * StrictMath.log1p(z * z / degrees);
  }

  /**
   * The value that is not exceeded with a probability. An interval of 90 % runs from the quantile
   * of 0.05 to that of 0.95.
   *
   * @param probability above 0, below 1
   */
  public double quantile(double probability) {
    if (!(probability > 0 && probability < 1)) {
      throw new IllegalArgumentException(
          "Invalid probability: " + probability + " (must be above 0 and below 1)");
    }
    return location
        + scale * new TDistribution(null, degrees).inverseCumulativeProbability(probability);
  }
}

package io.depthcast.bayes;

/** The distribution of a number, as a forecast. */
public interface Predictive {

  /** The forecast as one number. */
  double mean();

  /** Logarithm of the density at a value. */
  double logDensity(double value);

  /**
   * The value that is not exceeded with a probability. An interval of 90 % runs from the quantile
   * of 0.05 to that of 0.95.
   *
   * @param probability above 0, below 1
   */
  double quantile(double probability);
}

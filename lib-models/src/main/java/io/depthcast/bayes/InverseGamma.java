package io.depthcast.bayes;

/**
 * An inverse gamma distribution of a variance; the mean of the variance's inverse is {@code shape /
 * scale}.
 *
 * @param shape above 0
 * @param scale above 0
 */
public record InverseGamma(double shape, double scale) {

  public InverseGamma {
    Settings.requirePositive("shape", shape);
    Settings.requirePositive("scale", scale);
  }

  double meanPrecision() {
    return shape / scale;
  }
}

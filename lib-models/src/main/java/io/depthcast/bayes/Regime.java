package io.depthcast.bayes;

/**
 * How a hidden level moves in a regime: {@code x_t = mean + persistence * (x_t-1 - mean) + sd *
 * noise}.
 *
 * @param mean finite
 * @param persistence above -1, below 1
 * @param sd of a step, above 0
 */
public record Regime(double mean, double persistence, double sd) {

  public Regime {
    if (!Double.isFinite(mean)) {
      throw new IllegalArgumentException("Invalid mean: " + mean + " (must be finite)");
    }
    if (!(persistence > -1 && persistence < 1)) {
      throw new IllegalArgumentException(
          "Invalid persistence: " + persistence + " (must be above -1 and below 1)");
    }
    Settings.requirePositive("sd", sd);
  }

  /** Variance of a level that has been in the regime for ever. */
  double variance() {
    return sd * sd / (1 - persistence * persistence);
  }
}

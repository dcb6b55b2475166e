package io.depthcast.scores;

/** What a forecast of a probability costs. */
public final class LogLoss {

  private static final double LEAST_PROBABILITY = 1e-15;

  private LogLoss() {}

  /**
   * {@code -ln p}, in nats; {@code p} is raised to 1e-15 where it is less, so that one sure miss
   * costs 34.5, not infinity.
   *
   * @param probability that was given to the class that came, 0 to 1
   */
  public static double of(double probability) {
    return -Math.log(Math.max(probability, LEAST_PROBABILITY));
  }
}

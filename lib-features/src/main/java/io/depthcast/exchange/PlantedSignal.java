package io.depthcast.exchange;

/**
 * What the order flow says about the next move of the reference price, by construction.
 *
 * <p>Let u be the sign, +1 or -1, of buys less sells among the last market orders when the price
 * moves. The move m, +1 or -1 tick, goes up with probability {@code (1 + sqrt(r2) u) / 2}. So
 * {@code E[m | u] = sqrt(r2) u}, both have variance 1, and a regression of m on u has the true R2
 * {@code r2}. With 0 the world is null: no history says anything about the direction of a move.
 *
 * @param r2 0 to 1
 * @param marketOrders number that the flow is the sum of, odd so that it is never 0, 1 to 999
 */
public record PlantedSignal(double r2, int marketOrders) {

  public PlantedSignal {
    if (!(r2 >= 0 && r2 <= 1)) {
      throw new IllegalArgumentException("Invalid r2: " + r2 + " (must be 0 to 1)");
    }
    if (marketOrders < 1 || marketOrders > 999 || marketOrders % 2 == 0) {
      throw new IllegalArgumentException(
          "Invalid marketOrders: " + marketOrders + " (must be odd, 1 to 999)");
    }
  }

  /** Probability of a move up after flow of a sign. */
  double upProbability(int sign) {
    return (1 + Math.sqrt(r2) * sign) / 2;
  }
}

package io.depthcast.metrics;

import java.util.List;

/**
 * Sum of the profits of winning round trips over the sum of the losses of losing ones, after costs;
 * above 1 the whole earns. NaN where no round trip loses.
 */
public final class ProfitFactor {

  private ProfitFactor() {}

  public static double of(List<RoundTrip> trips) {
    double won = 0;
    double lost = 0;
    for (RoundTrip trip : trips) {
      if (trip.pnl() > 0) {
        won += trip.pnl();
      } else {
        lost -= trip.pnl();
      }
    }
    return lost == 0 ? Double.NaN : won / lost;
  }
}

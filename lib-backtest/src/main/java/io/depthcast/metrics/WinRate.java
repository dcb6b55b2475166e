package io.depthcast.metrics;

import java.util.List;

/** Share of round trips with a profit after costs, 0 to 1; NaN without round trips. */
public final class WinRate {

  private WinRate() {}

  public static double of(List<RoundTrip> trips) {
    long wins = trips.stream().filter(trip -> trip.pnl() > 0).count();
    return trips.isEmpty() ? Double.NaN : (double) wins / trips.size();
  }
}

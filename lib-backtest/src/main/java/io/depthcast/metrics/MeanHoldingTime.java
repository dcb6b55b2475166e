package io.depthcast.metrics;

import java.util.List;

/** Mean time from opening to closing of the round trips, seconds; NaN without round trips. */
public final class MeanHoldingTime {

  private MeanHoldingTime() {}

  public static double of(List<RoundTrip> trips) {
    double nanos = 0;
    for (RoundTrip trip : trips) {
      nanos += trip.tsClose() - trip.tsOpen();
    }
    return trips.isEmpty() ? Double.NaN : nanos / trips.size() / 1e9;
  }
}

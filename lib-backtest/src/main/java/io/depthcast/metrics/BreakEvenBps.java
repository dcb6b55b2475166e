package io.depthcast.metrics;

import io.depthcast.execution.Fill;
import java.util.List;

/**
 * The cost per traded notional at which the fills would have earned nothing: {@code gross /
 * turnover * 10000}, basis points a fill (a round trip pays it twice). Negative where even free
 * trading loses; NaN without fills.
 */
public final class BreakEvenBps {

  private BreakEvenBps() {}

  public static double of(List<Fill> fills) {
    return fills.isEmpty() ? Double.NaN : GrossPnl.of(fills) / Turnover.of(fills) * 10_000;
  }
}

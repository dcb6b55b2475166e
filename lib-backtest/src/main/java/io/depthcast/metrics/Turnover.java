package io.depthcast.metrics;

import io.depthcast.execution.Fill;
import java.util.List;

/** Traded notional, buys and sells alike: the sum of size times price, quote currency. */
public final class Turnover {

  private Turnover() {}

  public static double of(List<Fill> fills) {
    double sum = 0;
    for (Fill fill : fills) {
      sum += fill.size() * fill.price();
    }
    return sum;
  }
}

package io.depthcast.metrics;

import io.depthcast.execution.Fill;
import java.util.List;

/**
 * Profit before costs: the same fills at the mids of their decisions. {@code gross = sum of (pnl +
 * costs)}
 */
public final class GrossPnl {

  private GrossPnl() {}

  public static double of(List<Fill> fills) {
    double sum = 0;
    for (Fill fill : fills) {
      sum += fill.pnl() + fill.costs().total();
    }
    return sum;
  }
}

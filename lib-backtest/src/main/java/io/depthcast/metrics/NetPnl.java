package io.depthcast.metrics;

import io.depthcast.execution.Fill;
import java.util.List;

/** Profit after costs of slices that begin and end flat: the sum of the fills' pnl. */
public final class NetPnl {

  private NetPnl() {}

  public static double of(List<Fill> fills) {
    double sum = 0;
    for (Fill fill : fills) {
      sum += fill.pnl();
    }
    return sum;
  }
}

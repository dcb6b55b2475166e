package io.depthcast.metrics;

import io.depthcast.costs.CostBreakdown;
import io.depthcast.execution.Fill;
import io.depthcast.execution.TradeSide;

/** Fills with only what the metrics read. */
final class Fills {

  private Fills() {}

  /**
   * @param seconds time of the fill
   * @param signed base units, negative for a sell
   */
  static Fill fill(
      int seconds, double signed, double price, double fee, double pnl, double positionAfter) {
    return new Fill(
        seconds,
        signed > 0 ? TradeSide.BUY : TradeSide.SELL,
        Math.abs(signed),
        price,
        price,
        seconds * 1_000_000_000L,
        seconds * 1_000_000_000L,
        new CostBreakdown(fee, 0, 0, 0),
        pnl,
        positionAfter,
        false);
  }
}

package io.depthcast.metrics;

import io.depthcast.costs.CostBreakdown;
import io.depthcast.execution.Fill;
import java.util.List;

/** Costs of all fills by cause, quote currency. */
public final class TotalCosts {

  private TotalCosts() {}

  public static CostBreakdown of(List<Fill> fills) {
    CostBreakdown total = CostBreakdown.ZERO;
    for (Fill fill : fills) {
      total = total.plus(fill.costs());
    }
    return total;
  }
}

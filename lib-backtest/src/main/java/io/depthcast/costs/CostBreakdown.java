package io.depthcast.costs;

import java.io.Serializable;

/**
 * The cost of one or more fills by cause, in quote currency. Positive numbers are paid.
 *
 * @param fee paid to the venue; negative where rebates outweigh fees
 * @param spreadCost from the mid on arrival to the best price of the side taken
 * @param slippage from the mid at the decision to the mid on arrival; negative where the market
 *     came towards the order
 * @param impact from the best price to the average price of the levels walked
 */
public record CostBreakdown(double fee, double spreadCost, double slippage, double impact)
    implements Serializable {

  public static final CostBreakdown ZERO = new CostBreakdown(0, 0, 0, 0);

  public double total() {
    return fee + spreadCost + slippage + impact;
  }

  public CostBreakdown plus(CostBreakdown other) {
    return new CostBreakdown(
        fee + other.fee,
        spreadCost + other.spreadCost,
        slippage + other.slippage,
        impact + other.impact);
  }
}

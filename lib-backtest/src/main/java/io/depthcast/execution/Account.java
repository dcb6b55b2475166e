package io.depthcast.execution;

import io.depthcast.costs.CostBreakdown;
import io.depthcast.costs.Fee;

/**
 * Position and money of one slice. Cash follows the prices paid; gross follows the mids of the
 * decisions; costs are added up by cause. The three are kept apart, so that their balance is a
 * check.
 */
final class Account {

  private static final double HALF_CENT = 0.005;

  private final Fee fee;
  private double position;
  private double cash;
  private double gross;
  private double decisionMidBefore;
  private CostBreakdown costs = CostBreakdown.ZERO;

  Account(Fee fee) {
    this.fee = fee;
  }

  double position() {
    return position;
  }

  double cash() {
    return cash;
  }

  double gross() {
    return gross;
  }

  CostBreakdown costs() {
    return costs;
  }

  TradeSide side(Order order) {
    return order.target() > position ? TradeSide.BUY : TradeSide.SELL;
  }

  double quantity(Order order) {
    return Math.abs(order.target() - position);
  }

  Fill fill(Order order, BookWalk walk, long seq, long tsFill, double arrivalMid, boolean closing) {
    TradeSide side = side(order);
    double size = walk.size();
    double price = walk.price();
    double signed = side.sign() * size;
    CostBreakdown cost =
        new CostBreakdown(
            fee.taker(size, price),
            signed * (walk.best() - arrivalMid),
            signed * (arrivalMid - order.decisionMid()),
            signed * (price - walk.best()));
    double made = position == 0 ? 0 : position * (order.decisionMid() - decisionMidBefore);

    gross += made;
    costs = costs.plus(cost);
    cash -= side.sign() * walk.notional() + cost.fee();
    // A full fill reaches the target itself: adding up sizes would leave dust to trade.
    position = size == quantity(order) ? order.target() : position + signed;
    decisionMidBefore = order.decisionMid();
    return new Fill(
        seq,
        side,
        size,
        price,
        order.decisionMid(),
        order.tsDecision(),
        tsFill,
        cost,
        made - cost.total(),
        position,
        closing);
  }

  /** Fails if the slice does not end flat with cash equal to gross less costs, to the cent. */
  void requireBalance() {
    double expected = gross - costs.total();
    if (position != 0 || !(Math.abs(cash - expected) < HALF_CENT)) {
      throw new IllegalStateException(
          ("Accounting does not balance: cash %s, gross %s less costs %s (%s) is %s,"
                  + " position %s (must be 0)")
              .formatted(cash, gross, costs.total(), costs, expected, position));
    }
  }
}

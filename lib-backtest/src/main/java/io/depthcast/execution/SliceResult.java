package io.depthcast.execution;

import io.depthcast.costs.CostBreakdown;
import java.io.Serializable;
import java.util.Map;

/**
 * The outcome of one slice, checked to balance: {@code net = gross - costs.total()}.
 *
 * @param gross profit of the same fills at the mids of their decisions, free of cost
 * @param costs by cause
 * @param net cash at the end, when the position is 0
 * @param orders number of orders by outcome, every outcome present
 * @param cancelledSize base units that the visible levels could not fill
 * @param closedBeyondBook base units of the closing order that the visible levels could not fill,
 *     closed at the price of the last visible level
 */
public record SliceResult(
    double gross,
    CostBreakdown costs,
    double net,
    Map<OrderOutcome, Long> orders,
    double cancelledSize,
    double closedBeyondBook)
    implements Serializable {}

package io.depthcast.execution;

import io.depthcast.costs.CostBreakdown;
import java.io.Serializable;

/**
 * What an order got. With {@code signed = side.sign() * size}:
 *
 * <pre>
 * spreadCost = signed * (best - arrivalMid)
 * slippage   = signed * (arrivalMid - decisionMid)
 * impact     = signed * (price - best)
 * signed * (price - decisionMid) = spreadCost + slippage + impact        (up to rounding)
 * pnl = positionBefore * (decisionMid - decisionMid of the fill before) - costs.total()
 * </pre>
 *
 * <p>{@code pnl} is what the position made between the decisions of the two fills, less what this
 * fill cost. Over a slice it sums to the net profit, because a slice begins and ends flat.
 *
 * @param seq the row whose book was met
 * @param side buy or sell
 * @param size base units, &gt; 0
 * @param price average price of the levels walked, quote currency
 * @param decisionMid mid of the row that decided
 * @param tsDecision time of that row, nanoseconds UTC
 * @param tsFill arrival at the venue, nanoseconds UTC
 * @param costs by cause
 * @param pnl quote currency
 * @param positionAfter base units held after it, negative if short
 * @param closing true for the order that flattens the slice at its end
 */
public record Fill(
    long seq,
    TradeSide side,
    double size,
    double price,
    double decisionMid,
    long tsDecision,
    long tsFill,
    CostBreakdown costs,
    double pnl,
    double positionAfter,
    boolean closing)
    implements Serializable {}

package io.depthcast.metrics;

import io.depthcast.execution.Fill;
import io.depthcast.execution.TradeSide;
import java.util.ArrayList;
import java.util.List;

/**
 * A position from its opening until it is back at zero. A fill that turns a long position into a
 * short one, or back, ends one round trip and begins the next; its costs are shared between the two
 * by size.
 *
 * @param side BUY for a long position, SELL for a short one
 * @param tsOpen time of the fill that opened it, nanoseconds UTC
 * @param tsClose time of the fill that closed it, nanoseconds UTC
 * @param pnl profit after costs, quote currency; the round trips of a slice sum to its net profit
 */
public record RoundTrip(TradeSide side, long tsOpen, long tsClose, double pnl) {

  /**
   * The round trips of whole slices, in order of their closing.
   *
   * @param fills the fills of one slice after the other, each in order and ending flat
   * @throws IllegalArgumentException if the last fill leaves a position
   */
  public static List<RoundTrip> of(List<Fill> fills) {
    List<RoundTrip> trips = new ArrayList<>();
    double position = 0;
    long tsOpen = 0;
    double pnl = 0;
    for (Fill fill : fills) {
      double after = fill.positionAfter();
      TradeSide held = position > 0 ? TradeSide.BUY : TradeSide.SELL;
      if (position == 0) {
        tsOpen = fill.tsFill();
        pnl = fill.pnl();
      } else if (after == 0) {
        trips.add(new RoundTrip(held, tsOpen, fill.tsFill(), pnl + fill.pnl()));
      } else if (Math.signum(after) == Math.signum(position)) {
        pnl += fill.pnl();
      } else {
        double openingCost = fill.costs().total() * Math.abs(after) / fill.size();
        trips.add(new RoundTrip(held, tsOpen, fill.tsFill(), pnl + fill.pnl() + openingCost));
        tsOpen = fill.tsFill();
        pnl = -openingCost;
      }
      position = after;
    }
    if (position != 0) {
      throw new IllegalArgumentException(
          "The fills end with a position of " + position + " (a slice ends flat)");
    }
    return List.copyOf(trips);
  }
}

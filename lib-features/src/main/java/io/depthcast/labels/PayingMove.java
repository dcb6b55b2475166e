package io.depthcast.labels;

import io.depthcast.features.Window;

/**
 * The move that pays for crossing the spread twice, {@code paying_move_50e_after_10ms}: what a
 * taker of one unit gains who enters after the latency and leaves after the horizon,
 *
 * <pre>
 *   move(t) =  (bid(x) - ask(a)) / mid(a)   if bid(x) &gt; ask(a): buy, then sell
 *             -(bid(a) - ask(x)) / mid(a)   if ask(x) &lt; bid(a): sell, then buy
 *              0                            else
 * </pre>
 *
 * <p>In bps, before fees; a gain below 10^-10 (before the bps) is rounding and set to 0. Rows a and
 * x are those of {@link MidMove}. At most one side can gain, as books do not cross. Missing where
 * row a or x has an empty side.
 *
 * <p>Source: the round trip of a taker, by its definition.
 *
 * @param horizon from the entry to row x
 * @param latency from row t to the entry
 */
public record PayingMove(Window horizon, Window latency) implements Label {

  @Override
  public String id() {
    return "paying_move_" + horizon + "_after_" + latency;
  }

  @Override
  public LabelRun start(long lastSeq) {
    return new AheadRun(latency, horizon, lastSeq, AheadRun.BEST_PRICES, PayingMove::move);
  }

  private static double move(double entryBid, double entryAsk, double bid, double ask) {
    double mid = (entryBid + entryAsk) / 2;
    if (bid > entryAsk) {
      return Moves.bps(bid - entryAsk, mid);
    }
    if (ask < entryBid) {
      return Moves.bps(ask - entryBid, mid);
    }
    return Double.isNaN(mid + bid + ask) ? Double.NaN : 0;
  }
}

package io.depthcast.labels;

import io.depthcast.features.Window;

/**
 * The mid after a horizon against the mid after a latency, {@code mid_move_50e_after_10ms}:
 *
 * <pre>
 *   move(t) = (mid(x) - mid(a)) / mid(a)
 * </pre>
 *
 * <p>In bps; a move with an absolute value below 10^-10 (before the bps) is rounding and set to 0.
 * Row a, the entry, is what an order decided at row t can meet: the row so many events after row t,
 * or the last one not later than the time of row t plus the latency. Row x is the same with the
 * horizon, counted from the entry: from row a in events, from the time of row t plus the latency
 * (from that of row a where the latency is in events) in time. Missing where row a or x has an
 * empty side.
 *
 * <p>Source: Kolm, Turiel, Westray 2023, Deep order flow imbalance: Extracting alpha at multiple
 * horizons from the limit order book, who take 10 ms.
 *
 * @param horizon from the entry to row x
 * @param latency from row t to the entry
 */
public record MidMove(Window horizon, Window latency) implements Label {

  @Override
  public String id() {
    return "mid_move_" + horizon + "_after_" + latency;
  }

  @Override
  public LabelRun start(long lastSeq) {
    return new AheadRun(latency, horizon, lastSeq, AheadRun.BEST_PRICES, MidMove::move);
  }

  private static double move(double entryBid, double entryAsk, double bid, double ask) {
    double entryMid = (entryBid + entryAsk) / 2;
    return Moves.bps((bid + ask) / 2 - entryMid, entryMid);
  }
}

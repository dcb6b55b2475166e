package io.depthcast.feed.binance;

import io.depthcast.feed.FeedClock;

/** Tells trades that are new from those that were had, alone or in an aggregate. */
final class TradeIds {

  private final FeedClock clock;
  private final Counts counts;

  private boolean any;
  private long last;
  private long lastTime;

  TradeIds(FeedClock clock, Counts counts) {
    this.clock = clock;
    this.counts = counts;
  }

  /** Whether others should come before a trade. */
  boolean isAhead(Message trade) {
    return any && trade.firstId > last + 1;
  }

  /**
   * Takes note of a trade; false if it was had. An aggregate that was had in part is left out
   * whole: the size of the rest is not known. Ids that fall back much later by the clock are new.
   */
  boolean isNew(Message trade) {
    counts.add(BinanceCount.TRADES);
    boolean ahead = !any || trade.firstId > last;
    boolean fresh = ahead || clock.isMuchLater(trade.tsEvent, lastTime);
    if (!fresh) {
      counts.add(BinanceCount.KNOWN_TRADES);
      counts.add(BinanceCount.MISSED_TRADES, Math.max(0, trade.lastId - last));
      last = Math.max(last, trade.lastId);
      return false;
    }
    if (any && ahead) {
      counts.add(BinanceCount.MISSED_TRADES, trade.firstId - last - 1);
    }
    any = true;
    last = trade.lastId;
    lastTime = trade.tsEvent;
    return true;
  }
}

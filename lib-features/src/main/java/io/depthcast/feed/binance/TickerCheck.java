package io.depthcast.feed.binance;

import io.depthcast.book.L2Book;
import io.depthcast.book.Side;
import io.depthcast.feed.LevelSession;

/**
 * Compares the best prices that the venue says with those of the book after the same update. Either
 * may come first; only the last ticker is kept for a book to come.
 */
final class TickerCheck {

  private final LevelSession session;
  private final Counts counts;

  private long id = Long.MIN_VALUE;
  private double bid;
  private double bidSize;
  private double ask;
  private double askSize;

  TickerCheck(LevelSession session, Counts counts) {
    this.session = session;
    this.counts = counts;
  }

  void take(Message ticker) {
    counts.add(BinanceCount.TICKERS);
    id = ticker.lastId;
    bid = ticker.bidPrice;
    bidSize = ticker.bidSize;
    ask = ticker.askPrice;
    askSize = ticker.askSize;
  }

  /** Compares the last ticker with the book, if a book stands and the ticker is of its update. */
  void compare(DepthSync sync) {
    if (!session.isStanding() || id != sync.lastId()) {
      return;
    }
    counts.add(BinanceCount.COMPARED_TICKERS);
    L2Book book = session.book();
    if (bid != book.price(Side.BID, 0)
        || bidSize != book.size(Side.BID, 0)
        || ask != book.price(Side.ASK, 0)
        || askSize != book.size(Side.ASK, 0)) {
      counts.add(BinanceCount.DIFFERENT_TICKERS);
    }
  }
}

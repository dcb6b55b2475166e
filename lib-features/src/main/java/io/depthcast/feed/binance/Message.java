package io.depthcast.feed.binance;

import io.depthcast.book.BookBatch;
import io.depthcast.book.Side;

/** What one line says, read into fields that are used again for the next. */
final class Message {

  enum Kind {
    UPDATE,
    FRAME,
    SNAPSHOT,
    TRADE,
    TICKER,
    OTHER_SYMBOL,
    OTHER
  }

  Kind kind;

  /** Name of the connection in the capture, empty where it has none. */
  String connection = "";

  /** Nanoseconds UTC. */
  long tsRecv;

  /** Nanoseconds UTC, or {@link BookBatch#NO_TIME}. */
  long tsEvent;

  /** First and last update id, or trade id; of a snapshot, frame or ticker the last alone. */
  long firstId;

  long lastId;

  /** Last update id of the update before; futures only. */
  long previousId;

  final LevelList bids = new LevelList();
  final LevelList asks = new LevelList();

  /** Of a trade. */
  Side restingSide;

  double price;
  double size;

  // Of a ticker.
  double bidPrice;
  double bidSize;
  double askPrice;
  double askSize;

  LevelList levels(Side side) {
    return side == Side.BID ? bids : asks;
  }

  boolean hasLevels() {
    return bids.count + asks.count > 0;
  }
}

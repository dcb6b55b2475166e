package io.depthcast.feed.coinbase;

/** What {@link CoinbaseReader} counts. */
public enum CoinbaseCount {
  /** Lines read, rejected ones included. */
  LINES,
  /** Updates of the product's book that gave a row. */
  UPDATES,
  /** Snapshots of the product's book. */
  SNAPSHOTS,
  /** Trades of the product that gave a row. */
  TRADES,
  /** Messages that were had already: left out. */
  REPEATED_MESSAGES,
  /** Trades that were had already: left out. */
  REPEATED_TRADES,
  /** Trade ids that were passed over, or are known from before the subscription only. */
  MISSED_TRADES,
  /** Removals of levels that are not there, from a book that stands. */
  EMPTY_REMOVALS,
  /** Messages that do not follow the one before in their connection. */
  GAPS,
  /** Times that the connection was made anew. */
  RECONNECTS,
  /** Messages of connections that give no rows. */
  WITNESS_MESSAGES,
  /** Times that the book turned out not to be that of such a connection. */
  BOOK_DIFFERENCES,
  /** Heartbeats. */
  HEARTBEATS,
  /** Messages of other products: left out. */
  OTHER_PRODUCTS,
  /** Messages that change neither book nor trades: left out. */
  OTHER_MESSAGES
}

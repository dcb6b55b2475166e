package io.depthcast.feed.binance;

/** What {@link BinanceReader} counts. */
public enum BinanceCount {
  /** Lines read, rejected ones included. */
  LINES,
  /** Depth updates of the symbol, old ones included. */
  UPDATES,
  /** Depth updates, frames included, that were known already: left out. */
  OLD_UPDATES,
  /** Depth updates that did not follow the one before. */
  GAPS,
  /** Snapshots of the symbol. */
  SNAPSHOTS,
  /** Snapshots too old to be brought up to date: left out. */
  STALE_SNAPSHOTS,
  /** Partial-depth frames of the symbol, old ones included. */
  FRAMES,
  /** Trades and aggregate trades of the symbol, known ones included. */
  TRADES,
  /** Trades that were known already, such as those in an aggregate trade: left out. */
  KNOWN_TRADES,
  /** Trade ids that were passed over: trades that were not received. */
  MISSED_TRADES,
  /** Best prices of the symbol, as the venue says. */
  TICKERS,
  /** Tickers whose update id is that of a book. */
  COMPARED_TICKERS,
  /** Tickers among them whose prices or sizes are not those of the book. */
  DIFFERENT_TICKERS,
  /** Messages of other instruments: left out. */
  OTHER_SYMBOLS,
  /** Messages that change neither book nor trades, such as klines, or not wanted: left out. */
  OTHER_MESSAGES
}

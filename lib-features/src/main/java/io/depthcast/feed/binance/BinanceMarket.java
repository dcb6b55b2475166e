package io.depthcast.feed.binance;

/** Where an instrument trades; the rules of the update ids differ. */
public enum BinanceMarket {
  SPOT,
  /** Futures settled in a stablecoin, sizes in base units. */
  USD_M,
  /** Futures settled in the coin, sizes in contracts. */
  COIN_M;

  boolean isFutures() {
    return this != SPOT;
  }

  /** Name in messages: the constant in lower case. */
  public String column() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}

package io.depthcast.jobs.capture;

/** The two public feeds of Coinbase. */
enum CoinbaseFeed {
  /**
   * Advanced Trade: {@code level2}, {@code market_trades}, {@code heartbeats}; messages numbered.
   */
  ADVANCED("wss://advanced-trade-ws.coinbase.com"),
  /** Exchange: {@code level2_batch}, {@code matches}, {@code heartbeat}. */
  EXCHANGE("wss://ws-feed.exchange.coinbase.com");

  private final String url;

  CoinbaseFeed(String url) {
    this.url = url;
  }

  String url() {
    return url;
  }
}

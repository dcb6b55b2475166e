package io.depthcast.jobs.capture;

import io.depthcast.feed.coinbase.CoinbaseReader;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Level 2, trades and heartbeats of Coinbase. The venue sends a snapshot of each book on a new
 * connection.
 *
 * @param url of the WebSocket
 * @param symbols product ids
 * @param timing of connections
 * @param witness whether a second connection without trades is captured beside the first: its books
 *     tell of updates that the first has lost without a sign, and of stale snapshots
 */
record CoinbaseVenue(
    CoinbaseFeed kind, String url, List<String> symbols, Timing timing, boolean witness)
    implements Venue {

  /** A witness that was found to be wrong is not listened to until it has new books. */
  private static final long RENEW_WITNESS_MS = 3_600_000;

  @Override
  public String feed() {
    return "coinbase_" + kind.name().toLowerCase(Locale.ROOT);
  }

  /** The messages that ask for channels; the venue waits five seconds for them. */
  private List<String> subscriptions(String... channels) {
    String products = "\"product_ids\":[\"" + String.join("\",\"", symbols) + "\"]";
    if (kind == CoinbaseFeed.EXCHANGE) {
      return List.of(
          "{\"type\":\"subscribe\","
              + products
              + ",\"channels\":[\""
              + String.join("\",\"", channels)
              + "\"]}");
    }
    return Stream.of(channels)
        .map(channel -> "{\"type\":\"subscribe\"," + products + ",\"channel\":\"" + channel + "\"}")
        .toList();
  }

  @Override
  public Subject subject(byte[] text, int from, int to) {
    return CoinbaseSubject.of(text, from, to);
  }

  @Override
  public List<Route> routes(CaptureContext context) {
    boolean exchange = kind == CoinbaseFeed.EXCHANGE;
    String levels = exchange ? "level2_batch" : "level2";
    String trades = exchange ? "matches" : "market_trades";
    String heartbeats = exchange ? "heartbeat" : "heartbeats";
    List<Route> routes = new ArrayList<>();
    routes.add(
        route(
            "ws", timing.renewAfterMs(), subscriptions(heartbeats, levels, trades), true, context));
    if (witness) {
      routes.add(
          route(
              CoinbaseReader.WITNESS,
              Math.min(timing.renewAfterMs(), RENEW_WITNESS_MS),
              subscriptions(heartbeats, levels),
              false,
              context));
    }
    return routes;
  }

  private Route route(
      String name,
      long renewAfterMs,
      List<String> subscriptions,
      boolean hasTrades,
      CaptureContext context) {
    return new Route(
        name,
        URI.create(url),
        renewAfterMs,
        () -> new CoinbaseConversation(symbols, subscriptions, hasTrades, context.counts()));
  }
}

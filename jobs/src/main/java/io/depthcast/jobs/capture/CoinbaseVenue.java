package io.depthcast.jobs.capture;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Level 2, trades and heartbeats of Coinbase. The venue sends a snapshot of each book on a new
 * connection.
 *
 * @param url of the WebSocket
 * @param symbols product ids
 * @param timing of connections
 */
record CoinbaseVenue(CoinbaseFeed kind, String url, List<String> symbols, Timing timing)
    implements Venue {

  @Override
  public String feed() {
    return "coinbase_" + kind.name().toLowerCase(Locale.ROOT);
  }

  /** The messages that ask for the channels; the venue waits five seconds for them. */
  List<String> subscriptions() {
    String products = "\"product_ids\":[\"" + String.join("\",\"", symbols) + "\"]";
    if (kind == CoinbaseFeed.EXCHANGE) {
      return List.of(
          "{\"type\":\"subscribe\","
              + products
              + ",\"channels\":[\"level2_batch\",\"matches\",\"heartbeat\"]}");
    }
    List<String> messages = new ArrayList<>();
    for (String channel : List.of("heartbeats", "level2", "market_trades")) {
      messages.add("{\"type\":\"subscribe\"," + products + ",\"channel\":\"" + channel + "\"}");
    }
    return messages;
  }

  @Override
  public Subject subject(byte[] text, int from, int to) {
    return CoinbaseSubject.of(text, from, to);
  }

  @Override
  public List<Route> routes(CaptureContext context) {
    return List.of(
        new Route(
            "ws",
            URI.create(url),
            () -> new CoinbaseConversation(symbols, subscriptions(), context.counts())));
  }
}

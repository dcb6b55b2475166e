package io.depthcast.jobs.capture;

import io.depthcast.feed.binance.BinanceMarket;
import io.depthcast.jobs.capture.DepthSnapshots.Terms;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Diff depth, trades and best prices of Binance. Since April 2026 USD-M futures send depth and best
 * prices on the path {@code /public} alone and trades on {@code /market} alone, so that they take
 * two connections.
 *
 * @param url of the WebSockets, without a path
 * @param restUrl of the REST interface, without a path
 * @param symbols upper case
 * @param timing of connections
 */
record BinanceVenue(
    BinanceMarket market, String url, String restUrl, List<String> symbols, Timing timing)
    implements Venue {

  private static final String DEPTH = "depth@100ms";
  private static final byte[] ENVELOPE = "{\"stream\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final int MOST_STREAM_CHARS = 100;

  static String url(BinanceMarket market) {
    return switch (market) {
      case SPOT -> "wss://stream.binance.com:9443";
      case USD_M -> "wss://fstream.binance.com";
      case COIN_M -> "wss://dstream.binance.com";
    };
  }

  static String restUrl(BinanceMarket market) {
    return switch (market) {
      case SPOT -> "https://api.binance.com";
      case USD_M -> "https://fapi.binance.com";
      case COIN_M -> "https://dapi.binance.com";
    };
  }

  @Override
  public String feed() {
    return "binance_" + market.column();
  }

  /** Names and paths of the connections, and their streams. */
  private Map<String, List<String>> streams() {
    Map<String, List<String>> streams = new LinkedHashMap<>();
    switch (market) {
      case SPOT -> streams.put("/stream", List.of(DEPTH, "trade", "bookTicker"));
      case COIN_M -> streams.put("/stream", List.of(DEPTH, "aggTrade", "bookTicker"));
      case USD_M -> {
        streams.put("/public/stream", List.of(DEPTH, "bookTicker"));
        streams.put("/market/stream", List.of("aggTrade"));
      }
    }
    return streams;
  }

  /** Half of what the venue allows an address in a minute. */
  private Terms terms() {
    return switch (market) {
      case SPOT -> new Terms(restUrl + "/api/v3/depth?limit=5000&symbol=", 250, 3_000);
      case USD_M -> new Terms(restUrl + "/fapi/v1/depth?limit=1000&symbol=", 20, 1_200);
      case COIN_M -> new Terms(restUrl + "/dapi/v1/depth?limit=1000&symbol=", 20, 1_200);
    };
  }

  @Override
  public List<Route> routes(CaptureContext context) {
    DepthSnapshots snapshots = new DepthSnapshots(terms(), context);
    boolean futures = market != BinanceMarket.SPOT;
    List<Route> routes = new ArrayList<>();
    streams()
        .forEach(
            (path, streams) -> {
              List<String> books = streams.contains(DEPTH) ? symbols : List.of();
              routes.add(
                  new Route(
                      path.contains("market") ? "market" : "ws",
                      URI.create(url + path + "?streams=" + all(streams)),
                      timing.renewAfterMs(),
                      () -> new BinanceConversation(books, futures, snapshots, context)));
            });
    return routes;
  }

  /** The envelope names the stream, {@code btcusdt@trade}. */
  @Override
  public Subject subject(byte[] text, int from, int to) {
    int name = from + ENVELOPE.length;
    if (name >= to || !Arrays.equals(text, from, name, ENVELOPE, 0, ENVELOPE.length)) {
      return Subject.NONE;
    }
    int end = name;
    while (end < Math.min(to, name + MOST_STREAM_CHARS) && text[end] != '"') {
      end++;
    }
    String stream = new String(text, name, end - name, StandardCharsets.UTF_8);
    int at = stream.indexOf('@');
    if (at <= 0) {
      return Subject.NONE;
    }
    String kind = stream.substring(at + 1);
    return new Subject(
        kind.equals("trade") || kind.equals("aggTrade"),
        stream.substring(0, at).toUpperCase(Locale.ROOT));
  }

  private String all(List<String> streams) {
    List<String> all = new ArrayList<>();
    for (String symbol : symbols) {
      for (String stream : streams) {
        all.add(symbol.toLowerCase(Locale.ROOT) + "@" + stream);
      }
    }
    return String.join("/", all);
  }
}

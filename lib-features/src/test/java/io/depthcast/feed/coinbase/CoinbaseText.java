package io.depthcast.feed.coinbase;

import io.depthcast.feed.FeedLimits;
import io.depthcast.feed.ReadSession;
import io.depthcast.feed.TextSource;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Sessions typed in tests. Times are milliseconds after {@link #START} at the venue; a line with a
 * receive time is received five milliseconds later. Levels are typed {@code b 99x2 98x1 a 101x0}.
 */
final class CoinbaseText {

  static final Instant START = Instant.parse("2024-08-08T12:00:00Z");
  static final long LATENCY_MS = 5;
  static final String PRODUCT = "BTC-USD";

  /** Any share of the lines may be bad, so that tests of a few lines can have bad ones. */
  static final FeedLimits LIMITS = new FeedLimits(0, 1_000, 5_000, 3_600_000, 30_000, 1);

  private CoinbaseText() {}

  static long nanos(long ms) {
    return (START.toEpochMilli() + ms) * 1_000_000;
  }

  static String time(long ms) {
    return START.plusMillis(ms).toString();
  }

  /** The line as received: time and text. */
  static String received(long ms, String json) {
    return nanos(ms + LATENCY_MS) + " " + json;
  }

  /** A line of a cryptofeed capture. */
  static String cryptofeed(String connection, long ms, String json) {
    return "{\"t\":\"recv\",\"conn\":\""
        + connection
        + "\",\"ts\":"
        + START.plusMillis(ms + LATENCY_MS).getEpochSecond()
        + "."
        + String.valueOf(1_000 + Math.floorMod(ms + LATENCY_MS, 1_000)).substring(1)
        + ",\"data\":\""
        + json.replace("\"", "\\\"")
        + "\"}";
  }

  static String connect(String connection) {
    return "{\"t\":\"connect\",\"conn\":\"" + connection + "\",\"ts\":1723118400.5,\"addr\":\"x\"}";
  }

  // The Exchange feed.

  static String snapshot(String levels) {
    return "{\"type\":\"snapshot\",\"product_id\":\"BTC-USD\",\"bids\":["
        + levels(levels, "b", level -> "[" + pair(level) + "]")
        + "],\"asks\":["
        + levels(levels, "a", level -> "[" + pair(level) + "]")
        + "]}";
  }

  static String l2update(long ms, String levels) {
    List<String> changes = new ArrayList<>();
    String bids = levels(levels, "b", level -> "[\"buy\"," + pair(level) + "]");
    String asks = levels(levels, "a", level -> "[\"sell\"," + pair(level) + "]");
    for (String side : List.of(bids, asks)) {
      if (!side.isEmpty()) {
        changes.add(side);
      }
    }
    return "{\"type\":\"l2update\",\"product_id\":\"BTC-USD\",\"changes\":["
        + String.join(",", changes)
        + "],\"time\":\""
        + time(ms)
        + "\"}";
  }

  private static String pair(String[] level) {
    return "\"" + level[0] + "\",\"" + level[1] + "\"";
  }

  static String match(long ms, long id, String side, String price, String size) {
    return match("match", ms, id, side, price, size);
  }

  static String lastMatch(long ms, long id) {
    return match("last_match", ms, id, "buy", "100", "1");
  }

  private static String match(
      String type, long ms, long id, String side, String price, String size) {
    return "{\"type\":\""
        + type
        + "\",\"trade_id\":"
        + id
        + ",\"maker_order_id\":\"m\",\"taker_order_id\":\"t\",\"side\":\""
        + side
        + "\",\"size\":\""
        + size
        + "\",\"price\":\""
        + price
        + "\",\"product_id\":\"BTC-USD\",\"sequence\":90,\"time\":\""
        + time(ms)
        + "\"}";
  }

  static String subscriptions(String channels) {
    return "{\"type\":\"subscriptions\",\"channels\":[" + channels + "]}";
  }

  static String heartbeat(long ms) {
    return "{\"type\":\"heartbeat\",\"sequence\":90,\"last_trade_id\":20,\"product_id\":\"BTC-USD\","
        + "\"time\":\""
        + time(ms)
        + "\"}";
  }

  // Advanced Trade.

  static String message(long sequence, long ms, String channel, String... events) {
    return "{\"channel\":\""
        + channel
        + "\",\"client_id\":\"\",\"timestamp\":\""
        + time(ms)
        + "\",\"sequence_num\":"
        + sequence
        + ",\"events\":["
        + String.join(",", events)
        + "]}";
  }

  static String l2(long sequence, long ms, String type, String levels) {
    return message(sequence, ms, "l2_data", l2Event(type, ms, levels));
  }

  /** The changes are two milliseconds older than their message. */
  static String l2Event(String type, long ms, String levels) {
    List<String> sides = new ArrayList<>();
    for (String side : List.of("b", "a")) {
      String updates = levels(levels, side, level -> update(side, ms - 2, level));
      if (!updates.isEmpty()) {
        sides.add(updates);
      }
    }
    return "{\"type\":\""
        + type
        + "\",\"product_id\":\"BTC-USD\",\"updates\":["
        + String.join(",", sides)
        + "]}";
  }

  private static String update(String side, long ms, String[] level) {
    return "{\"side\":\""
        + (side.equals("b") ? "bid" : "offer")
        + "\",\"event_time\":\""
        + time(ms)
        + "\",\"price_level\":\""
        + level[0]
        + "\",\"new_quantity\":\""
        + level[1]
        + "\"}";
  }

  static String trades(long sequence, long ms, String type, String... trades) {
    String event = "{\"type\":\"" + type + "\",\"trades\":[" + String.join(",", trades) + "]}";
    return message(sequence, ms, "market_trades", event);
  }

  static String trade(long ms, long id, String side, String price, String size) {
    return "{\"product_id\":\"BTC-USD\",\"trade_id\":\""
        + id
        + "\",\"price\":\""
        + price
        + "\",\"size\":\""
        + size
        + "\",\"time\":\""
        + time(ms)
        + "\",\"side\":\""
        + side
        + "\"}";
  }

  static String beat(long sequence, long ms, long counter) {
    String event =
        "{\"current_time\":\"" + time(ms) + " +0000 UTC\",\"heartbeat_counter\":" + counter + "}";
    return message(sequence, ms, "heartbeats", event);
  }

  private static String levels(String text, String side, Function<String[], String> json) {
    List<String> levels = new ArrayList<>();
    boolean here = false;
    for (String word : text.trim().split(" +", -1)) {
      if (word.equals("a") || word.equals("b")) {
        here = word.equals(side);
      } else if (here) {
        levels.add(json.apply(word.split("x", 2)));
      }
    }
    return levels.stream().collect(Collectors.joining(","));
  }

  static TextSource source(String name, String... lines) {
    byte[] text = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    return new TextSource(name, new ByteArrayInputStream(text));
  }

  static CoinbaseReader reader(FeedLimits limits, String... lines) {
    return new CoinbaseReader(List.of(source("capture.gz", lines)), PRODUCT, limits);
  }

  static CoinbaseReader reader(TextSource... sources) {
    return new CoinbaseReader(List.of(sources), PRODUCT, LIMITS);
  }

  static ReadSession read(CoinbaseReader reader) {
    return ReadSession.read(reader, 3, 3);
  }

  static ReadSession read(String... lines) {
    return read(reader(LIMITS, lines));
  }
}

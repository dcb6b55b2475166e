package io.depthcast.jobs.capture;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * What Coinbase says of BTC-USD on one connection, stamped as it is made, and the best prices after
 * each update.
 */
final class CoinbaseText {

  private final CoinbaseFeed feed;
  private final SplittableRandom random;
  private final NavigableMap<BigDecimal, String> bids = new TreeMap<>(Comparator.reverseOrder());
  private final NavigableMap<BigDecimal, String> asks = new TreeMap<>();

  /** Best bid and ask after each update so far. */
  final List<String> best = new ArrayList<>();

  /** Ids of the trades so far. */
  final List<Long> trades = new ArrayList<>();

  private long sequence;
  private long heartbeats;

  CoinbaseText(CoinbaseFeed feed, long seed) {
    this.feed = feed;
    random = new SplittableRandom(seed);
    for (int i = 0; i < 10; i++) {
      bids.put(new BigDecimal(100 - i), "1");
      asks.put(new BigDecimal(101 + i), "1");
    }
  }

  private String advanced(String channel, String events) {
    return "{\"channel\":\"%s\",\"client_id\":\"\",\"timestamp\":\"%s\",\"sequence_num\":%d,\"events\":[%s]}"
        .formatted(channel, Instant.now(), sequence++, events);
  }

  /** What a new connection gets. */
  List<String> greeting() {
    List<String> levels = new ArrayList<>();
    boolean exchange = feed == CoinbaseFeed.EXCHANGE;
    bids.forEach((price, size) -> levels.add(level("bid", price, size)));
    int bidCount = levels.size();
    asks.forEach((price, size) -> levels.add(level("offer", price, size)));
    if (exchange) {
      return List.of(
          "{\"type\":\"subscriptions\",\"channels\":[]}",
          "{\"type\":\"snapshot\",\"product_id\":\"BTC-USD\",\"bids\":[%s],\"asks\":[%s]}"
              .formatted(
                  String.join(",", levels.subList(0, bidCount)),
                  String.join(",", levels.subList(bidCount, levels.size()))));
    }
    return List.of(
        advanced("subscriptions", "{\"subscriptions\":{\"level2\":[\"BTC-USD\"]}}"),
        advanced(
            "l2_data",
            "{\"type\":\"snapshot\",\"product_id\":\"BTC-USD\",\"updates\":["
                + String.join(",", levels)
                + "]}"));
  }

  private String level(String side, BigDecimal price, String size) {
    return feed == CoinbaseFeed.EXCHANGE
        ? "[\"%s\",\"%s\"]".formatted(price, size)
        : "{\"side\":\"%s\",\"event_time\":\"%s\",\"price_level\":\"%s\",\"new_quantity\":\"%s\"}"
            .formatted(side, Instant.now(), price, size);
  }

  /** An update, a trade or a heartbeat. */
  String next() {
    return switch (random.nextInt(8)) {
      case 0 -> trade();
      case 1 -> heartbeat();
      default -> update();
    };
  }

  private String update() {
    boolean bid = random.nextBoolean();
    // The outermost levels stay, so that no side is ever empty.
    BigDecimal price = new BigDecimal(bid ? 92 + random.nextInt(9) : 101 + random.nextInt(9));
    String size = random.nextInt(3) == 0 ? "0" : "" + (1 + random.nextInt(9));
    NavigableMap<BigDecimal, String> side = bid ? bids : asks;
    if (size.equals("0")) {
      side.remove(price);
    } else {
      side.put(price, size);
    }
    best.add(bids.firstKey().doubleValue() + " " + asks.firstKey().doubleValue());
    return feed == CoinbaseFeed.EXCHANGE
        ? ("{\"type\":\"l2update\",\"product_id\":\"BTC-USD\",\"changes\":[[\"%s\",\"%s\",\"%s\"]],"
                + "\"time\":\"%s\"}")
            .formatted(bid ? "buy" : "sell", price, size, Instant.now())
        : advanced(
            "l2_data",
            "{\"type\":\"update\",\"product_id\":\"BTC-USD\",\"updates\":["
                + level(bid ? "bid" : "offer", price, size)
                + "]}");
  }

  private String trade() {
    long id = 1L + trades.size();
    trades.add(id);
    return feed == CoinbaseFeed.EXCHANGE
        ? ("{\"type\":\"match\",\"trade_id\":%d,\"side\":\"sell\",\"size\":\"0.1\",\"price\":\"101\","
                + "\"product_id\":\"BTC-USD\",\"time\":\"%s\"}")
            .formatted(id, Instant.now())
        : advanced(
            "market_trades",
            ("{\"type\":\"update\",\"trades\":[{\"product_id\":\"BTC-USD\",\"trade_id\":\"%d\","
                    + "\"price\":\"101\",\"size\":\"0.1\",\"time\":\"%s\",\"side\":\"SELL\"}]}")
                .formatted(id, Instant.now()));
  }

  String heartbeat() {
    return feed == CoinbaseFeed.EXCHANGE
        ? "{\"type\":\"heartbeat\",\"last_trade_id\":%d,\"product_id\":\"BTC-USD\",\"time\":\"%s\"}"
            .formatted(trades.size(), Instant.now())
        : advanced(
            "heartbeats",
            "{\"current_time\":\"x\",\"heartbeat_counter\":\"" + ++heartbeats + "\"}");
  }
}

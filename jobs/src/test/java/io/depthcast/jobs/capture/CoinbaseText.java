package io.depthcast.jobs.capture;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * What Coinbase says of BTC-USD, stamped as it is made, no two messages alike, and the book after
 * each.
 */
final class CoinbaseText {

  /**
   * Each update sets the size here to its own number, so that a row tells which update it is of.
   */
  static final BigDecimal MARK = BigDecimal.ONE;

  private final CoinbaseFeed feed;
  private final SplittableRandom random;
  private final NavigableMap<BigDecimal, String> bids = new TreeMap<>(Comparator.reverseOrder());
  private final NavigableMap<BigDecimal, String> asks = new TreeMap<>();

  /** Best bid and ask after each update so far. */
  final List<String> best = new ArrayList<>();

  /** Ids of the trades so far. */
  final List<Long> trades = new ArrayList<>();

  /** Updates and trades so far, {@code update 7}, {@code trade 3}. */
  final List<String> rows = new ArrayList<>();

  /** The level that each update sets, beside the mark; the number of the last that did. */
  private final Map<String, Long> setBy = new HashMap<>();

  /** The book after each of them. */
  private final Map<String, String> books = new HashMap<>();

  private Instant last = Instant.EPOCH;
  private long updates = 1;
  private long heartbeats;

  CoinbaseText(CoinbaseFeed feed, long seed) {
    this.feed = feed;
    random = new SplittableRandom(seed);
    for (int i = 0; i < 10; i++) {
      bids.put(new BigDecimal(100 - i), "1");
      asks.put(new BigDecimal(101 + i), "1");
    }
    bids.put(MARK, "1");
  }

  /** Later than any before. */
  private Instant now() {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    last = now.isAfter(last) ? now : last.plus(1, ChronoUnit.MICROS);
    return last;
  }

  private String advanced(Instant time, String channel, String events) {
    return ("{\"channel\":\"%s\",\"client_id\":\"\",\"timestamp\":\"%s\",\"sequence_num\":"
            + LocalVenue.NUMBER
            + ",\"events\":[%s]}")
        .formatted(channel, time, events);
  }

  /** The number of the last update, or of the first book. */
  long lastUpdate() {
    return updates;
  }

  /**
   * Whether a reader who has missed the updates after one number and had all after another has the
   * book of now: each level that the first changed was set again.
   */
  boolean isHealed(Map<String, String> missedFrom, long had) {
    Map<String, String> now = levels();
    Set<String> differing = new HashSet<>(now.keySet());
    differing.addAll(missedFrom.keySet());
    differing.removeIf(level -> Objects.equals(now.get(level), missedFrom.get(level)));
    return differing.stream().allMatch(level -> setBy.getOrDefault(level, 0L) > had);
  }

  /** The number of a row that is an update. */
  static long numberOf(String row) {
    return Long.parseLong(row.substring("update ".length()));
  }

  /** Whether a message is of the channel of trades. */
  static boolean isOfTrades(String message) {
    return message.contains("\"match\"") || message.contains("\"market_trades\"");
  }

  /** All levels and their sizes, {@code bid 99} to 3. */
  Map<String, String> levels() {
    Map<String, String> levels = new HashMap<>();
    bids.forEach((price, size) -> levels.put("bid " + price, size));
    asks.forEach((price, size) -> levels.put("ask " + price, size));
    return levels;
  }

  /** The book after an update or a trade, or at a snapshot; null if it was never said. */
  String bookAt(String row) {
    return books.get(row);
  }

  /** Takes note that the book of now is sent, as {@code snapshot 7} after {@code update 7}. */
  String noteSnapshot() {
    String row = "snapshot " + updates;
    books.put(row, book());
    return row;
  }

  /** Levels from the best down, {@code 100.0x1.0 99.0x3.0 | 101.0x2.0}. */
  private String book() {
    StringBuilder text = new StringBuilder();
    bids.forEach((price, size) -> append(text, price, size));
    text.append('|');
    asks.forEach((price, size) -> append(text, price, size));
    return text.toString();
  }

  private static void append(StringBuilder text, BigDecimal price, String size) {
    text.append(price.doubleValue()).append('x').append(Double.parseDouble(size)).append(' ');
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
    Instant now = now();
    return List.of(
        advanced(now, "subscriptions", "{\"subscriptions\":{\"level2\":[\"BTC-USD\"]}}"),
        advanced(
            now,
            "l2_data",
            "{\"type\":\"snapshot\",\"product_id\":\"BTC-USD\",\"updates\":["
                + String.join(",", levels)
                + "]}"));
  }

  private String level(String side, BigDecimal price, String size) {
    return feed == CoinbaseFeed.EXCHANGE
        ? "[\"%s\",\"%s\"]".formatted(price, size)
        : "{\"side\":\"%s\",\"event_time\":\"%s\",\"price_level\":\"%s\",\"new_quantity\":\"%s\"}"
            .formatted(side, last, price, size);
  }

  /** An update, a trade or a heartbeat. */
  String next() {
    return switch (random.nextInt(8)) {
      case 0 -> trade();
      case 1 -> heartbeat();
      default -> update();
    };
  }

  String update() {
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
    String mark = Long.toString(++updates);
    bids.put(MARK, mark);
    setBy.put("bid " + MARK, updates);
    setBy.put((bid ? "bid " : "ask ") + price, updates);
    best.add(bids.firstKey().doubleValue() + " " + asks.firstKey().doubleValue());
    note("update " + updates);
    Instant now = now();
    return feed == CoinbaseFeed.EXCHANGE
        ? ("{\"type\":\"l2update\",\"product_id\":\"BTC-USD\",\"changes\":[[\"buy\",\"%s\",\"%s\"],"
                + "[\"%s\",\"%s\",\"%s\"]],\"time\":\"%s\"}")
            .formatted(MARK, mark, bid ? "buy" : "sell", price, size, now)
        : advanced(
            now,
            "l2_data",
            "{\"type\":\"update\",\"product_id\":\"BTC-USD\",\"updates\":["
                + level("bid", MARK, mark)
                + ","
                + level(bid ? "bid" : "offer", price, size)
                + "]}");
  }

  private void note(String row) {
    rows.add(row);
    books.put(row, book());
  }

  String trade() {
    long id = 1L + trades.size();
    trades.add(id);
    note("trade " + id);
    Instant now = now();
    return feed == CoinbaseFeed.EXCHANGE
        ? ("{\"type\":\"match\",\"trade_id\":%d,\"side\":\"sell\",\"size\":\"0.1\",\"price\":\"101\","
                + "\"product_id\":\"BTC-USD\",\"time\":\"%s\"}")
            .formatted(id, now)
        : advanced(
            now,
            "market_trades",
            ("{\"type\":\"update\",\"trades\":[{\"product_id\":\"BTC-USD\",\"trade_id\":\"%d\","
                    + "\"price\":\"101\",\"size\":\"0.1\",\"time\":\"%s\",\"side\":\"SELL\"}]}")
                .formatted(id, now));
  }

  String heartbeat() {
    return feed == CoinbaseFeed.EXCHANGE
        ? "{\"type\":\"heartbeat\",\"last_trade_id\":%d,\"product_id\":\"BTC-USD\",\"time\":\"%s\"}"
            .formatted(trades.size(), now())
        : advanced(
            now(),
            "heartbeats",
            "{\"current_time\":\"x\",\"heartbeat_counter\":\"" + ++heartbeats + "\"}");
  }
}

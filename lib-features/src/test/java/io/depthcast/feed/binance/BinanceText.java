package io.depthcast.feed.binance;

import io.depthcast.feed.FeedLimits;
import io.depthcast.feed.ReadSession;
import io.depthcast.feed.TextSource;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Sessions typed in tests. Times are milliseconds after {@link #START} at the venue; a line is
 * received five milliseconds later. Levels are typed {@code b 99x2 98x1 a 101x0}.
 */
final class BinanceText {

  static final long START = Instant.parse("2024-08-08T12:00:00Z").toEpochMilli();
  static final long LATENCY_MS = 5;
  static final String FILE = "capture.gz";

  /** Any share of the lines may be bad, so that tests of a few lines can have bad ones. */
  static final FeedLimits LIMITS = new FeedLimits(0, 1_000, 5_000, 3_600_000, 30_000, 1);

  private BinanceText() {}

  static long nanos(long ms) {
    return (START + ms) * 1_000_000;
  }

  /** A line as received: time and text. */
  static String line(long ms, String json) {
    return nanos(ms + LATENCY_MS) + " " + json;
  }

  static String enveloped(long ms, String stream, String json) {
    return line(ms, "{\"stream\":\"" + stream + "\",\"data\":" + json + "}");
  }

  static String spotUpdate(long ms, long first, long last, String levels) {
    return enveloped(ms, "abc@depth@100ms", update(ms, "", first, last, levels));
  }

  static String futuresUpdate(long ms, long first, long last, long previous, String levels) {
    String more = ",\"T\":" + (START + ms - 3) + ",\"pu\":" + previous;
    return enveloped(ms, "abc@depth@0ms", update(ms, more, first, last, levels));
  }

  static String update(long ms, String more, long first, long last, String levels) {
    return "{\"e\":\"depthUpdate\",\"E\":"
        + (START + ms)
        + ",\"s\":\"ABC\""
        + more
        + ",\"U\":"
        + first
        + ",\"u\":"
        + last
        + ",\"b\":"
        + side(levels, "b")
        + ",\"a\":"
        + side(levels, "a")
        + "}";
  }

  static String spotSnapshot(long ms, long lastUpdateId, String levels) {
    return line(ms, snapshot("", lastUpdateId, levels));
  }

  static String futuresSnapshot(long ms, long lastUpdateId, String levels) {
    String more = ",\"E\":" + (START + ms) + ",\"T\":" + (START + ms - 3);
    return line(ms, snapshot(more, lastUpdateId, levels));
  }

  static String snapshot(String more, long lastUpdateId, String levels) {
    return "{\"lastUpdateId\":"
        + lastUpdateId
        + more
        + ",\"bids\":"
        + side(levels, "b")
        + ",\"asks\":"
        + side(levels, "a")
        + "}";
  }

  static String trade(long ms, long id, String price, String size, boolean buyerIsMaker) {
    return enveloped(
        ms,
        "abc@trade",
        "{\"e\":\"trade\",\"E\":%d,\"s\":\"ABC\",\"t\":%d,\"p\":\"%s\",\"q\":\"%s\",\"m\":%s}"
            .formatted(START + ms, id, price, size, buyerIsMaker));
  }

  static String aggregateTrade(long ms, long first, long last, String price, String size) {
    return enveloped(
        ms,
        "abc@aggTrade",
        ("{\"e\":\"aggTrade\",\"E\":%d,\"s\":\"ABC\",\"a\":1,\"p\":\"%s\",\"q\":\"%s\",\"f\":%d,"
                + "\"l\":%d,\"T\":%d,\"m\":true}")
            .formatted(START + ms, price, size, first, last, START + ms));
  }

  static String spotTicker(
      long ms, long id, String bid, String bidSize, String ask, String askSize) {
    return enveloped(
        ms,
        "abc@bookTicker",
        "{\"u\":%d,\"s\":\"ABC\",\"b\":\"%s\",\"B\":\"%s\",\"a\":\"%s\",\"A\":\"%s\"}"
            .formatted(id, bid, bidSize, ask, askSize));
  }

  private static String side(String levels, String side) {
    List<String> pairs = new ArrayList<>();
    String present = "";
    for (String word : levels.strip().split("\\s+", -1)) {
      if (word.equals("b") || word.equals("a")) {
        present = word;
      } else if (present.equals(side)) {
        pairs.add("[\"" + word.replace("x", "\",\"") + "\"]");
      }
    }
    return "[" + String.join(",", pairs) + "]";
  }

  static TextSource source(String name, String text) {
    return new TextSource(name, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  static BinanceReader reader(
      BinanceMarket market, BinanceDepth depth, FeedLimits limits, String... lines) {
    return new BinanceReader(
        List.of(source(FILE, String.join("\n", lines))), market, "ABC", depth, limits);
  }

  static ReadSession spot(String... lines) {
    return read(reader(BinanceMarket.SPOT, BinanceDepth.UPDATES, LIMITS, lines));
  }

  static ReadSession futures(String... lines) {
    return read(reader(BinanceMarket.USD_M, BinanceDepth.UPDATES, LIMITS, lines));
  }

  static ReadSession read(BinanceReader reader) {
    return ReadSession.read(reader, 3, 3);
  }
}

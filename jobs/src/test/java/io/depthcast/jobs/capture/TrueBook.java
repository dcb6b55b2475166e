package io.depthcast.jobs.capture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The book at the venue, the plainest way: two sorted maps. Remembers the best prices at each id.
 */
final class TrueBook {

  /** Times that a snapshot of futures has and one of the spot market has not. */
  static final String FUTURES_TIMES = "\"E\":0,\"T\":0,";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Best prices. */
  record Best(double bid, double ask) {}

  private final NavigableMap<BigDecimal, String> bids = new TreeMap<>(Comparator.reverseOrder());
  private final NavigableMap<BigDecimal, String> asks = new TreeMap<>();
  private final Map<Long, Best> best = new HashMap<>();
  private final boolean futures;
  private long lastId;

  TrueBook(String snapshot) {
    JsonNode book = read(snapshot);
    set(bids, book.get("bids"));
    set(asks, book.get("asks"));
    lastId = book.get("lastUpdateId").asLong();
    futures = book.has("E");
    note();
  }

  synchronized void apply(String message) {
    JsonNode update = read(message).get("data");
    set(bids, update.get("b"));
    set(asks, update.get("a"));
    lastId = update.get("u").asLong();
    note();
  }

  private void note() {
    best.put(lastId, new Best(bids.firstKey().doubleValue(), asks.firstKey().doubleValue()));
  }

  private static void set(NavigableMap<BigDecimal, String> side, JsonNode levels) {
    for (JsonNode level : levels) {
      BigDecimal price = new BigDecimal(level.get(0).asText()).stripTrailingZeros();
      if (new BigDecimal(level.get(1).asText()).signum() == 0) {
        side.remove(price);
      } else {
        side.put(price, level.get(1).asText());
      }
    }
  }

  /** The depth as the venue answers it now. */
  synchronized String snapshot() {
    return "{\"lastUpdateId\":"
        + lastId
        + ","
        + (futures ? FUTURES_TIMES : "")
        + "\"bids\":"
        + text(bids)
        + ",\"asks\":"
        + text(asks)
        + "}";
  }

  private static String text(NavigableMap<BigDecimal, String> side) {
    StringBuilder text = new StringBuilder("[");
    side.forEach(
        (price, size) ->
            text.append(text.length() == 1 ? "" : ",")
                .append("[\"")
                .append(price.toPlainString())
                .append("\",\"")
                .append(size)
                .append("\"]"));
    return text.append("]").toString();
  }

  synchronized Best best(long id) {
    return best.get(id);
  }

  synchronized long lastId() {
    return lastId;
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

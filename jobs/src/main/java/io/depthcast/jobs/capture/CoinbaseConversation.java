package io.depthcast.jobs.capture;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.depthcast.jobs.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One connection to Coinbase. Advanced Trade numbers the messages of a connection; if one is
 * missing, the books are lost and only a new connection brings new ones. The Exchange feed numbers
 * trades alone; one that is missing is counted. Its updates bear times: one that comes after a
 * later one has lost the book as well.
 */
final class CoinbaseConversation implements Conversation {

  private static final JsonFactory JSON = new JsonFactory();
  private static final long NONE = Long.MIN_VALUE;
  private static final int MOST_QUOTED_CHARS = 200;

  private final List<String> opening;
  private final boolean hasTrades;
  private final CaptureCounts counts;
  private final Set<String> withoutBook;
  private final Map<String, Long> lastTrade = new HashMap<>();
  private final Map<String, Instant> lastUpdate = new HashMap<>();
  private long lastSequence = NONE;

  // What the fields of the message are called, in the message or in its events.
  private String kind;
  private String product;
  private Instant time;
  private long sequence;
  private long trade;

  /**
   * @param hasTrades whether trades were asked for; else their numbers in heartbeats tell nothing
   */
  CoinbaseConversation(
      List<String> symbols, List<String> opening, boolean hasTrades, CaptureCounts counts) {
    this.opening = opening;
    this.hasTrades = hasTrades;
    this.counts = counts;
    withoutBook = new HashSet<>(symbols);
  }

  @Override
  public List<String> opening() {
    return opening;
  }

  @Override
  public synchronized void received(byte[] message, long wallNanos, long now)
      throws ConnectionFault {
    kind = null;
    product = null;
    time = null;
    sequence = NONE;
    trade = NONE;
    try (JsonParser json = JSON.createParser(message)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("no object");
      }
      readFields(json, true);
    } catch (IOException e) {
      counts.malformed.increment();
      throw new ConnectionFault("a message is no JSON, the books are lost");
    }
    if (time != null) {
      counts.lag(wallNanos - time.getEpochSecond() * 1_000_000_000L - time.getNano());
    }
    warnOfError(message);
    followTrades();
    followSequence();
    followUpdates();
  }

  /** Fields of the message and of its events; levels and trades are passed over. */
  private void readFields(JsonParser json, boolean outer) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (outer && value == JsonToken.START_ARRAY && name.equals("events")) {
        readEvents(json);
      } else if (value.isStructStart()) {
        json.skipChildren();
      } else {
        readField(name, value, json);
      }
    }
    if (!outer) {
      noteBook();
    }
  }

  private void readEvents(JsonParser json) throws IOException {
    JsonToken token;
    while ((token = json.nextToken()) != JsonToken.END_ARRAY) {
      if (token == null) {
        throw new IOException("no end");
      }
      if (token == JsonToken.START_OBJECT) {
        readFields(json, false);
      } else {
        json.skipChildren();
      }
    }
  }

  private void readField(String name, JsonToken value, JsonParser json) throws IOException {
    switch (name) {
      case "type" -> {
        kind = json.getText();
        noteBook();
      }
      case "product_id" -> {
        product = json.getText();
        noteBook();
      }
      case "timestamp", "time" -> time = instant(json.getText());
      case "sequence_num" ->
          sequence = value == JsonToken.VALUE_NUMBER_INT ? json.getLongValue() : NONE;
      case "trade_id", "last_trade_id" ->
          trade = value == JsonToken.VALUE_NUMBER_INT ? json.getLongValue() : NONE;
      default -> {}
    }
  }

  /** A snapshot names its product; those of trades do not. */
  private void noteBook() {
    if ("snapshot".equals(kind) && product != null) {
      withoutBook.remove(product);
    }
  }

  private Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      counts.malformed.increment();
      return null;
    }
  }

  private void warnOfError(byte[] message) {
    if ("error".equals(kind)) {
      String text = new String(message, StandardCharsets.UTF_8);
      Console.warn(
          "coinbase says "
              + text.substring(0, Math.min(text.length(), MOST_QUOTED_CHARS))
              + "; check --symbols");
    }
  }

  private void followSequence() throws ConnectionFault {
    if (sequence == NONE) {
      return;
    }
    long before = lastSequence;
    lastSequence = sequence;
    if (before != NONE && sequence != before + 1) {
      counts.gaps.increment();
      throw new ConnectionFault(
          "message " + sequence + " follows " + before + ", the books are lost");
    }
  }

  private void followTrades() {
    if (!hasTrades || trade == NONE || product == null) {
      return;
    }
    Long before = lastTrade.get(product);
    boolean heartbeat = "heartbeat".equals(kind);
    if (before != null && trade > before + (heartbeat ? 0 : 1)) {
      counts.gaps.increment();
    }
    lastTrade.merge(product, trade, Math::max);
  }

  private void followUpdates() throws ConnectionFault {
    if (!"l2update".equals(kind) || product == null || time == null) {
      return;
    }
    Instant before = lastUpdate.put(product, time);
    if (before != null && time.isBefore(before)) {
      counts.gaps.increment();
      throw new ConnectionFault(
          "an update of " + product + " comes after one that was sent later, the books are lost");
    }
  }

  @Override
  public synchronized boolean isReady() {
    return withoutBook.isEmpty();
  }

  @Override
  public void tick(long now) {}

  @Override
  public void close() {}
}

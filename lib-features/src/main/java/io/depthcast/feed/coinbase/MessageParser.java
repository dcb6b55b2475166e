package io.depthcast.feed.coinbase;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.depthcast.book.BookBatch;
import io.depthcast.book.Side;
import io.depthcast.feed.CaptureLine;
import io.depthcast.feed.Decimals;
import io.depthcast.feed.MessageFault;
import io.depthcast.feed.coinbase.Message.Kind;
import io.depthcast.feed.coinbase.Message.Part;
import java.io.IOException;

/**
 * Reads the venue's text into a {@link Message}, of the Exchange feed ({@code type}) or of Advanced
 * Trade ({@code channel}).
 */
final class MessageParser {

  /** 2001-09-09; Advanced Trade writes 1970 or the year 1 where it has no time. */
  private static final long LEAST_TIME = 1_000_000_000_000_000_000L;

  private static final int MOST_QUOTED_CHARS = 40;

  private final JsonFactory factory;
  private final String product;
  private final IsoTime iso = new IsoTime();

  private JsonParser json;
  private Message message;

  // What the fields of the message are called.
  private String type;
  private String channel;
  private String productId;
  private boolean hasBids;
  private boolean hasAsks;
  private boolean hasChanges;
  private boolean hasEvents;

  /** Of an event. */
  private String eventType;

  // Of a trade.
  private String tradeProduct;
  private long tradeId;
  private long tradeTime;
  private Side tradeSide;
  private double tradePrice;
  private double tradeSize;

  MessageParser(JsonFactory factory, String product) {
    this.factory = factory;
    this.product = product;
  }

  /** Forgets the message before. */
  void reset(Message into) {
    message = into;
    message.clear();
    type = null;
    channel = null;
    productId = null;
    hasBids = false;
    hasAsks = false;
    hasChanges = false;
    hasEvents = false;
    clearTrade();
  }

  private void clearTrade() {
    tradeProduct = null;
    tradeId = Message.NONE;
    tradeTime = BookBatch.NO_TIME;
    tradeSide = null;
    tradePrice = Double.NaN;
    tradeSize = Double.NaN;
  }

  /**
   * Reads the text of a capture line into the message of {@link #reset}.
   *
   * @throws MessageFault if it is no message of the venue
   */
  void parse(CaptureLine line) throws MessageFault {
    message.tsRecv = line.tsRecv;
    try (JsonParser parser = factory.createParser(line.bytes, line.from, line.to - line.from)) {
      json = parser;
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new MessageFault("no JSON object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        readField(name, json.nextToken());
      }
      if (json.nextToken() != null) {
        throw new MessageFault("text after the JSON object");
      }
    } catch (JsonProcessingException e) {
      throw new MessageFault(
          "malformed JSON: " + e.getOriginalMessage().lines().findFirst().orElse(""));
    } catch (IOException e) {
      throw new MessageFault("malformed text: " + e.getMessage());
    }
    classify();
  }

  /** Whether the text that {@link #parse} refused may have been about the product's book. */
  boolean mayBeOfBook() {
    if (channel != null) {
      return channel.equals("l2_data") && isOurs(productId);
    }
    return (type == null || type.equals("l2update") || type.equals("snapshot"))
        && isOurs(productId);
  }

  /** Whether a product is the reader's, or not yet known. */
  private boolean isOurs(String name) {
    return name == null || name.equals(product);
  }

  private void readField(String name, JsonToken value) throws IOException, MessageFault {
    switch (name) {
      case "type" -> type = text(value);
      case "channel" -> channel = text(value);
      case "product_id" -> productId = text(value);
      case "time", "timestamp" -> message.time = time(value);
      case "sequence_num" -> message.sequence = whole(value);
      case "bids" -> hasBids = readLevels(value, Side.BID);
      case "asks" -> hasAsks = readLevels(value, Side.ASK);
      case "changes" -> hasChanges = readLevels(value, null);
      case "events" -> hasEvents = readObjects(value, "event", this::readEvent);
      default -> readTradeField(name, value);
    }
  }

  private void readTradeField(String name, JsonToken value) throws IOException {
    switch (name) {
      case "trade_id" -> tradeId = whole(value);
      case "side" -> tradeSide = side(value);
      case "price" -> tradePrice = decimal(value);
      case "size" -> tradeSize = decimal(value);
      default -> json.skipChildren();
    }
  }

  /**
   * Levels {@code [price, size]} of a side, or changes {@code [side, price, size]}.
   *
   * @param side of all levels, null where each names its own
   */
  private boolean readLevels(JsonToken value, Side side) throws IOException, MessageFault {
    if (value != JsonToken.START_ARRAY || !isOurs(productId)) {
      json.skipChildren();
      return value == JsonToken.START_ARRAY;
    }
    JsonToken token;
    while ((token = json.nextToken()) != JsonToken.END_ARRAY) {
      if (token != JsonToken.START_ARRAY) {
        throw new MessageFault("level is no array");
      }
      Side own = side == null ? side(json.nextToken()) : side;
      addLevel(own, BookBatch.NO_TIME, decimal(json.nextToken()), decimal(json.nextToken()));
      if (json.nextToken() != JsonToken.END_ARRAY) {
        throw new MessageFault("level has too many elements");
      }
    }
    return true;
  }

  private interface ObjectReader {
    void read() throws IOException, MessageFault;
  }

  /** Reads each object of an array; false if it is none. */
  private boolean readObjects(JsonToken value, String what, ObjectReader each)
      throws IOException, MessageFault {
    if (value != JsonToken.START_ARRAY) {
      json.skipChildren();
      return false;
    }
    JsonToken token;
    while ((token = json.nextToken()) != JsonToken.END_ARRAY) {
      if (token != JsonToken.START_OBJECT) {
        throw new MessageFault(what + " is no object");
      }
      each.read();
    }
    return true;
  }

  private void addLevel(Side side, long stamp, double price, double size) throws MessageFault {
    if (side == null) {
      throw new MessageFault("level has no side, buy or sell, bid or offer");
    }
    requireDecimal(side.column() + " price", price);
    requireDecimal(side.column() + " size", size);
    if (price <= 0) {
      throw new MessageFault(side.column() + " price " + price + " is not positive");
    }
    if (size < 0) {
      throw new MessageFault(
          side.column() + " size " + size + " at price " + price + " is below zero", true);
    }
    message.addEntry(Message.NONE, stamp, side, price, size);
  }

  private static void requireDecimal(String what, double value) throws MessageFault {
    if (Double.isNaN(value)) {
      throw new MessageFault(what + " is no decimal text");
    }
  }

  private void readEvent() throws IOException, MessageFault {
    eventType = null;
    productId = null;
    int begin = message.entries;
    boolean hasUpdates = false;
    boolean hasTrades = false;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      switch (name) {
        case "type" -> eventType = text(value);
        case "product_id" -> productId = text(value);
        case "updates" -> hasUpdates = readUpdates(value);
        case "trades" -> hasTrades = readObjects(value, "trade", this::readTrade);
        case "heartbeat_counter" -> message.heartbeat = whole(value);
        default -> json.skipChildren();
      }
    }
    if (hasUpdates && hasTrades) {
      throw new MessageFault("event has both updates and trades");
    }
    if (hasUpdates) {
      endLevels(begin);
    } else if (hasTrades) {
      endTrades(begin);
    }
  }

  private void endLevels(int begin) throws MessageFault {
    require(productId != null, "product_id of an event");
    if (!isOurs(productId)) {
      message.entries = begin;
      return;
    }
    message.endPart(isSnapshot() ? Part.SNAPSHOT : Part.UPDATE);
  }

  private void endTrades(int begin) throws MessageFault {
    if (!isSnapshot()) {
      message.endTrades();
      return;
    }
    for (int i = begin; i < message.entries; i++) {
      message.earlierTrade = Math.max(message.earlierTrade, message.id[i]);
    }
    message.entries = begin;
  }

  private boolean isSnapshot() throws MessageFault {
    boolean snapshot = "snapshot".equals(eventType);
    if (!snapshot && !"update".equals(eventType)) {
      throw new MessageFault("event type " + quoted(eventType) + " is not snapshot or update");
    }
    return snapshot;
  }

  private boolean readUpdates(JsonToken value) throws IOException, MessageFault {
    if (isOurs(productId)) {
      return readObjects(value, "update", this::readUpdate);
    }
    json.skipChildren();
    return value == JsonToken.START_ARRAY;
  }

  private void readUpdate() throws IOException, MessageFault {
    Side side = null;
    long stamp = BookBatch.NO_TIME;
    double price = Double.NaN;
    double size = Double.NaN;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      switch (name) {
        case "side" -> side = side(value);
        case "event_time" -> stamp = time(value);
        case "price_level" -> price = decimal(value);
        case "new_quantity" -> size = decimal(value);
        default -> json.skipChildren();
      }
    }
    addLevel(side, stamp, price, size);
  }

  private void readTrade() throws IOException, MessageFault {
    clearTrade();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      switch (name) {
        case "product_id" -> tradeProduct = text(value);
        case "time" -> tradeTime = time(value);
        default -> readTradeField(name, value);
      }
    }
    require(tradeProduct != null, "product_id of a trade");
    if (tradeProduct.equals(product)) {
      addTrade();
    }
  }

  private void addTrade() throws MessageFault {
    require(tradeId >= 0, "trade_id");
    require(tradeTime != BookBatch.NO_TIME, "time of a trade");
    require(tradeSide != null, "side of a trade");
    requireDecimal("trade price", tradePrice);
    requireDecimal("trade size", tradeSize);
    if (tradePrice <= 0) {
      throw new MessageFault("trade price " + tradePrice + " is not positive");
    }
    if (tradeSize <= 0) {
      throw new MessageFault("trade size " + tradeSize + " is not positive", tradeSize < 0);
    }
    message.addEntry(tradeId, tradeTime, tradeSide, tradePrice, tradeSize);
  }

  private static void require(boolean present, String field) throws MessageFault {
    if (!present) {
      throw new MessageFault("field " + field + " is missing or of another type");
    }
  }

  private String text(JsonToken value) throws IOException {
    if (value == JsonToken.VALUE_STRING) {
      return json.getText();
    }
    json.skipChildren();
    return null;
  }

  private static String quoted(String text) {
    return text != null && text.length() > MOST_QUOTED_CHARS
        ? text.substring(0, MOST_QUOTED_CHARS) + "..."
        : text;
  }

  private long time(JsonToken value) throws IOException {
    if (value != JsonToken.VALUE_STRING) {
      json.skipChildren();
      return BookBatch.NO_TIME;
    }
    long nanos = iso.parse(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
    return nanos < LEAST_TIME ? BookBatch.NO_TIME : nanos;
  }

  /** A whole number, as such or as text of digits; {@link Message#NONE} for anything else. */
  private long whole(JsonToken value) throws IOException {
    if (value == JsonToken.VALUE_NUMBER_INT) {
      return json.getNumberType() == JsonParser.NumberType.BIG_INTEGER
          ? Message.NONE
          : json.getLongValue();
    }
    if (value != JsonToken.VALUE_STRING) {
      json.skipChildren();
      return Message.NONE;
    }
    char[] text = json.getTextCharacters();
    int from = json.getTextOffset();
    int length = json.getTextLength();
    if (length < 1 || length > 18) {
      return Message.NONE;
    }
    long number = 0;
    for (int i = from; i < from + length; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9) {
        return Message.NONE;
      }
      number = 10 * number + digit;
    }
    return number;
  }

  private double decimal(JsonToken value) throws IOException {
    if (value != JsonToken.VALUE_STRING) {
      json.skipChildren();
      return Double.NaN;
    }
    return Decimals.parse(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
  }

  /** Null for a text that is no side. */
  private Side side(JsonToken value) throws IOException {
    String text = text(value);
    if (text == null) {
      return null;
    }
    return switch (text) {
      case "buy", "BUY", "bid" -> Side.BID;
      case "sell", "SELL", "offer" -> Side.ASK;
      default -> null;
    };
  }

  private void classify() throws MessageFault {
    if (channel != null) {
      classifyChannel();
    } else if (type != null) {
      classifyType();
    } else {
      throw new MessageFault("no message of Coinbase: neither type nor channel");
    }
  }

  private void classifyChannel() throws MessageFault {
    require(message.sequence >= 0, "sequence_num");
    require(message.time != BookBatch.NO_TIME, "timestamp");
    switch (channel) {
      case "l2_data", "market_trades", "heartbeats" -> require(hasEvents, "events");
      default -> {
        message.parts = 0;
        message.kind = Kind.OTHER;
        return;
      }
    }
    fillStamps();
    if (channel.equals("heartbeats")) {
      message.kind = Kind.HEARTBEAT;
    } else {
      boolean ours = message.parts > 0 || message.earlierTrade != Message.NONE;
      message.kind = ours ? Kind.OURS : Kind.OTHER_PRODUCT;
    }
  }

  /** A level without a time has that of its message. */
  private void fillStamps() {
    for (int i = 0; i < message.entries; i++) {
      if (message.stamp[i] == BookBatch.NO_TIME) {
        message.stamp[i] = message.time;
      }
    }
  }

  private void classifyType() throws MessageFault {
    message.sequence = Message.NONE;
    switch (type) {
      case "snapshot", "l2update", "match", "last_match", "heartbeat" -> classifyProduct();
      case "subscriptions" -> message.kind = Kind.SUBSCRIPTIONS;
      default -> message.kind = Kind.OTHER;
    }
  }

  private void classifyProduct() throws MessageFault {
    require(productId != null, "product_id");
    if (!isOurs(productId)) {
      message.kind = Kind.OTHER_PRODUCT;
      return;
    }
    message.kind = Kind.OURS;
    switch (type) {
      case "snapshot" -> {
        require(hasBids, "bids");
        require(hasAsks, "asks");
        fillStamps();
        message.endPart(Part.SNAPSHOT);
      }
      case "l2update" -> {
        require(hasChanges, "changes");
        require(message.time != BookBatch.NO_TIME, "time");
        fillStamps();
        message.endPart(Part.UPDATE);
      }
      case "match", "last_match" -> {
        tradeTime = message.time;
        addTrade();
        if (type.equals("match")) {
          message.endTrades();
        } else {
          // Its time is that of a trade of any time ago, not of the message.
          message.time = BookBatch.NO_TIME;
          message.earlierTrade = tradeId;
          message.entries = 0;
        }
      }
      default -> message.kind = Kind.HEARTBEAT;
    }
  }
}

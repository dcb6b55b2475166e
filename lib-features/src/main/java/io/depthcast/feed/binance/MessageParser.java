package io.depthcast.feed.binance;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.depthcast.book.BookBatch;
import io.depthcast.book.Side;
import io.depthcast.feed.CaptureLine;
import io.depthcast.feed.Decimals;
import io.depthcast.feed.MessageFault;
import io.depthcast.feed.binance.Message.Kind;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;

/** Reads the venue's text into a {@link Message}. */
final class MessageParser {

  private static final long NONE = Long.MIN_VALUE;
  private static final long MS_NANOS = 1_000_000;
  private static final long US_NANOS = 1_000;

  // September 2001 in each unit; nine times as much is the year 2255.
  private static final long LEAST_MS = 1_000_000_000_000L;
  private static final long LEAST_US = 1_000 * LEAST_MS;
  private static final int MOST_QUOTED_CHARS = 40;

  /** Of streams that say nothing about the book or single trades. */
  private static final Set<String> OTHER_EVENTS =
      Set.of(
          "kline",
          "continuous_kline",
          "indexPrice_kline",
          "markPrice_kline",
          "markPriceUpdate",
          "indexPriceUpdate",
          "forceOrder",
          "24hrTicker",
          "24hrMiniTicker",
          "1hTicker",
          "4hTicker",
          "1dTicker",
          "avgPrice",
          "compositeIndex",
          "contractInfo");

  private final JsonFactory factory;
  private final BinanceMarket market;
  private final BinanceDepth depth;
  private final String symbol;
  private final String streamPrefix;

  private JsonParser json;
  private Message message;

  // Fields of the message; null, false or NONE where it lacks them.
  private String stream;
  private String event;
  private String instrument;
  private String kindOfExecution;
  private boolean reply;
  private boolean hasBids;
  private boolean hasAsks;
  private boolean hasM;
  private boolean hasMaker;
  private boolean buyerIsMaker;
  private long time;
  private long firstUpdate;
  private long update;
  private long previousUpdate;
  private long snapshotUpdate;
  private long trade;
  private long firstTrade;
  private long lastTrade;

  MessageParser(JsonFactory factory, BinanceMarket market, BinanceDepth depth, String symbol) {
    this.factory = factory;
    this.market = market;
    this.depth = depth;
    this.symbol = symbol;
    streamPrefix = symbol.toLowerCase(Locale.ROOT) + "@";
  }

  /**
   * Reads the text of a capture line into the message that it was {@linkplain #reset reset} to.
   *
   * @param symbolAsked the instrument that the text answers a request for, null where it does not
   * @throws MessageFault if it is no message of the venue, or not of the market
   */
  void parse(CaptureLine line, String symbolAsked) throws MessageFault {
    instrument = symbolAsked;
    message.tsRecv = line.tsRecv;
    boolean ours;
    try (JsonParser parser = factory.createParser(line.bytes, line.from, line.to - line.from)) {
      json = parser;
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new MessageFault("no JSON object");
      }
      ours = readFields(true);
      if (ours && json.nextToken() != null) {
        throw new MessageFault("text after the JSON object");
      }
    } catch (JsonProcessingException e) {
      throw new MessageFault(
          "malformed JSON: " + e.getOriginalMessage().lines().findFirst().orElse(""));
    } catch (IOException e) {
      throw new MessageFault("malformed text: " + e.getMessage());
    }
    if (ours) {
      classify();
    } else {
      message.kind = Kind.OTHER_SYMBOL;
    }
  }

  /** Whether what was read since {@link #reset} is a depth update of the symbol. */
  boolean wasUpdate() {
    return "depthUpdate".equals(event) && isOurs() && !isFrame();
  }

  /** Forgets the line before. */
  void reset(Message into) {
    message = into;
    message.tsEvent = BookBatch.NO_TIME;
    message.bids.count = 0;
    message.asks.count = 0;
    message.price = Double.NaN;
    message.size = Double.NaN;
    message.bidPrice = Double.NaN;
    message.bidSize = Double.NaN;
    message.askPrice = Double.NaN;
    message.askSize = Double.NaN;
    instrument = null;
    stream = null;
    event = null;
    kindOfExecution = null;
    reply = false;
    hasBids = false;
    hasAsks = false;
    hasM = false;
    hasMaker = false;
    time = NONE;
    firstUpdate = NONE;
    update = NONE;
    previousUpdate = NONE;
    snapshotUpdate = NONE;
    trade = NONE;
    firstTrade = NONE;
    lastTrade = NONE;
  }

  private boolean isOurs() {
    return (instrument == null || instrument.equals(symbol))
        && (stream == null || stream.startsWith(streamPrefix));
  }

  /** Whether the stream is {@code symbol@depth} and a number of levels. */
  private boolean isFrame() {
    if (stream == null) {
      return depth == BinanceDepth.FRAMES;
    }
    int levels = streamPrefix.length() + "depth".length();
    return stream.startsWith("depth", streamPrefix.length())
        && levels < stream.length()
        && Character.isDigit(stream.charAt(levels));
  }

  /** Reads fields up to the end of the object; stops early, with false, at another symbol. */
  private boolean readFields(boolean envelope) throws IOException, MessageFault {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (envelope && value == JsonToken.START_OBJECT && name.equals("data")) {
        if (!readFields(false)) {
          return false;
        }
      } else {
        readField(name, value);
      }
      if (!isOurs()) {
        return false;
      }
    }
    return true;
  }

  private void readField(String name, JsonToken value) throws IOException, MessageFault {
    switch (value) {
      case VALUE_STRING -> readText(name);
      case VALUE_NUMBER_INT -> readWhole(name);
      case VALUE_TRUE, VALUE_FALSE -> readFlag(name, value == JsonToken.VALUE_TRUE);
      case START_ARRAY -> readArray(name);
      default -> {
        reply |= name.equals("result");
        json.skipChildren();
      }
    }
  }

  private void readText(String name) throws IOException {
    switch (name) {
      case "stream" -> stream = json.getText();
      case "e" -> event = json.getText();
      case "s", "symbol" -> instrument = json.getText();
      case "X" -> kindOfExecution = json.getText();
      case "p" -> message.price = decimal();
      case "q" -> message.size = decimal();
      case "b" -> message.bidPrice = decimal();
      case "B" -> message.bidSize = decimal();
      case "a" -> message.askPrice = decimal();
      case "A" -> message.askSize = decimal();
      default -> {}
    }
  }

  private double decimal() throws IOException {
    return Decimals.parse(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
  }

  private void readWhole(String name) throws IOException {
    switch (name) {
      case "E" -> time = json.getLongValue();
      case "U" -> firstUpdate = json.getLongValue();
      case "u" -> update = json.getLongValue();
      case "pu" -> previousUpdate = json.getLongValue();
      case "lastUpdateId" -> snapshotUpdate = json.getLongValue();
      case "t" -> trade = json.getLongValue();
      case "f" -> firstTrade = json.getLongValue();
      case "l" -> lastTrade = json.getLongValue();
      default -> {}
    }
  }

  private void readFlag(String name, boolean value) {
    if (name.equals("m")) {
      hasMaker = true;
      buyerIsMaker = value;
    } else if (name.equals("M")) {
      hasM = true;
    }
  }

  private void readArray(String name) throws IOException, MessageFault {
    switch (name) {
      case "b", "bids" -> {
        hasBids = true;
        readLevels(message.bids, "bid");
      }
      case "a", "asks" -> {
        hasAsks = true;
        readLevels(message.asks, "ask");
      }
      default -> json.skipChildren();
    }
  }

  private void readLevels(LevelList levels, String side) throws IOException, MessageFault {
    levels.count = 0;
    JsonToken token;
    while ((token = json.nextToken()) != JsonToken.END_ARRAY) {
      if (token != JsonToken.START_ARRAY) {
        throw new MessageFault(side + " level " + (levels.count + 1) + " is no pair");
      }
      double price = levelNumber(side, "price");
      if (!(price > 0)) {
        throw new MessageFault(side + " price " + price + " is not positive");
      }
      double size = levelNumber(side, "size");
      if (size < 0) {
        throw new MessageFault(
            side + " size " + size + " at price " + price + " is below zero", true);
      }
      if (levels.count == LevelList.MOST) {
        throw new MessageFault("more than " + LevelList.MOST + " " + side + " levels");
      }
      levels.add(price, size);
      // Old snapshots have a third, empty element.
      while (json.nextToken() != JsonToken.END_ARRAY) {
        json.skipChildren();
      }
    }
  }

  private double levelNumber(String side, String what) throws IOException, MessageFault {
    JsonToken token = json.nextToken();
    double number = token == JsonToken.VALUE_STRING ? decimal() : Double.NaN;
    if (Double.isNaN(number)) {
      throw new MessageFault(
          side + " " + what + " " + quoted(json.getText()) + " is no decimal text");
    }
    return number;
  }

  private static String quoted(String text) {
    return text.length() > MOST_QUOTED_CHARS ? text.substring(0, MOST_QUOTED_CHARS) + "..." : text;
  }

  private void classify() throws MessageFault {
    if (time != NONE) {
      message.tsEvent = nanos();
    }
    if (event != null) {
      classifyEvent();
    } else if (snapshotUpdate != NONE) {
      classifySnapshot();
    } else if (update != NONE && !market.isFutures() && instrument != null) {
      classifyTicker();
    } else if (reply) {
      message.kind = Kind.OTHER;
    } else {
      throw new MessageFault("no message of Binance: neither e nor lastUpdateId");
    }
  }

  private long nanos() throws MessageFault {
    if (time >= LEAST_MS && time < 9 * LEAST_MS) {
      return time * MS_NANOS;
    }
    if (time >= LEAST_US && time < 9 * LEAST_US) {
      return time * US_NANOS;
    }
    throw new MessageFault("E " + time + " is neither milliseconds nor microseconds since 1970");
  }

  private void classifyEvent() throws MessageFault {
    switch (event) {
      case "depthUpdate" -> classifyUpdate();
      case "trade" -> classifyTrade(trade, trade);
      case "aggTrade" -> classifyTrade(firstTrade, lastTrade);
      case "bookTicker" -> classifyTicker();
      default -> {
        if (!OTHER_EVENTS.contains(event)) {
          throw new MessageFault("event type " + quoted(event) + " is unknown");
        }
        message.kind = Kind.OTHER;
      }
    }
  }

  private void classifyUpdate() throws MessageFault {
    require(instrument != null, "s");
    require(time != NONE, "E");
    require(firstUpdate != NONE, "U");
    require(update != NONE, "u");
    require(hasBids, "b");
    require(hasAsks, "a");
    if (firstUpdate < 0 || update < firstUpdate) {
      throw new MessageFault("update ids " + firstUpdate + " to " + update + " are no range");
    }
    requireMarket("pu", market.isFutures(), previousUpdate != NONE);
    message.kind = isFrame() ? Kind.FRAME : Kind.UPDATE;
    message.firstId = firstUpdate;
    message.lastId = update;
    message.previousId = previousUpdate;
  }

  private void classifySnapshot() throws MessageFault {
    require(hasBids, "bids");
    require(hasAsks, "asks");
    if (snapshotUpdate < 0) {
      throw new MessageFault("lastUpdateId " + snapshotUpdate + " is below zero");
    }
    requireMarket("E", market.isFutures(), time != NONE);
    message.kind = isFrame() ? Kind.FRAME : Kind.SNAPSHOT;
    message.firstId = snapshotUpdate;
    message.lastId = snapshotUpdate;
  }

  private void classifyTrade(long first, long last) throws MessageFault {
    require(instrument != null, "s");
    require(time != NONE, "E");
    requireMarket("M", !market.isFutures() && hasM, hasM);
    requireMarket("X", market.isFutures() && kindOfExecution != null, kindOfExecution != null);
    if (kindOfExecution != null && !kindOfExecution.equals("MARKET")) {
      // Insurance fund and deleveraging: not executed against the book.
      message.kind = Kind.OTHER;
      return;
    }
    require(first != NONE && last != NONE, event.equals("trade") ? "t" : "f or l");
    require(hasMaker, "m");
    if (first < 0 || last < first) {
      throw new MessageFault("trade ids " + first + " to " + last + " are no range");
    }
    requirePositive("price p", message.price);
    requirePositive("size q", message.size);
    message.kind = Kind.TRADE;
    message.firstId = first;
    message.lastId = last;
    message.restingSide = buyerIsMaker ? Side.BID : Side.ASK;
  }

  private void classifyTicker() throws MessageFault {
    require(instrument != null, "s");
    require(update != NONE, "u");
    require(message.bidPrice >= 0 && message.bidSize >= 0, "b or B");
    require(message.askPrice >= 0 && message.askSize >= 0, "a or A");
    message.kind = Kind.TICKER;
    message.lastId = update;
  }

  private static void require(boolean present, String field) throws MessageFault {
    if (!present) {
      throw new MessageFault("field " + field + " is missing or of another type");
    }
  }

  private static void requirePositive(String what, double value) throws MessageFault {
    if (!(value > 0)) {
      throw new MessageFault(
          Double.isNaN(value)
              ? what + " is missing or no decimal text"
              : what + " " + value + " is not positive",
          value < 0);
    }
  }

  /** A field that one market's messages have and another's have not tells them apart. */
  private void requireMarket(String field, boolean expected, boolean present) throws MessageFault {
    if (present != expected) {
      throw new MessageFault(
          "message of another market: field "
              + field
              + (present ? " does not belong in a " : " is missing in a ")
              + market.column()
              + " session");
    }
  }
}

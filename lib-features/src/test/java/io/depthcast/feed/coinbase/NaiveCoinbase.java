package io.depthcast.feed.coinbase;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.depthcast.book.BookBatch;
import io.depthcast.book.EventType;
import io.depthcast.book.Side;
import io.depthcast.feed.NaiveBook;
import io.depthcast.feed.ReadSession.Change;
import io.depthcast.feed.ReadSession.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The twin of {@link CoinbaseReader}: trees, maps and lists. One connection; clocks, silence and
 * rejected lines are not covered.
 */
final class NaiveCoinbase {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  final List<Row> rows = new ArrayList<>();
  final List<Change> changes = new ArrayList<>();

  private final String product;
  private final int levels;
  private final NaiveBook book = new NaiveBook();

  private boolean whole;
  private boolean hidden;

  /** A snapshot without a time, and when it was received. */
  private JsonNode untimed;

  private long untimedRecv;

  /** The last message of levels of the Exchange feed; steps back of its time are small ones. */
  private JsonNode lastUpdate;

  private long sequence = -1;
  private long lastTrade = -1;
  private LocalDate day;
  private long seq;
  private long latest = Long.MIN_VALUE;
  private long recv;
  private long bookSeq = BookBatch.NO_SEQ;

  NaiveCoinbase(String product, int levels) {
    this.product = product;
    this.levels = levels;
  }

  void read(String line) {
    recv = BookBatch.NO_TIME;
    JsonNode message = tree(line);
    if (message.has("t")) {
      if (!message.get("t").asText().equals("recv")) {
        return;
      }
      recv = new BigDecimal(message.get("ts").asText()).movePointRight(9).longValueExact();
      message = tree(message.get("data").asText());
    }
    if (message.has("channel")) {
      readChannel(message);
    } else if (message.path("product_id").asText().equals(product)) {
      readType(message);
    }
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private void readChannel(JsonNode message) {
    long number = message.get("sequence_num").longValue();
    if (number <= sequence) {
      return;
    }
    if (sequence >= 0 && number > sequence + 1) {
      hidden = whole;
      whole = false;
    }
    sequence = number;
    for (JsonNode event : message.get("events")) {
      boolean snapshot = event.path("type").asText().equals("snapshot");
      if (message.get("channel").asText().equals("l2_data")) {
        if (event.get("product_id").asText().equals(product)) {
          List<JsonNode> updates = stream(event.get("updates")).toList();
          long stamp =
              updates.stream().mapToLong(u -> nanos(u.get("event_time"))).max().getAsLong();
          if (snapshot) {
            hidden |= whole;
            book.clear();
            for (JsonNode update : updates) {
              book.set(
                  side(update.get("side").asText()),
                  decimal(update.get("price_level")),
                  decimal(update.get("new_quantity")));
            }
            snapshotRow(stamp, recv, number);
          } else {
            updateRow(updates, stamp, number);
          }
        }
      } else if (message.get("channel").asText().equals("market_trades")) {
        stream(event.get("trades"))
            .filter(trade -> trade.get("product_id").asText().equals(product))
            .sorted(Comparator.comparingLong(trade -> trade.get("trade_id").asLong()))
            .forEach(trade -> trade(trade, snapshot));
      }
    }
  }

  private void readType(JsonNode message) {
    switch (message.get("type").asText()) {
      case "snapshot" -> {
        hidden |= whole;
        whole = false;
        untimed = message;
        untimedRecv = recv;
      }
      case "l2update" -> {
        if (message.equals(lastUpdate)) {
          return;
        }
        long stamp = nanos(message.get("time"));
        if (lastUpdate != null && whole && stamp < nanos(lastUpdate.get("time"))) {
          hidden = true;
          whole = false;
        }
        lastUpdate = message;
        showUntimed(stamp);
        updateRow(stream(message.get("changes")).toList(), stamp, BookBatch.NO_SEQ);
      }
      case "match" -> {
        showUntimed(nanos(message.get("time")));
        trade(message, false);
      }
      case "last_match" -> trade(message, true);
      default -> {}
    }
  }

  private void showUntimed(long stamp) {
    if (untimed != null) {
      book.clear();
      fill(untimed.get("bids"), Side.BID);
      fill(untimed.get("asks"), Side.ASK);
      untimed = null;
      snapshotRow(stamp, untimedRecv, BookBatch.NO_SEQ);
    }
  }

  private void fill(JsonNode levels, Side side) {
    levels.forEach(level -> book.set(side, decimal(level.get(0)), decimal(level.get(1))));
  }

  private static Side side(String text) {
    return List.of("buy", "bid").contains(text) ? Side.BID : Side.ASK;
  }

  private static long nanos(JsonNode time) {
    Instant instant = Instant.parse(time.asText());
    return instant.getEpochSecond() * 1_000_000_000 + instant.getNano();
  }

  private static BigDecimal decimal(JsonNode text) {
    return NaiveBook.decimal(text.textValue());
  }

  private void updateRow(List<JsonNode> updates, long stamp, long number) {
    begin(stamp);
    latest = Math.max(latest, stamp);
    seq++;
    bookSeq = number;
    int part = 0;
    for (JsonNode update : updates) {
      boolean array = update.isArray();
      Side side = side((array ? update.get(0) : update.get("side")).asText());
      BigDecimal price = decimal(array ? update.get(1) : update.get("price_level"));
      BigDecimal size = decimal(array ? update.get(2) : update.get("new_quantity"));
      BigDecimal before = whole ? book.sizeAt(side, price) : BigDecimal.ZERO;
      EventType type =
          size.signum() == 0
              ? EventType.DELETE
              : size.compareTo(before) < 0 ? EventType.CANCEL : EventType.ADD;
      long own = array ? stamp : nanos(update.get("event_time"));
      change(++part, own, number, type, side, price, size);
      book.set(side, price, size);
    }
    row(EventType.UPDATE, null, null, null, recv, number);
  }

  private void trade(JsonNode trade, boolean earlier) {
    long id = trade.get("trade_id").asLong();
    if (id <= lastTrade) {
      return;
    }
    lastTrade = id;
    if (earlier) {
      return;
    }
    long stamp = nanos(trade.get("time"));
    begin(stamp);
    latest = Math.max(latest, stamp);
    seq++;
    Side side = trade.get("side").asText().equalsIgnoreCase("buy") ? Side.BID : Side.ASK;
    BigDecimal price = decimal(trade.get("price"));
    BigDecimal size = decimal(trade.get("size"));
    change(1, stamp, id, EventType.TRADE, side, price, size);
    row(EventType.TRADE, side, price, size, recv, id);
  }

  /** A new day begins with the book that stands. */
  private void begin(long stamp) {
    long at = Math.max(latest, stamp);
    LocalDate newDay = Instant.ofEpochSecond(0, at).atZone(ZoneOffset.UTC).toLocalDate();
    if (newDay.equals(day)) {
      return;
    }
    day = newDay;
    seq = 0;
    if (whole) {
      latest = at;
      bookRow(at, recv);
    }
  }

  private void snapshotRow(long stamp, long received, long number) {
    whole = false;
    begin(stamp);
    whole = true;
    latest = Math.max(latest, stamp);
    bookSeq = number;
    long now = recv;
    recv = received;
    bookRow(stamp, received);
    recv = now;
  }

  private void bookRow(long stamp, long received) {
    seq++;
    int part = 0;
    for (Side side : Side.values()) {
      for (Map.Entry<BigDecimal, BigDecimal> level : book.side(side).entrySet()) {
        change(++part, stamp, bookSeq, EventType.SNAPSHOT, side, level.getKey(), level.getValue());
      }
    }
    row(EventType.SNAPSHOT, null, null, null, received, bookSeq);
  }

  private void change(
      int part,
      long stamp,
      long number,
      EventType type,
      Side side,
      BigDecimal price,
      BigDecimal size) {
    changes.add(
        new Change(
            day,
            seq,
            part,
            stamp,
            recv,
            number,
            type,
            side,
            price.doubleValue(),
            size.doubleValue()));
  }

  private void row(
      EventType type, Side side, BigDecimal price, BigDecimal size, long received, long number) {
    NaiveBook shown = whole ? book : new NaiveBook();
    rows.add(
        new Row(
            day,
            seq,
            latest,
            received,
            number,
            type,
            side,
            price == null ? Double.NaN : price.doubleValue(),
            size == null ? Double.NaN : size.doubleValue(),
            shown.best(Side.BID, levels),
            shown.best(Side.ASK, levels),
            !whole || hidden || book.isCrossedOrLocked()));
    hidden = false;
  }
}

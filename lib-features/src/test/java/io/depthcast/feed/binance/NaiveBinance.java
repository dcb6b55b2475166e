package io.depthcast.feed.binance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.depthcast.book.EventType;
import io.depthcast.book.Side;
import io.depthcast.feed.NaiveBook;
import io.depthcast.feed.ReadSession.Change;
import io.depthcast.feed.ReadSession.Row;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The twin of {@link BinanceReader}: trees, maps, and all updates since the last gap kept. Clocks,
 * silence, rejected lines and frames are not covered.
 */
final class NaiveBinance {

  private static final long DAY_NANOS = 86_400_000_000_000L;
  private static final ObjectMapper JSON = new ObjectMapper();

  final List<Row> rows = new ArrayList<>();
  final List<Change> changes = new ArrayList<>();

  private final boolean futures;
  private final int levels;
  private final NaiveBook book = new NaiveBook();
  private final List<JsonNode> updates = new ArrayList<>();
  private boolean whole;
  private JsonNode waiting;
  private long waitingRecv;
  private long lastTrade = -1;

  /** Rows to the last update or snapshot. */
  private int sound;

  private LocalDate day;
  private long seq;
  private long latest = Long.MIN_VALUE;
  private long lastEvent;
  private long lastEventRecv;

  NaiveBinance(boolean futures, int levels) {
    this.futures = futures;
    this.levels = levels;
  }

  void read(String line) {
    int space = line.indexOf(' ');
    long recv = Long.parseLong(line.substring(0, space));
    JsonNode message = tree(line.substring(space + 1));
    if (message.has("data")) {
      message = message.get("data");
    }
    String type = message.path("e").asText();
    if (message.has("lastUpdateId")) {
      snapshot(message, recv);
    } else if (type.equals("depthUpdate")) {
      update(message, recv);
    } else if (type.equals("trade") && message.get("t").longValue() > lastTrade) {
      trade(message, recv);
    }
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static long id(JsonNode message, String name) {
    return message.get(name).longValue();
  }

  private void update(JsonNode update, long recv) {
    boolean first = updates.isEmpty();
    long last = first ? -1 : id(updates.get(updates.size() - 1), "u");
    if (id(update, "u") <= last) {
      return;
    }
    long event = event(update, recv);
    begin(event, recv);
    boolean follows = futures ? id(update, "pu") == last : id(update, "U") <= last + 1;
    if (!first && !follows) {
      doubtRows();
      updates.clear();
      whole = false;
    }
    updates.add(update);
    if (waiting != null && !isAhead(waiting)) {
      JsonNode snapshot = waiting;
      waiting = null;
      if (isBridged(snapshot)) {
        fill(snapshot);
        stamp(update, event, recv);
        snapshotRow(event, Math.max(recv, waitingRecv));
        sound = rows.size();
        return;
      }
    }
    stamp(update, event, recv);
    List<Change> made = new ArrayList<>();
    seq++;
    change(update.get("b"), Side.BID, event, recv, made);
    change(update.get("a"), Side.ASK, event, recv, made);
    changes.addAll(made);
    row(EventType.UPDATE, null, Double.NaN, Double.NaN, recv, id(update, "u"));
    sound = rows.size();
  }

  /** What is missing may have come before rows that were given with the book of before. */
  private void doubtRows() {
    for (int i = sound; whole && i < rows.size(); i++) {
      rows.set(i, rows.get(i).suspect(true));
    }
  }

  private void change(JsonNode list, Side side, long event, long recv, List<Change> made) {
    for (JsonNode level : list) {
      BigDecimal price = decimal(level.get(0));
      BigDecimal size = decimal(level.get(1));
      BigDecimal before = whole ? book.sizeAt(side, price) : BigDecimal.ZERO;
      EventType type =
          size.signum() == 0
              ? EventType.DELETE
              : size.compareTo(before) < 0 ? EventType.CANCEL : EventType.ADD;
      made.add(
          new Change(
              day,
              seq,
              made.size() + 1,
              event,
              recv,
              id(updates.get(updates.size() - 1), "u"),
              type,
              side,
              price.doubleValue(),
              size.doubleValue()));
      if (whole) {
        book.set(side, price, size);
      }
    }
  }

  private static BigDecimal decimal(JsonNode text) {
    return NaiveBook.decimal(text.textValue());
  }

  private void snapshot(JsonNode snapshot, long recv) {
    if (isAhead(snapshot)) {
      waiting = snapshot;
      waitingRecv = recv;
    } else if (isBridged(snapshot)) {
      long event = event(snapshot, recv);
      begin(event, recv);
      fill(snapshot);
      stamp(snapshot, event, recv);
      snapshotRow(event, recv);
      sound = rows.size();
    }
  }

  /** No update reaches it yet. */
  private boolean isAhead(JsonNode snapshot) {
    return updates.stream().allMatch(update -> id(update, "u") < id(snapshot, "lastUpdateId"));
  }

  /** Venue: drop older updates; the first that is kept must hold the snapshot's place. */
  private boolean isBridged(JsonNode snapshot) {
    long begin = id(kept(snapshot).get(0), "U");
    long place = id(snapshot, "lastUpdateId");
    return futures ? begin <= place : begin <= place + 1;
  }

  private List<JsonNode> kept(JsonNode snapshot) {
    long place = id(snapshot, "lastUpdateId");
    return updates.stream().filter(update -> id(update, "u") >= place).toList();
  }

  private void fill(JsonNode snapshot) {
    forget(Side.BID, snapshot.get("bids"));
    forget(Side.ASK, snapshot.get("asks"));
    apply(snapshot.get("bids"), Side.BID);
    apply(snapshot.get("asks"), Side.ASK);
    for (JsonNode update : kept(snapshot)) {
      apply(update.get("b"), Side.BID);
      apply(update.get("a"), Side.ASK);
    }
    whole = true;
  }

  /** All, or of a whole book what the snapshot reaches. */
  private void forget(Side side, JsonNode list) {
    if (!whole) {
      book.side(side).clear();
    } else if (!list.isEmpty()) {
      book.side(side).headMap(decimal(list.get(list.size() - 1).get(0)), true).clear();
    }
  }

  private void apply(JsonNode list, Side side) {
    for (JsonNode level : list) {
      book.set(side, decimal(level.get(0)), decimal(level.get(1)));
    }
  }

  private void trade(JsonNode trade, long recv) {
    lastTrade = id(trade, "t");
    long event = event(trade, recv);
    begin(event, recv);
    stamp(trade, event, recv);
    seq++;
    Side side = trade.get("m").booleanValue() ? Side.BID : Side.ASK;
    double price = decimal(trade.get("p")).doubleValue();
    double size = decimal(trade.get("q")).doubleValue();
    changes.add(
        new Change(day, seq, 1, event, recv, lastTrade, EventType.TRADE, side, price, size));
    row(EventType.TRADE, side, price, size, recv, lastTrade);
  }

  private long event(JsonNode message, long recv) {
    if (message.has("E")) {
      return id(message, "E") * 1_000_000;
    }
    return lastEventRecv == 0 ? recv : lastEvent + recv - lastEventRecv;
  }

  private void stamp(JsonNode message, long event, long recv) {
    latest = Math.max(latest, event);
    if (message.has("E")) {
      lastEvent = event;
      lastEventRecv = recv;
    }
  }

  /** A new day begins with the book that stands. */
  private void begin(long event, long recv) {
    long at = Math.max(latest, event);
    LocalDate newDay = LocalDate.ofEpochDay(Math.floorDiv(at, DAY_NANOS));
    if (newDay.equals(day)) {
      return;
    }
    day = newDay;
    seq = 0;
    if (whole) {
      latest = at;
      snapshotRow(at, recv);
    }
  }

  private void snapshotRow(long event, long recv) {
    seq++;
    long last = id(updates.get(updates.size() - 1), "u");
    int part = 0;
    for (Side side : Side.values()) {
      for (Map.Entry<BigDecimal, BigDecimal> level : book.side(side).entrySet()) {
        changes.add(
            new Change(
                day,
                seq,
                ++part,
                event,
                recv,
                last,
                EventType.SNAPSHOT,
                side,
                level.getKey().doubleValue(),
                level.getValue().doubleValue()));
      }
    }
    row(EventType.SNAPSHOT, null, Double.NaN, Double.NaN, recv, last);
  }

  private void row(EventType type, Side side, double price, double size, long recv, long venueSeq) {
    NaiveBook shown = whole ? book : new NaiveBook();
    rows.add(
        new Row(
            day,
            seq,
            latest,
            recv,
            venueSeq,
            type,
            side,
            price,
            size,
            shown.best(Side.BID, levels),
            shown.best(Side.ASK, levels),
            !whole || book.isCrossedOrLocked()));
  }
}

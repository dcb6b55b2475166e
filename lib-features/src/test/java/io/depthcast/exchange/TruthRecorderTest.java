package io.depthcast.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TruthRecorderTest {

  private static final int LEVELS = 60;

  /** A resting order of the naive replay. */
  private record Order(String side, String price, long size) {}

  private final StringBuilder events = new StringBuilder();
  private final StringBuilder moves = new StringBuilder();
  private final StringBuilder queues = new StringBuilder();

  private TrueSession record(ExchangeSession session) {
    TrueSession truth = new TrueSession(LEVELS);
    TrueSession.run(session, truth, new TruthRecorder(session.instrument(), events, moves, queues));
    return truth;
  }

  /** Orders in a map that keeps their order of arrival are FIFO queues; all is counted anew. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void rowsUpToAnEventAreTheWholeBookAndThePlaces(boolean large) {
    OrderFlow flow = large ? OrderFlow.LARGE_TICK : OrderFlow.SMALL_TICK;
    TrueSession truth = record(TrueSession.session(flow, 30, 3, new Halt(10, 5)));
    Map<Long, Order> live = new LinkedHashMap<>();
    Map<Long, String> places = new HashMap<>();
    List<String> rows = events.toString().lines().skip(1).toList();
    List<String> placeRows = queues.toString().lines().skip(1).toList();
    int nextPlace = 0;
    for (int i = 0; i < rows.size(); i++) {
      String[] cells = rows.get(i).split(",", -1);
      int number = Integer.parseInt(cells[0]);
      apply(live, cells);
      boolean last = i + 1 == rows.size() || !rows.get(i + 1).startsWith(number + ",");
      if (!last) {
        continue;
      }
      Map<Long, String> changed = new HashMap<>();
      while (nextPlace < placeRows.size() && placeRows.get(nextPlace).startsWith(number + ",")) {
        String[] place = placeRows.get(nextPlace++).split(",", 3);
        changed.put(Long.parseLong(place[1]), place[2]);
      }
      Map<Long, String> now = places(live);
      Map<Long, String> expected = new HashMap<>();
      now.forEach((id, place) -> putIfOther(expected, id, place, places.get(id)));
      places.keySet().stream()
          .filter(id -> !now.containsKey(id))
          .forEach(id -> expected.put(id, ",,0"));
      assertThat(changed).isEqualTo(expected);
      places.clear();
      places.putAll(now);
      TrueSession.Event event = truth.events.get(number);
      assertThat(levels(live, "bid")).isEqualTo(ticks(event.bids()));
      assertThat(levels(live, "ask")).isEqualTo(ticks(event.asks()));
      if (number > 0 && !cells[2].equals("halt")) {
        Map<String, Long> levels = new TreeMap<>();
        live.values().forEach(o -> levels.merge(o.side() + o.price(), o.size(), Long::sum));
        assertThat(levels.getOrDefault(cells[5] + cells[6], 0L))
            .isEqualTo(Long.parseLong(cells[8]));
      }
    }
    assertThat(nextPlace).isEqualTo(placeRows.size());
    assertThat(rows).hasSizeGreaterThan(500);
  }

  private static void putIfOther(Map<Long, String> into, long id, String now, String before) {
    if (!now.equals(before)) {
      into.put(id, now);
    }
  }

  private static void apply(Map<Long, Order> live, String[] cells) {
    if (cells[2].equals("halt")) {
      return;
    }
    long id = Long.parseLong(cells[4]);
    long size = Long.parseLong(cells[7]);
    if (cells[2].equals("open") || cells[2].equals("add")) {
      live.put(id, new Order(cells[5], cells[6], size));
      return;
    }
    Order order = live.get(id);
    if (order.size() == size) {
      live.remove(id);
    } else {
      live.put(id, new Order(order.side(), order.price(), order.size() - size));
    }
  }

  private static Map<Long, String> places(Map<Long, Order> live) {
    Map<Long, String> places = new HashMap<>();
    Map<String, long[]> ahead = new HashMap<>();
    live.forEach(
        (id, order) -> {
          long[] before = ahead.computeIfAbsent(order.side() + order.price(), p -> new long[2]);
          places.put(id, before[0] + "," + before[1] + "," + order.size());
          before[0]++;
          before[1] += order.size();
        });
    return places;
  }

  private static Map<String, Long> levels(Map<Long, Order> live, String side) {
    Map<String, Long> levels = new TreeMap<>();
    live.values().stream()
        .filter(o -> o.side().equals(side))
        .forEach(o -> levels.merge(o.price(), o.size(), Long::sum));
    assertThat(levels.size()).isLessThan(LEVELS);
    return levels;
  }

  private static Map<String, Long> ticks(List<Double> levels) {
    Map<String, Long> prices = new TreeMap<>();
    for (int i = 0; i < levels.size() && !Double.isNaN(levels.get(i)); i += 2) {
      // The tick of the session is a cent, prices have four decimals.
      int ticks = levels.get(i).intValue();
      String price = "%d.%02d00".formatted(ticks / 100, ticks % 100);
      prices.put(price, levels.get(i + 1).longValue());
    }
    return prices;
  }

  @Test
  void movesAreThoseOfTheReferencePrice() {
    TrueSession truth = record(TrueSession.session(OrderFlow.SMALL_TICK, 60, 3));
    List<String> rows = moves.toString().lines().skip(1).toList();
    assertThat(rows).hasSize(truth.moves.size()).hasSizeGreaterThan(10);
    // Half a tick below the best ask of 25.00 at first, a cent up or down with each move.
    List<String> prices = new ArrayList<>();
    int tenthCents = 24_995;
    for (PriceMove move : truth.moves) {
      tenthCents += 10 * move.direction();
      prices.add("%d.%03d00".formatted(tenthCents / 1000, tenthCents % 1000));
    }
    assertThat(rows).extracting(r -> r.split(",", -1)[5]).isEqualTo(prices);
    assertThat(rows).extracting(r -> r.split(",", -1)[3]).containsOnly("0.5");
    assertThat(truth.moves)
        .isSortedAccordingTo(Comparator.comparingLong(PriceMove::event))
        .allSatisfy(m -> assertThat(m.flow() % 2).isNotZero());
  }

  @Test
  void eventsNameWhatTheyComeFrom() {
    record(TrueSession.session(OrderFlow.LARGE_TICK, 120, 3));
    assertThat(events.toString().lines().skip(1))
        .extracting(r -> r.split(",", -1)[2] + " " + r.split(",", -1)[3])
        .containsOnly(
            "open ",
            "add limit",
            "cancel cancel",
            "delete cancel",
            "trade market",
            "trade move",
            "add move");
  }
}

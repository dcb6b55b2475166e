package io.depthcast.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.depthcast.book.EventType;
import io.depthcast.book.Side;
import io.depthcast.feed.FeedLimits;
import io.depthcast.feed.ReadSession;
import io.depthcast.feed.TextSource;
import io.depthcast.feed.binance.BinanceDepth;
import io.depthcast.feed.binance.BinanceMarket;
import io.depthcast.feed.binance.BinanceReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same session in each format, held to the truth: so the formats hold the same books. */
class CaptureRecorderTest {

  static final int LEVELS = 8;

  /** Of a whole unit in the captures: three decimals. */
  static final double UNITS = 1000;

  private static final long SECOND = 1_000_000_000;

  @ParameterizedTest
  @CsvSource({"true, 100", "true, 0", "false, 100", "false, 0"})
  void aBinanceCaptureHoldsTheTrueBookAfterEachUpdateAndAllTrades(boolean large, int depthMs) {
    ExchangeSession session =
        TrueSession.session(large ? OrderFlow.LARGE_TICK : OrderFlow.SMALL_TICK, 120, 9);
    Instrument instrument = session.instrument();
    TrueSession truth = new TrueSession(LEVELS);
    StringBuilder capture = new StringBuilder();
    BinanceRecorder recorder = new BinanceRecorder(instrument, depthMs, List.of(), capture);
    TrueSession.run(session, truth, recorder);
    assertThat(recorder.faults()).isEmpty();

    ReadSession read = read(capture);
    assertThat(read.windows()).isEmpty();
    assertThat(read.rejected()).isEmpty();
    List<String> trades = new ArrayList<>();
    long lastId = 0;
    int updates = 0;
    for (ReadSession.Row row : read.rows()) {
      if (row.type() == EventType.TRADE) {
        trades.add(row.tsEvent() + " " + row.side() + " " + row.price() + " " + row.size());
        continue;
      }
      // No event was a halt: the update id is the number of the event.
      TrueSession.Event event = truth.events.get((int) row.venueSeq());
      assertThat(row.bids()).isEqualTo(TrueSession.scaled(event.bids(), instrument, UNITS));
      assertThat(row.asks()).isEqualTo(TrueSession.scaled(event.asks(), instrument, UNITS));
      assertThat(row.venueSeq()).isGreaterThan(lastId);
      lastId = row.venueSeq();
      updates++;
    }
    assertThat(lastId).isEqualTo(truth.events.size() - 1);
    assertThat(updates).isGreaterThan(depthMs == 0 ? 1500 : 700);
    assertThat(trades).isEqualTo(trueTrades(truth, instrument, read.rows().get(0).tsRecv()));
    assertThat(trades).hasSizeGreaterThan(20);
  }

  /** Those sent after the first update was received; at the venue times are whole milliseconds. */
  private static List<String> trueTrades(TrueSession truth, Instrument instrument, long from) {
    List<String> trades = new ArrayList<>();
    for (TrueSession.Event event : truth.events) {
      if (event.type() == EventType.TRADE && event.nanos() + 2_000_000 >= from) {
        trades.add(
            event.nanos() / 1_000_000 * 1_000_000
                + " "
                + event.side()
                + " "
                + (double) event.ticks() * instrument.tick() / 10_000
                + " "
                + event.size() / UNITS);
      }
    }
    return trades;
  }

  static ReadSession read(CharSequence capture) {
    return ReadSession.read(reader(capture), 1000, LEVELS);
  }

  static BinanceReader reader(CharSequence capture) {
    byte[] bytes = capture.toString().getBytes(StandardCharsets.US_ASCII);
    // The default limits, but that any share of the lines may be bad, and a grid.
    FeedLimits limits = new FeedLimits(0.01, 1_000, 5_000, 3_600_000, 30_000, 1);
    return new BinanceReader(
        List.of(new TextSource("capture", new ByteArrayInputStream(bytes))),
        BinanceMarket.SPOT,
        "SYN",
        BinanceDepth.UPDATES,
        limits);
  }

  @ParameterizedTest
  @ValueSource(ints = {50, 0})
  void aCoinbaseCaptureHoldsTheTrueBookAfterEachUpdateAndAllTrades(int depthMs) throws IOException {
    ExchangeSession session = TrueSession.session(OrderFlow.SMALL_TICK, 120, 9);
    Instrument instrument = session.instrument();
    TrueSession truth = new TrueSession(LEVELS);
    StringBuilder capture = new StringBuilder();
    TrueSession.run(session, truth, new CoinbaseRecorder(instrument, "SYN-USD", depthMs, capture));

    ObjectMapper json = new ObjectMapper();
    Map<String, NavigableMap<Double, Double>> book = new HashMap<>();
    book.put("buy", new TreeMap<>(Comparator.reverseOrder()));
    book.put("sell", new TreeMap<>());
    List<String> trades = new ArrayList<>();
    long lastRecv = 0;
    int updates = 0;
    for (String line : capture.toString().lines().toList()) {
      int space = line.indexOf(' ');
      long recv = Long.parseLong(line.substring(0, space));
      assertThat(recv).isGreaterThan(lastRecv);
      lastRecv = recv;
      JsonNode message = json.readTree(line.substring(space));
      assertThat(message.get("product_id").asText()).isEqualTo("SYN-USD");
      Instant time = Instant.parse(message.get("time").asText());
      long nanos = time.getEpochSecond() * SECOND + time.getNano();
      switch (message.get("type").asText()) {
        case "snapshot" -> {
          message.get("bids").forEach(l -> set(book.get("buy"), l.get(0), l.get(1)));
          message.get("asks").forEach(l -> set(book.get("sell"), l.get(0), l.get(1)));
          requireBook(book, truth.events.get(0), instrument);
        }
        case "l2update" -> {
          updates++;
          message.get("changes").forEach(c -> set(book.get(c.get(0).asText()), c.get(1), c.get(2)));
          // A batch holds the events before its end; one of a moment, cut to microseconds, that
          // moment's: received two milliseconds later.
          long end = depthMs == 0 ? recv - 2_000_000 + 1 : nanos;
          requireBook(book, truth.before(end), instrument);
        }
        default -> {
          assertThat(message.get("type").asText()).isEqualTo("match");
          trades.add(
              message.get("trade_id").asText()
                  + " "
                  + message.get("side").asText()
                  + " "
                  + message.get("price").asDouble()
                  + " "
                  + message.get("size").asDouble());
        }
      }
    }
    List<String> expected = new ArrayList<>();
    for (TrueSession.Event event : truth.events) {
      if (event.type() == EventType.TRADE) {
        expected.add(
            (expected.size() + 1)
                + (event.side() == Side.BID ? " buy " : " sell ")
                + (double) event.ticks() * instrument.tick() / 10_000
                + " "
                + event.size() / UNITS);
      }
    }
    assertThat(trades).isEqualTo(expected);
    assertThat(updates).isGreaterThan(800);
  }

  private static void set(NavigableMap<Double, Double> side, JsonNode price, JsonNode size) {
    if (size.asDouble() == 0) {
      side.remove(price.asDouble());
    } else {
      side.put(price.asDouble(), size.asDouble());
    }
  }

  private static void requireBook(
      Map<String, NavigableMap<Double, Double>> book,
      TrueSession.Event event,
      Instrument instrument) {
    assertThat(best(book.get("buy")))
        .isEqualTo(TrueSession.scaled(event.bids(), instrument, UNITS));
    assertThat(best(book.get("sell")))
        .isEqualTo(TrueSession.scaled(event.asks(), instrument, UNITS));
  }

  private static List<Double> best(NavigableMap<Double, Double> side) {
    List<Double> levels = new ArrayList<>();
    side.entrySet().stream()
        .limit(LEVELS)
        .forEach(
            e -> {
              levels.add(e.getKey());
              levels.add(e.getValue());
            });
    while (levels.size() < 2 * LEVELS) {
      levels.add(Double.NaN);
    }
    return levels;
  }

  @Test
  void snapshotsHoldTheTrueBookAtEqualDistances() {
    ExchangeSession session = TrueSession.session(OrderFlow.SMALL_TICK, 60, 9, new Halt(20, 10));
    TrueSession truth = new TrueSession(LEVELS);
    StringBuilder table = new StringBuilder();
    TrueSession.run(session, truth, new SnapshotRecorder(session.instrument(), LEVELS, 250, table));
    List<String> lines = table.toString().lines().toList();
    assertThat(lines.get(0))
        .startsWith("symbol,ts_ns,bid_price_1,bid_size_1,ask_price_1,ask_size_1,bid_price_2,")
        .endsWith(",ask_price_8,ask_size_8");
    // 60 seconds of four rows, and that at the end.
    assertThat(lines).hasSize(1 + 241);
    for (int i = 1; i < lines.size(); i++) {
      String[] cells = lines.get(i).split(",", -1);
      long nanos = session.openNanos() + (i - 1) * 250_000_000L;
      assertThat(cells[0]).isEqualTo("SYN");
      assertThat(cells[1]).isEqualTo(Long.toString(nanos));
      TrueSession.Event event = truth.before(nanos);
      assertThat(cells(cells, 2))
          .isEqualTo(TrueSession.scaled(event.bids(), session.instrument(), 1));
      assertThat(cells(cells, 4))
          .isEqualTo(TrueSession.scaled(event.asks(), session.instrument(), 1));
    }
  }

  private static List<Double> cells(String[] cells, int first) {
    List<Double> levels = new ArrayList<>();
    for (int i = first; i < cells.length; i += 4) {
      levels.add(cells[i].isEmpty() ? Double.NaN : Double.parseDouble(cells[i]));
      levels.add(cells[i + 1].isEmpty() ? Double.NaN : Double.parseDouble(cells[i + 1]));
    }
    return levels;
  }
}

package io.depthcast.feed.coinbase;

import static io.depthcast.feed.coinbase.CoinbaseText.l2;
import static io.depthcast.feed.coinbase.CoinbaseText.message;
import static io.depthcast.feed.coinbase.CoinbaseText.reader;
import static io.depthcast.feed.coinbase.CoinbaseText.source;
import static io.depthcast.feed.coinbase.CoinbaseText.trade;
import static io.depthcast.feed.coinbase.CoinbaseText.trades;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.github.luben.zstd.ZstdInputStream;
import io.depthcast.book.EventType;
import io.depthcast.feed.FeedLimits;
import io.depthcast.feed.ReadSession;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link CoinbaseReader} against {@link NaiveCoinbase} and against a book that is known. */
class CoinbaseTwinTest {

  private static final Path DATA =
      Path.of(System.getProperty("depthcast.root"), "../shared/data/coinbase");

  /** Prices in cents, no bad line. */
  private static final FeedLimits LIMITS = new FeedLimits(0.01, 1_000, 5_000, 3_600_000, 30_000, 0);

  private static final int LEVELS = 10;

  /**
   * A capture, counted apart from this code with a JSON reader and a dictionary a side.
   *
   * @param updates updates of the product's book
   * @param trades trades of the product after its subscription
   * @param emptyRemovals removals of levels that were not there
   * @param windows suspect windows: a trade comes before the snapshot
   */
  record Capture(
      String file,
      String product,
      int lines,
      int updates,
      int trades,
      int depth,
      int emptyRemovals,
      String windows) {}

  static List<Capture> captures() {
    String first = "coinbase_BTC-USD_level2+matches_20180415T2311Z_60s.jsonl.gz";
    String second = "coinbase_BTC-USD_level2+matches_20180416T2242Z_120s.jsonl.gz";
    String hour = "coinbase_BTC-USD_level2_20180424T035217Z_first1902s.jsonl.gz";
    String advanced = "cryptofeed_COINBASE_advancedtrade_l2_data_20260809_25s.jsonl.zst";
    String missing = "missing_snapshot 1-1: no snapshot yet\n";
    return List.of(
        new Capture(first, "BTC-USD", 4_003, 3_946, 53, 29_157, 0, ""),
        new Capture(second, "BTC-USD", 11_713, 11_650, 59, 28_392, 0, ""),
        new Capture(hour, "BTC-USD", 96_925, 96_924, 0, 27_819, 0, ""),
        new Capture(advanced, "BTC-USD", 1_038, 399, 47, 46_000, 27, missing),
        new Capture(advanced, "ETH-USD", 1_038, 374, 32, 23_334, 25, ""));
  }

  @ParameterizedTest
  @MethodSource("captures")
  void agreesOnCaptures(Capture capture) throws IOException {
    Path file = DATA.resolve(capture.file());
    assumeThat(file).as("Coinbase capture absent").exists();
    List<String> lines;
    try (InputStream in = open(file)) {
      lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
    CoinbaseReader reader =
        new CoinbaseReader(
            List.of(source(capture.file(), lines.toArray(String[]::new))),
            capture.product(),
            LIMITS);
    ReadSession session = ReadSession.read(reader, 4096, LEVELS);

    NaiveCoinbase twin = new NaiveCoinbase(capture.product(), LEVELS);
    lines.forEach(twin::read);
    assertSame(session.rows(), twin.rows);
    assertSame(session.changes(), twin.changes);

    // No crossed or locked row, no gap, no price off the cent, nothing rejected.
    assertThat(session.windowText()).isEqualTo(capture.windows());
    assertThat(session.rejected()).isEmpty();
    assertThat(reader.count(CoinbaseCount.LINES)).isEqualTo(capture.lines());
    assertThat(reader.count(CoinbaseCount.UPDATES)).isEqualTo(capture.updates());
    assertThat(reader.count(CoinbaseCount.TRADES)).isEqualTo(capture.trades());
    assertThat(reader.count(CoinbaseCount.SNAPSHOTS)).isEqualTo(1);
    assertThat(session.rows()).hasSize(1 + capture.updates() + capture.trades());
    assertThat(session.changes().stream().filter(c -> c.type() == EventType.SNAPSHOT))
        .hasSize(capture.depth());
    assertThat(reader.count(CoinbaseCount.EMPTY_REMOVALS)).isEqualTo(capture.emptyRemovals());
    assertThat(reader.count(CoinbaseCount.GAPS)).isZero();
    assertThat(reader.count(CoinbaseCount.MISSED_TRADES)).isZero();
  }

  private static InputStream open(Path file) throws IOException {
    InputStream in = Files.newInputStream(file);
    return file.toString().endsWith(".zst") ? new ZstdInputStream(in) : new GZIPInputStream(in);
  }

  /** Records and lists compare doubles by their bits; a plain if spares an assertion per row. */
  private static void assertSame(List<?> actual, List<?> expected) {
    for (int i = 0; i < Math.min(actual.size(), expected.size()); i++) {
      if (!actual.get(i).equals(expected.get(i))) {
        assertThat(actual.get(i)).isEqualTo(expected.get(i));
      }
    }
    assertThat(actual).hasSameSizeAs(expected);
  }

  /** A book that changes at random, and a capture of it with lines missing and lines repeated. */
  private static final class KnownBook {

    private final SplittableRandom random;
    private final Map<Boolean, NavigableMap<Integer, Integer>> sides = new HashMap<>();

    /** The best levels as rows have them, bids then asks, by the message's number. */
    final Map<Long, List<List<Double>>> truth = new HashMap<>();

    final List<String> lines = new ArrayList<>();

    KnownBook(long seed, int messages) {
      random = new SplittableRandom(seed);
      sides.put(true, new TreeMap<>(Comparator.reverseOrder()));
      sides.put(false, new TreeMap<>());
      for (int price = 90; price <= 110; price++) {
        if (price != 100) {
          sides.get(price < 100).put(price, 1);
        }
      }
      // Half of the messages on either side of midnight.
      long ms = 43_200_000 - 50L * messages;
      List<String> sent = new ArrayList<>();
      for (long number = 0; number < messages; number++) {
        ms += 100;
        sent.add(line(number, ms));
        truth.put(number, List.of(best(true), best(false)));
        capture(sent);
      }
    }

    private String line(long number, long ms) {
      return switch (random.nextInt(12)) {
        case 0 -> l2(number, ms, "snapshot", "b " + levels(true) + "a " + levels(false));
        case 1, 2 ->
            trades(
                number,
                ms,
                "update",
                trade(ms, 2 * number + 1, "BUY", "99", "1"),
                trade(ms, 2 * number, "SELL", "101", "2"));
        case 3 -> message(number, ms, "candles", "{\"type\":\"update\",\"candles\":[]}");
        case 4 -> l2(number, ms, "update", "b 1x1").replace("BTC-USD", "ETH-USD");
        default -> l2(number, ms, "update", change());
      };
    }

    private String change() {
      StringBuilder levels = new StringBuilder();
      for (boolean bid : new boolean[] {true, false}) {
        levels.append(bid ? "b " : "a ");
        for (int n = 1 + random.nextInt(2); n > 0; n--) {
          int price = bid ? 90 + random.nextInt(10) : 101 + random.nextInt(10);
          int size = random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(9);
          levels.append(price).append('x').append(size).append(' ');
          sides.get(bid).put(price, size);
          sides.get(bid).values().removeIf(each -> each == 0);
        }
      }
      return levels.toString();
    }

    private String levels(boolean bid) {
      StringBuilder levels = new StringBuilder();
      sides.get(bid).forEach((price, size) -> levels.append(price + "x" + size + " "));
      return levels.toString();
    }

    private List<Double> best(boolean bid) {
      List<Double> best = new ArrayList<>();
      sides
          .get(bid)
          .forEach(
              (price, size) -> {
                best.add((double) price);
                best.add((double) size);
              });
      while (best.size() < 6) {
        best.add(Double.NaN);
      }
      return best.subList(0, 6);
    }

    private void capture(List<String> sent) {
      int fate = random.nextInt(60);
      if (fate != 0) {
        lines.add(sent.get(sent.size() - 1));
      }
      if (fate == 1) {
        lines.add(sent.get(Math.max(0, sent.size() - 1 - random.nextInt(20))));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void rowsAreTheKnownBookOrSuspect(long seed) {
    KnownBook known = new KnownBook(seed, 2_000);
    ReadSession session =
        ReadSession.read(reader(source("x", known.lines.toArray(String[]::new))), 100, 3);
    int trusted = 0;
    for (ReadSession.Row row : session.rows()) {
      if (row.suspect()) {
        boolean hides = row.type() == EventType.SNAPSHOT;
        assertThat(Double.isNaN(row.bids().get(0))).isEqualTo(!hides);
      } else if (row.type() != EventType.TRADE) {
        assertThat(List.of(row.bids(), row.asks()))
            .as("%s", row)
            .isEqualTo(known.truth.get(row.venueSeq()));
        trusted++;
      }
    }
    assertThat(trusted).isBetween(500, 1_500);
    assertThat(session.windows()).hasSizeGreaterThan(20);
  }

  @ParameterizedTest
  @ValueSource(longs = {5, 6})
  void agreesOnCapturesWithGapsAndRepetitions(long seed) {
    KnownBook known = new KnownBook(seed, 2_000);
    ReadSession session =
        ReadSession.read(reader(source("x", known.lines.toArray(String[]::new))), 100, 3);
    NaiveCoinbase twin = new NaiveCoinbase("BTC-USD", 3);
    known.lines.forEach(twin::read);
    assertSame(session.rows(), twin.rows);
    assertSame(session.changes(), twin.changes);
  }
}

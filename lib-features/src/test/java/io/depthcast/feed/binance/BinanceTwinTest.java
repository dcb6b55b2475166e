package io.depthcast.feed.binance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.depthcast.book.BookBatch;
import io.depthcast.book.EventBatch;
import io.depthcast.book.EventType;
import io.depthcast.feed.FeedLimits;
import io.depthcast.feed.ReadSession;
import io.depthcast.feed.ReadSession.Row;
import io.depthcast.quality.SuspectWindow.Cause;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link BinanceReader} against {@link NaiveBinance}, on real captures and made-up ones. */
class BinanceTwinTest {

  private static final Path DATA =
      Path.of(System.getProperty("depthcast.root"), "../shared/data/binance");

  private static final int COMPARED_LINES = 25_000;

  @Test
  void agreesOnFaultyCapturesAndNeverShowsAWrongBook() {
    long[] counts = new long[BinanceCount.values().length];
    int trusted = 0;
    int rows = 0;
    for (int seed = 1; seed <= 10; seed++) {
      boolean futures = seed % 2 == 0;
      CapturedBook capture = new CapturedBook(futures, seed, 300);
      BinanceReader reader =
          BinanceText.reader(
              futures ? BinanceMarket.USD_M : BinanceMarket.SPOT,
              BinanceDepth.UPDATES,
              BinanceText.LIMITS,
              capture.lines.toArray(String[]::new));
      ReadSession session = ReadSession.read(reader, 7, 5);
      assertTwin(futures, 5, session, capture.lines);
      for (Row row : session.rows()) {
        if (!row.suspect() && row.type() != EventType.TRADE) {
          assertThat(row.bids()).as("%s", row).isEqualTo(capture.best(row.venueSeq(), true, 5));
          assertThat(row.asks()).as("%s", row).isEqualTo(capture.best(row.venueSeq(), false, 5));
          trusted++;
        }
        rows++;
      }
      for (BinanceCount count : BinanceCount.values()) {
        counts[count.ordinal()] += reader.count(count);
      }
    }
    // Books must have been lost and have come back in every way, or nothing is tested.
    assertThat(counts[BinanceCount.GAPS.ordinal()]).isGreaterThan(20);
    assertThat(counts[BinanceCount.STALE_SNAPSHOTS.ordinal()]).isGreaterThan(5);
    assertThat(counts[BinanceCount.OLD_UPDATES.ordinal()]).isGreaterThan(20);
    assertThat(trusted).isBetween(rows / 3, rows * 2 / 3);
  }

  @ParameterizedTest
  @MethodSource("captures")
  void agreesOnCaptures(Capture capture) {
    List<String> lines = capture.lines();
    List<String> compared = lines.subList(0, Math.min(COMPARED_LINES, lines.size()));
    BinanceReader reader = capture.reader(compared);
    ReadSession session = ReadSession.read(reader, 4096, 10);
    assertTwin(capture.market().isFutures(), 10, session, compared);
    assertThat(session.windowText()).matches("missing_snapshot 1-\\d+: .*\\R");
  }

  @ParameterizedTest
  @MethodSource("captures")
  void countsCaptures(Capture capture) throws IOException {
    List<String> lines = capture.lines();
    BinanceReader reader = capture.reader(lines);
    BookBatch book = new BookBatch(4096, 1);
    EventBatch events = new EventBatch(8192);
    int mids = 0;
    double last = Double.NaN;
    int updates = 0;
    List<LocalDate> days = new ArrayList<>();
    while (reader.next(book, events)) {
      if (book.seq[0] == 1) {
        days.add(reader.tradeDate());
      }
      for (int i = 0; i < book.rows; i++) {
        updates += book.eventType[i] == EventType.UPDATE.ordinal() ? 1 : 0;
        double mid = book.mid(i);
        if (!Double.isNaN(mid) && mid != last) {
          mids++;
          last = mid;
        }
      }
    }
    assertThat(updates).isEqualTo(capture.updates());
    assertThat(reader.count(BinanceCount.TRADES)).isEqualTo(capture.trades());
    assertThat(reader.count(BinanceCount.TICKERS)).isEqualTo(capture.tickers());
    assertThat(reader.count(BinanceCount.LINES))
        .isEqualTo(capture.updates() + capture.trades() + capture.tickers() + 1L)
        .isEqualTo(lines.size());
    assertThat(mids).isEqualTo(capture.mids());
    assertThat(days).containsExactly(LocalDate.of(2024, 8, 8), LocalDate.of(2024, 8, 9));
    assertThat(reader.suspectWindows())
        .extracting(window -> window.value().cause())
        .containsExactly(Cause.MISSING_SNAPSHOT);
    assertThat(reader.count(BinanceCount.GAPS)).isZero();
    assertThat(reader.count(BinanceCount.MISSED_TRADES)).isZero();
    assertThat(reader.count(BinanceCount.COMPARED_TICKERS)).isGreaterThan(500);
    assertThat(reader.count(BinanceCount.DIFFERENT_TICKERS)).isZero();
  }

  /** Counted apart from this code: by grep, and the runs of equal mids by a dictionary a side. */
  static List<Capture> captures() {
    return List.of(
        new Capture(
            BinanceMarket.SPOT,
            "BTCUSDT",
            0.01,
            6_495,
            19_904,
            73_174,
            745,
            List.of("spot_btcusdt_20240808.gz", "spot_btcusdt_20240809.gz")),
        new Capture(
            BinanceMarket.USD_M,
            "BTCUSDT",
            0.1,
            6_551,
            21_313,
            66_089,
            481,
            List.of("usdm_btcusdt_20240808.gz")),
        new Capture(
            BinanceMarket.COIN_M,
            "BTCUSD_PERP",
            0.1,
            44_795,
            5_235,
            48_355,
            1_072,
            List.of("cm_btcusd_perp_20240808.gz", "cm_btcusd_perp_20240809.gz")));
  }

  /** A session of several files. */
  record Capture(
      BinanceMarket market,
      String symbol,
      double tickSize,
      int updates,
      int trades,
      int tickers,
      int mids,
      List<String> files) {

    List<String> lines() {
      List<String> lines = new ArrayList<>();
      for (String file : files) {
        Path path = DATA.resolve(file);
        assumeThat(path).as("Binance capture absent").exists();
        try (InputStream in = new GZIPInputStream(Files.newInputStream(path))) {
          new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(lines::add);
        } catch (IOException e) {
          throw new AssertionError(file, e);
        }
      }
      return lines;
    }

    BinanceReader reader(List<String> lines) {
      // Two texts, so that a session is more than one.
      int half = lines.size() / 2;
      return new BinanceReader(
          List.of(
              BinanceText.source("1", String.join("\n", lines.subList(0, half))),
              BinanceText.source("2", String.join("\n", lines.subList(half, lines.size())))),
          market,
          symbol,
          BinanceDepth.UPDATES,
          new FeedLimits(tickSize, 1_000, 5_000, 3_600_000, 30_000, 0));
    }
  }

  private static void assertTwin(
      boolean futures, int levels, ReadSession session, List<String> lines) {
    NaiveBinance twin = new NaiveBinance(futures, levels);
    lines.forEach(twin::read);
    assertSame(session.rows(), twin.rows);
    assertSame(session.changes(), twin.changes);
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
}

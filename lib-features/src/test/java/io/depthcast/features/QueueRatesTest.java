package io.depthcast.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.depthcast.book.BookBatch;
import io.depthcast.book.EventType;
import io.depthcast.book.RandomBook;
import io.depthcast.book.Side;
import io.depthcast.feed.lobster.GoogleSample;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueueRatesTest {

  private static final double NAN = Double.NaN;

  private static final String ORDERS =
      """
      add bid 5 100 1            | 100 5        | 102 3
      add bid 4 99 2             | 100 5   99 4 | 102 3
      add bid 2 101 3            | 101 2  100 5 | 102 3
      trade bid 2 101 3          | 100 5   99 4 | 102 3
      cancel bid 1 100 1         | 100 4   99 4 | 102 3
      delete bid 4 99 2          | 100 4        | 102 3
      hidden_trade bid 7 101.5 0 | 100 4        | 102 3
      """;

  private static final String LEVELS =
      """
      snapshot        | 100 9 | 102 3
      trade bid 4 100 | 100 9 | 102 3
      update          | 100 3 | 102 3
      trade ask 3 102 | 100 3 | 102 3
      update          | 100 3 | 102 2
      trade bid 5 99  | 100 3 | 102 2
      update          | 101 1 | 102 2
      snapshot        | 101 5 | 102 2
      snapshot        | 101 7 | 102 2
      """;

  /** As with as many levels as are known; nothing is said of the others. */
  @Test
  void levelsThatTheSourceDoesNotTellOfHaveNoRates() {
    BookBatch book = FeatureContract.upToLevel(2, RandomBook.full(3, 500, 4));
    double[][] rates = FeatureRuns.run(new QueueRates(4, Window.events(20)), book);
    double[][] known = FeatureRuns.run(new QueueRates(2, Window.events(20)), book);
    for (int kind = 0; kind < 8; kind++) {
      for (int level = 0; level < 2; level++) {
        assertThat(rates[4 * kind + level]).isEqualTo(known[2 * kind + level]);
        assertThat(rates[4 * kind + 2 + level]).containsOnly(NAN);
      }
    }
    assertThat(Arrays.stream(known[0]).filter(Double::isFinite).count()).isGreaterThan(100);
  }

  @Test
  void tellsArrivalsWithdrawalsAndExecutionsOfOrdersByLevel() {
    double[][] rates = run(2, ORDERS);
    // Arrived: row 2 at bid 2, 4; row 3 at bid 1, 2 (bid 2 goes out of sight, which is no
    // withdrawal). Executed: row 4 at bid 1, 2 (bid 2 comes into sight, which is no arrival).
    // Withdrawn: row 5 at bid 1, 1; row 6 at bid 2, 4. Two rows take 2 s.
    assertThat(rates[0]).as("arrivals 1").containsExactly(NAN, NAN, 1, 1, 0, 0, 0);
    assertThat(rates[1]).as("arrivals 2").containsExactly(NAN, NAN, 2, 0, 0, 0, 0);
    assertThat(rates[2]).as("cancels 1").containsExactly(NAN, NAN, 0, 0, 0.5, 0.5, 0);
    assertThat(rates[3]).as("cancels 2").containsExactly(NAN, NAN, 0, 0, 0, 2, 2);
    assertThat(rates[4]).as("executions 1").containsExactly(NAN, NAN, 0, 1, 1, 0, 0);
    assertThat(rates[5]).as("executions 2").containsExactly(NAN, NAN, 0, 0, 0, 0, 0);
    assertThat(rates[6]).as("ratio 1").containsExactly(NAN, NAN, 0, 0, NAN, NAN, NAN);
    assertThat(rates[7]).as("ratio 2").containsExactly(NAN, NAN, 0, NAN, NAN, NAN, NAN);
    assertThat(rates[8]).as("ask arrivals 1").containsExactly(NAN, NAN, 0, 0, 0, 0, 0);
  }

  @Test
  void matchesTradesWithTheFallsOfLevels() {
    double[][] rates = run(1, LEVELS);
    // Row 3: 100 fell by 6, of which 4 were traded and 2 withdrawn. Row 4: the trade of 4 is no
    // longer in the window, all 6 count as withdrawn; 3 asks are traded before they fall and count
    // as arrived. Row 5: 102 fell by 1 but 3 were traded, so 2 had arrived. Row 6: the trade at 99
    // is below level 1. Row 7: 1 arrived at 101. Then only the snapshots are left.
    assertThat(rates[0]).as("bid arrivals").containsExactly(NAN, NAN, 0, 0, 0, 0, 0.5, 0.5, NAN);
    assertThat(rates[1]).as("bid cancels").containsExactly(NAN, NAN, 1, 3, 0, 0, 0, 0, NAN);
    assertThat(rates[2]).as("bid executions").containsExactly(NAN, NAN, 2, 0, 0, 0, 0, 0, NAN);
    assertThat(rates[4]).as("ask arrivals").containsExactly(NAN, NAN, 0, 1.5, 1, 0, 0, 0, NAN);
    assertThat(rates[5]).as("ask cancels").containsExactly(NAN, NAN, 0, 0, 0, 0.5, 0, 0, NAN);
    assertThat(rates[6]).as("ask executions").containsExactly(NAN, NAN, 0, 1.5, 1.5, 0, 0, 0, NAN);
  }

  private static double[][] run(int levels, String text) {
    BookBatch book = EventText.book(levels, text);
    for (int i = 0; i < book.rows; i++) {
      book.tsEvent[i] = i * 1_000_000_000L;
    }
    return FeatureRuns.run(new QueueRates(levels, Window.events(2)), book);
  }

  @ParameterizedTest
  @CsvSource({"3, 1e", "4, 20e", "1, 100e", "2, 1ms"})
  void equalsALoopOverThePricesOfWholeBooks(int levels, String text) {
    assertEqualsTwin(RandomBook.withHoles(45, 800, 10), levels, Window.of(text));
  }

  @ParameterizedTest
  @CsvSource({"2, 50e", "4, 1ms"})
  void equalsThatLoopOnADayOfOrders(int levels, String text) {
    assertEqualsTwin(RandomOrders.book(46, 800, 10), levels, Window.of(text));
  }

  private static void assertEqualsTwin(BookBatch book, int levels, Window window) {
    double[][] rates = FeatureRuns.run(new QueueRates(levels, window), book);
    for (Side side : Side.values()) {
      for (int m = 0; m < levels; m++) {
        int first = side.ordinal() * 4 * levels + m;
        NaiveQueueFlows[] flows = new NaiveQueueFlows[book.rows];
        for (int n = 0; n < book.rows; n++) {
          flows[n] = NaiveQueueFlows.of(book, n, window, side, levels, m);
        }
        String name = side + " level " + (m + 1);
        // Rates are up to 100 a row of 10 us, 1e7 a second, with sums of up to 100 such rows.
        NaiveTwin.assertEqual(
            name, rates[first], n -> rate(flows[n].arrived(), flows[n].seconds()), 1e-3);
        NaiveTwin.assertEqual(
            name, rates[first + levels], n -> rate(flows[n].cancelled(), flows[n].seconds()), 1e-3);
        NaiveTwin.assertEqual(
            name,
            rates[first + 2 * levels],
            n -> rate(flows[n].executed(), flows[n].seconds()),
            1e-3);
        for (int n = 0; n < book.rows; n++) {
          double arrived = flows[n].arrived();
          if (arrived > 1) {
            assertThat(rates[first + 3 * levels][n] * arrived)
                .isCloseTo(flows[n].cancelled(), within(1e-8));
          } else if (!(arrived > 0)) {
            assertThat(rates[first + 3 * levels][n]).isNaN();
          }
        }
      }
    }
  }

  private static double rate(double size, double seconds) {
    return seconds > 0 ? size / seconds : NAN;
  }

  @Test
  void isExactOnADayOfOrders() {
    int levels = 5;
    Window window = Window.events(50);
    BookBatch book = RandomOrders.book(47, 3000, 10);
    double[][] rates = FeatureRuns.run(new QueueRates(levels, window), book);
    // By the events themselves: an order's arrival at its level in the book after it, its
    // withdrawal and its execution at that in the book before.
    for (int m = 0; m < levels; m++) {
      int level = m;
      NaiveTwin.assertEqual(
          "arrivals", rates[m], n -> told(book, n, window, level, 0, EventType.ADD), 1e-6);
      NaiveTwin.assertEqual(
          "cancels",
          rates[levels + m],
          n -> told(book, n, window, level, 1, EventType.CANCEL, EventType.DELETE),
          1e-6);
      NaiveTwin.assertEqual(
          "executions",
          rates[2 * levels + m],
          n -> told(book, n, window, level, 1, EventType.TRADE),
          1e-6);
    }
  }

  /** Size of bid events of the types at the level, a second. */
  private static double told(
      BookBatch book, int n, Window window, int level, int rowsBack, EventType... types) {
    int before = NaiveWindow.rowBefore(book, n, window);
    if (before < 0) {
      return NAN;
    }
    double size = 0;
    for (int i = before + 1; i <= n; i++) {
      for (EventType type : types) {
        if (book.eventType[i] == type.ordinal()
            && book.side[i] == Side.BID.ordinal()
            && book.bidPrice[level][i - rowsBack] == book.price[i]) {
          size += book.size[i];
        }
      }
    }
    return size / ((book.tsEvent[n] - book.tsEvent[before]) / 1e9);
  }

  @Test
  void tellsTheSameOfAVenueOfLevelsWhereEachEventIsAMessage() {
    BookBatch orders = RandomOrders.book(56, 3000, 10);
    double[] truth = wholeDay(orders);
    double[] levels = wholeDay(RandomOrders.bundled(orders, 1));
    assertThat(truth[0]).isGreaterThan(1_000);
    assertThat(levels).containsExactly(truth, within(1e-6));
  }

  @Test
  void missesOfAVenueOfLevelsOnlyWhatComesAndGoesWithinAMessage() {
    BookBatch orders = RandomOrders.book(56, 3000, 10);
    double[] truth = wholeDay(orders);
    double[] levels = wholeDay(RandomOrders.bundled(orders, 5));
    for (int side = 0; side < 2; side++) {
      double arrived = sum(levels, side, 0);
      double cancelled = sum(levels, side, 1);
      double executed = sum(levels, side, 2);
      assertThat(executed).isCloseTo(sum(truth, side, 2), within(1e-6));
      assertThat(arrived / sum(truth, side, 0)).isBetween(0.8, 1.0);
      assertThat(cancelled / sum(truth, side, 1)).isBetween(0.8, 1.0);
    }
  }

  /** Sizes by side, quantity and level over all rows but the first, which is no trade. */
  private static double[] wholeDay(BookBatch book) {
    int last = book.rows - 1;
    double[][] rates = FeatureRuns.run(new QueueRates(10, Window.events(last)), book);
    double seconds = (book.tsEvent[last] - book.tsEvent[0]) / 1e9;
    return IntStream.range(0, rates.length)
        .filter(column -> column % 40 < 30)
        .mapToDouble(column -> rates[column][last] * seconds)
        .toArray();
  }

  private static double sum(double[] sizes, int side, int quantity) {
    return Arrays.stream(sizes, 30 * side + 10 * quantity, 30 * side + 10 * quantity + 10).sum();
  }

  @Test
  void findsEachMessageOfTheSampleDayOfGoogle() throws IOException {
    assumeThat(GoogleSample.file(10)).as("LOBSTER sample absent").exists();
    FeatureSet.Run run = new FeatureSet(List.of(new QueueRates(10, Window.events(1000)))).start();
    double[][] out = new double[80][4096];
    int[] windows = new int[1];
    double[] told = new double[3];
    long[] began = new long[1];
    GoogleSample.read(
        10,
        batch -> {
          run.compute(batch, out);
          for (int i = 0; i < batch.rows; i++) {
            // The file holds the messages that change one of its 10 levels.
            switch (EventType.values()[batch.eventType[i]]) {
              case ADD -> told[0] += batch.size[i];
              case CANCEL, DELETE -> told[1] += batch.size[i];
              case TRADE -> told[2] += batch.size[i];
              default -> {}
            }
            if (batch.seq[i] % 1000 == 1) {
              double seconds = (batch.tsEvent[i] - began[0]) / 1e9;
              for (int quantity = 0; quantity < 3 && batch.seq[i] > 1; quantity++) {
                double size = 0;
                for (int m = 0; m < 10; m++) {
                  size += out[10 * quantity + m][i] + out[40 + 10 * quantity + m][i];
                }
                assertThat(size * seconds).isCloseTo(told[quantity], within(1e-3));
              }
              windows[0] += batch.seq[i] > 1 ? 1 : 0;
              Arrays.fill(told, 0);
              began[0] = batch.tsEvent[i];
            }
          }
        });
    assertThat(windows[0]).isEqualTo(147);
  }

  @Test
  void namesColumnsBySideQuantityLevelAndWindow() {
    assertThat(new QueueRates(2, Window.events(50)).produces())
        .extracting(Feature::name)
        .startsWith(
            "bid_arrival_rate_1_50e",
            "bid_arrival_rate_2_50e",
            "bid_cancel_rate_1_50e",
            "bid_cancel_rate_2_50e",
            "bid_execution_rate_1_50e",
            "bid_execution_rate_2_50e",
            "bid_cancel_to_add_1_50e",
            "bid_cancel_to_add_2_50e",
            "ask_arrival_rate_1_50e")
        .hasSize(16);
  }

  @Test
  void refusesParametersOutOfRange() {
    assertThatThrownBy(() -> new QueueRates(11, Window.events(1)))
        .hasMessage("Invalid levels: 11 (must be 1 to 10)");
  }
}

package io.depthcast.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.depthcast.book.BookBatch;
import io.depthcast.book.BookText;
import io.depthcast.book.RandomBook;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@link Depth}, {@link DepthConcentration}, {@link LevelGaps}, {@link BookLevels} and {@link
 * TickClass}.
 */
class LiquidityTest {

  private static final double NAN = Double.NaN;
  private static final Offset<Double> ROUNDING = within(1e-9);

  private static final String BOOK =
      """
       99 1   98 3   96 4 | 101 2   102 2   106 2
       99 5               | 101 2   103 6
                          | 101 2   103 6
      """;

  @Test
  void depthIsTheSizeOfTheTopLevels() {
    double[][] depth = FeatureRuns.run(new Depth(2), BookText.book(3, BOOK));
    // 1+3, 5, an empty side; 2+2, 2+6, 2+6
    assertThat(depth[0]).containsExactly(4, 5, 0);
    assertThat(depth[1]).containsExactly(4, 8, 8);
  }

  @Test
  void concentrationIsTheShareOfTheBestAndTheSumOfSquaredShares() {
    double[][] concentration = FeatureRuns.run(new DepthConcentration(3), BookText.book(3, BOOK));
    // 1 of 8; all of 5; none
    assertThat(concentration[0]).containsExactly(0.125, 1, NAN);
    // (1+9+16)/64 = 0.40625; 1
    assertThat(concentration[2]).containsExactly(0.40625, 1, NAN);
    // 2 of 6: three equal shares; 2 of 8: (4+36)/64 = 0.625
    assertThat(concentration[1]).containsExactly(1.0 / 3, 0.25, 0.25);
    assertThat(concentration[3][0]).isCloseTo(1.0 / 3, ROUNDING);
    assertThat(concentration[3][1]).isEqualTo(0.625);
  }

  @Test
  void gapsAreBetweenNeighbouringLevels() {
    double[][] gaps = FeatureRuns.run(new LevelGaps(3), BookText.book(3, BOOK));
    // the mid is 100 in rows 1 and 2; bids 99, 98, 96 are 1 and 2 apart: 100 and 200 bps
    assertThat(gaps[0]).containsExactly(100, NAN, NAN);
    assertThat(gaps[1]).containsExactly(200, NAN, NAN);
    // asks 101, 102, 106 and 101, 103
    assertThat(gaps[2]).containsExactly(100, 200, NAN);
    assertThat(gaps[3]).containsExactly(400, NAN, NAN);
  }

  @Test
  void levelsAreAskThenBidPriceThenSize() {
    double[][] levels = FeatureRuns.run(new BookLevels(2), BookText.book(3, BOOK));
    assertThat(levels).hasDimensions(8, 3);
    // the mid is 100 in rows 1 and 2, there is none in row 3; asks 101, bids 99 are 100 bps away
    assertThat(levels[0]).containsExactly(100, 100, NAN);
    assertThat(levels[1]).containsExactly(2, 2, 2);
    assertThat(levels[2]).containsExactly(-100, -100, NAN);
    assertThat(levels[3]).containsExactly(1, 5, NAN);
    // asks 102, 103, 103; a bid of 98, then none
    assertThat(levels[4]).containsExactly(200, 300, NAN);
    assertThat(levels[5]).containsExactly(2, 6, 6);
    assertThat(levels[6]).containsExactly(-200, NAN, NAN);
    assertThat(levels[7]).containsExactly(3, NAN, NAN);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 10})
  void levelsEqualTheBookRowByRow(int count) {
    BookBatch book = RandomBook.withHoles(45, 2000, 10);
    double[][] levels = FeatureRuns.run(new BookLevels(count), book);
    for (int n = 0; n < book.rows; n++) {
      double clean = book.suspect[n] ? NAN : 1;
      double mid = clean * (book.bidPrice[0][n] / 2 + book.askPrice[0][n] / 2);
      for (int m = 0; m < count; m++) {
        assertClose(levels[4 * m][n], (book.askPrice[m][n] / mid - 1) * 1e4, n);
        assertClose(levels[4 * m + 1][n], clean * book.askSize[m][n], n);
        assertClose(levels[4 * m + 2][n], (book.bidPrice[m][n] / mid - 1) * 1e4, n);
        assertClose(levels[4 * m + 3][n], clean * book.bidSize[m][n], n);
      }
    }
  }

  @Test
  void tickClassIsThatOfTheMeanSpread() {
    BookBatch book =
        BookText.book(
            1,
            """
            100 1 | 101 1
            100 1 | 101 1
            100 1 | 102 1
            100 1 | 103 1
            100 1 | 103 1
            100 1 |
            100 1 | 101 1
            100 1 | 101 1
            """);
    double[][] ticks = FeatureRuns.run(new TickClass(1, Window.events(2)), book);
    // spreads 1 1 2 3 3 none 1 1, means of two: 1, 1.5, 2.5, 3, none, none, 1
    assertThat(ticks[0]).containsExactly(NAN, 1, 1.5, 2.5, 3, NAN, NAN, 1);
    // 1.5 is still large, 3 already small
    assertThat(ticks[1]).containsExactly(NAN, 0, 0, 1, 2, NAN, NAN, 0);
  }

  @Test
  void tickClassOverATimeCountsTheRowsInIt() {
    BookBatch book = BookText.book(1, "100 1 | 101 1\n 100 1 | 105 1\n 100 1 | 103 1");
    long[] milliseconds = {0, 1, 2};
    for (int i = 0; i < 3; i++) {
      book.tsEvent[i] = milliseconds[i] * 1_000_000;
    }
    // Later than 0 ms: (5+3)/2; the rows before have no whole window
    assertThat(FeatureRuns.run(new TickClass(1, Window.milliseconds(2)), book)[0])
        .containsExactly(NAN, NAN, 4);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5, 10})
  void depthsAndGapsEqualTheirFormulasRowByRow(int levels) {
    BookBatch book = RandomBook.withHoles(43, 2000, 10);
    double[][] depth = FeatureRuns.run(new Depth(levels), book);
    double[][] concentration = FeatureRuns.run(new DepthConcentration(levels), book);
    double[][] gaps = FeatureRuns.run(new LevelGaps(levels), book);
    for (int n = 0; n < book.rows; n++) {
      for (int side = 0; side < 2; side++) {
        double[][] sizes = side == 0 ? book.bidSize : book.askSize;
        double[][] prices = side == 0 ? book.bidPrice : book.askPrice;
        double total = book.suspect[n] ? NAN : 0;
        for (int m = 0; m < levels && !Double.isNaN(sizes[m][n]); m++) {
          total += sizes[m][n];
        }
        double herfindahl = 0;
        for (int m = 0; m < levels && !Double.isNaN(sizes[m][n]); m++) {
          herfindahl += Math.pow(sizes[m][n] / total, 2);
        }
        assertClose(depth[side][n], total, n);
        assertClose(concentration[side][n], total > 0 ? sizes[0][n] / total : NAN, n);
        assertClose(concentration[2 + side][n], total > 0 ? herfindahl : NAN, n);
        double mid = book.suspect[n] ? NAN : book.mid(n);
        for (int m = 0; m + 1 < levels; m++) {
          double gap = Math.abs(prices[m][n] / mid - prices[m + 1][n] / mid) * 1e4;
          assertClose(gaps[side * (levels - 1) + m][n], gap, n);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0.01, 1e", "0.01, 50e", "0.1, 300e", "0.02, 1ms", "0.02, 4ms"})
  void tickClassEqualsItsFormulaRowByRow(double tickSize, String text) {
    Window window = Window.of(text);
    BookBatch book = RandomBook.withHoles(44, 2000, 1);
    double[][] ticks = FeatureRuns.run(new TickClass(tickSize, window), book);
    boolean[] seen = new boolean[3];
    for (int n = 0; n < book.rows; n++) {
      // the look-back of a time begins at the row before it, that of events at its first row
      int before = NaiveWindow.rowBefore(book, n, window);
      int first = window.isTime() ? before : before + 1;
      double spread = first < 0 ? NAN : 0;
      for (int i = Math.max(0, first); i <= n; i++) {
        spread = book.suspect[i] ? NAN : spread;
      }
      for (int i = Math.max(0, before + 1); i <= n; i++) {
        spread += (book.askPrice[0][i] - book.bidPrice[0][i]) / tickSize;
      }
      double mean = spread / (n - before);
      assertClose(ticks[0][n], mean, n);
      // 1e-6 aside, where rounding decides
      if (Math.abs(mean - 1.5) > 1e-6 && Math.abs(mean - 3) > 1e-6) {
        int expected = mean < 1.5 ? 0 : mean > 3 ? 2 : 1;
        seen[expected] = true;
        assertThat(ticks[1][n]).as("row %s", n).isEqualTo(expected);
      } else if (Double.isNaN(mean)) {
        assertThat(ticks[1][n]).as("row %s", n).isNaN();
      }
    }
    assertThat(seen).contains(true);
  }

  private static void assertClose(double actual, double expected, int row) {
    if (Double.isNaN(expected)) {
      assertThat(actual).as("row %s", row).isNaN();
    } else {
      assertThat(actual).as("row %s", row).isCloseTo(expected, within(1e-6));
    }
  }

  @Test
  void namesColumnsByLevelsAndWindow() {
    assertThat(new Depth(5).produces())
        .extracting(Feature::name)
        .containsExactly("depth_bid_5", "depth_ask_5");
    assertThat(new DepthConcentration(5).produces())
        .extracting(Feature::name)
        .containsExactly(
            "depth_share_1_bid_5",
            "depth_share_1_ask_5",
            "depth_herfindahl_bid_5",
            "depth_herfindahl_ask_5");
    assertThat(new BookLevels(2).produces())
        .extracting(Feature::name)
        .containsExactly(
            "ask_distance_1_bps",
            "ask_size_1",
            "bid_distance_1_bps",
            "bid_size_1",
            "ask_distance_2_bps",
            "ask_size_2",
            "bid_distance_2_bps",
            "bid_size_2");
    assertThat(new LevelGaps(2).produces())
        .extracting(Feature::name)
        .containsExactly("level_gap_bid_1_bps", "level_gap_ask_1_bps");
    assertThat(new TickClass(0.01, Window.events(1000)).produces())
        .extracting(Feature::name)
        .containsExactly("mean_spread_ticks_1000e", "tick_class_1000e");
  }

  @Test
  void refusesParametersOutOfRange() {
    assertThatThrownBy(() -> new Depth(0)).hasMessage("Invalid levels: 0 (must be 1 to 10)");
    assertThatThrownBy(() -> new DepthConcentration(1))
        .hasMessage("Invalid levels: 1 (must be 2 to 10)");
    assertThatThrownBy(() -> new BookLevels(11)).hasMessage("Invalid levels: 11 (must be 1 to 10)");
    assertThatThrownBy(() -> new LevelGaps(11)).hasMessage("Invalid levels: 11 (must be 2 to 10)");
    assertThatThrownBy(() -> new TickClass(-0.01, Window.events(1)))
        .hasMessage("Invalid tickSize: -0.01 (must be a number > 0)");
  }
}

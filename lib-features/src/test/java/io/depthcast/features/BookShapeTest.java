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

/** {@link SpreadTicks}, {@link FairValue}, {@link PriceImpact} and {@link BookSlope}. */
class BookShapeTest {

  private static final double NAN = Double.NaN;
  private static final Offset<Double> ROUNDING = within(1e-9);

  private static final String BOOK =
      """
       99 1   98 3 | 101 2   102 4
       99 5   98 3 | 101 2   105 2
       99 1   98 2 | 101 9   102 1
       99 4        | 101 4   102 4
                   | 101 4   102 4
      """;

  @Test
  void spreadIsCountedInTicks() {
    BookBatch book = BookText.book(1, "100.00 1 | 100.03 1\n 100.00 1 | 100.015 1\n | 100.03 1");
    // 0.03 is three ticks of 0.01, though 100.03 - 100.00 is no multiple of 0.01 in binary; 0.015
    // is one and a half
    assertThat(FeatureRuns.run(new SpreadTicks(0.01), book)[0]).containsExactly(3, 1.5, NAN);
  }

  @Test
  void fairValueIsTheMidOfBothVwaps() {
    double[][] fair = FeatureRuns.run(new FairValue(2, 4), BookText.book(2, BOOK));
    // selling 4: 1 at 99 and 3 at 98; 4 at 99; only 3 stand; 4 at 99; no bid
    assertThat(fair[0]).containsExactly(98.25, 99, NAN, 99, NAN);
    // buying 4: 2 at 101 and 2 at 102; 2 at 101 and 2 at 105; 4 at 101 in the last three rows
    assertThat(fair[1]).containsExactly(101.5, 103, 101, 101, 101);
    // (98.25 + 101.5) / 2 = 99.875; (99 + 103) / 2 = 101; (99 + 101) / 2 = 100
    assertThat(fair[2]).containsExactly(99.875, 101, NAN, 100, NAN);
    // the mid is 100: -0.125 and 1 of 100 are -12.5 and 100 bps
    assertThat(fair[3]).containsExactly(-12.5, 100, NAN, 0, NAN);
  }

  @Test
  void impactIsTheMeanPriceAgainstTheMid() {
    double[][] impact = FeatureRuns.run(new PriceImpact(2, 4), BookText.book(2, BOOK));
    // bought at 101.5, 103, 101, 101 against a mid of 100; there is no mid in the last row
    assertThat(impact[0]).containsExactly(150, 300, 100, 100, NAN);
    // sold at 98.25, 99, not at all, 99
    assertThat(impact[1][0]).isCloseTo(175, ROUNDING);
    assertThat(impact[1][1]).isCloseTo(100, ROUNDING);
    assertThat(impact[1][2]).isNaN();
    assertThat(impact[1][4]).isNaN();
  }

  @Test
  void slopeIsTheLineThroughTheMidAndConvexityGinisCoefficient() {
    double[][] shape = FeatureRuns.run(new BookSlope(2), BookText.book(2, BOOK));
    // bid of row 1: d = 100, 200 bps; Q = 1, 4. Slope (100*1 + 200*4) / (100^2 + 200^2) = 900/50000
    // Convexity 1 - (100*(1+0) + 100*(4+1)) / (200*4) = 1 - 600/800
    assertThat(shape[0][0]).isCloseTo(0.018, ROUNDING);
    assertThat(shape[2][0]).isCloseTo(0.25, ROUNDING);
    // ask of row 2: d = 100, 500; Q = 2, 4. Slope (200 + 2000) / (10000 + 250000)
    // Convexity 1 - (100*2 + 400*6) / (500*4) = -0.3
    assertThat(shape[1][1]).isCloseTo(2200.0 / 260_000, ROUNDING);
    assertThat(shape[3][1]).isCloseTo(-0.3, ROUNDING);
    // row 4: asks of 4 at 100 and 200 bps are a straight line: slope (400 + 1600) / 50000
    assertThat(shape[1][3]).isCloseTo(0.04, ROUNDING);
    assertThat(shape[3][3]).isCloseTo(0, ROUNDING);
    assertThat(shape[0][3]).as("one bid only").isNaN();
    assertThat(shape[1][4]).as("no mid").isNaN();
  }

  @ParameterizedTest
  @CsvSource({"1, 0.5", "3, 10", "10, 0.5", "10, 200", "10, 600"})
  void walksEqualBuyingUnitByUnit(int levels, double size) {
    BookBatch book = RandomBook.withHoles(41, 1000, 10);
    double[][] fair = FeatureRuns.run(new FairValue(levels, size), book);
    double[][] impact = FeatureRuns.run(new PriceImpact(levels, size), book);
    int values = 0;
    for (int n = 0; n < book.rows; n++) {
      double bid = book.suspect[n] ? NAN : naive(book.bidPrice, book.bidSize, levels, size, n);
      double ask = book.suspect[n] ? NAN : naive(book.askPrice, book.askSize, levels, size, n);
      double mid = book.bidPrice[0][n] / 2 + book.askPrice[0][n] / 2;
      double[] expected = {
        bid, ask, bid / 2 + ask / 2, ((bid + ask) / (2 * mid) - 1) * 1e4,
      };
      for (int c = 0; c < 4; c++) {
        assertClose(fair[c][n], expected[c], n);
      }
      assertClose(impact[0][n], (ask / mid - 1) * 1e4, n);
      assertClose(impact[1][n], (1 - bid / mid) * 1e4, n);
      values += Double.isFinite(expected[3]) ? 1 : 0;
    }
    assertThat(values).isPositive();
    assertThat(values).isLessThan(book.rows);
  }

  /** The size bought a thousandth at a time, in cents: the random book has whole ones of both. */
  private static double naive(
      double[][] prices, double[][] sizes, int levels, double size, int row) {
    long units = Math.round(size * 1000);
    long cents = 0;
    int level = 0;
    long left = level(sizes, 0, row);
    for (long unit = 0; unit < units; unit++) {
      while (left == 0) {
        level++;
        if (level == levels) {
          return NAN;
        }
        left = level(sizes, level, row);
      }
      cents += Math.round(prices[level][row] * 100);
      left--;
    }
    return cents / (100.0 * units);
  }

  private static long level(double[][] sizes, int level, int row) {
    return Double.isNaN(sizes[level][row]) ? 0 : Math.round(sizes[level][row] * 1000);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5, 10})
  void slopeEqualsItsFormulaRowByRow(int levels) {
    BookBatch book = RandomBook.withHoles(42, 2000, 10);
    double[][] shape = FeatureRuns.run(new BookSlope(levels), book);
    int values = 0;
    for (int n = 0; n < book.rows; n++) {
      double[] bid = naiveShape(book, book.bidPrice, book.bidSize, levels, n);
      double[] ask = naiveShape(book, book.askPrice, book.askSize, levels, n);
      assertClose(shape[0][n], bid[0], n);
      assertClose(shape[1][n], ask[0], n);
      assertClose(shape[2][n], bid[1], n);
      assertClose(shape[3][n], ask[1], n);
      values += Double.isFinite(bid[1] + ask[1]) ? 1 : 0;
    }
    assertThat(values).isPositive();
  }

  /** Slope by the normal equation; convexity level by level, each as the shape that it adds. */
  private static double[] naiveShape(
      BookBatch book, double[][] prices, double[][] sizes, int levels, int row) {
    double mid = book.suspect[row] ? NAN : book.mid(row);
    double dq = 0;
    double dd = 0;
    double total = 0;
    double before = 0;
    double area = 0;
    double d = 0;
    for (int m = 0; m < levels; m++) {
      d = 1e4 * Math.abs(prices[m][row] / mid - 1);
      total += sizes[m][row];
      dq += d * total;
      dd += d * d;
      // the size of level m fills the rectangle up to d_N but for what stands before the middle of
      // its rise from d_(m-1) to d_m
      area += sizes[m][row] * (d + before) / 2;
      before = d;
    }
    double under = total * d - area;
    return new double[] {dq / dd, 1 - 2 * under / (total * d)};
  }

  private static void assertClose(double actual, double expected, int row) {
    if (Double.isNaN(expected)) {
      assertThat(actual).as("row %s", row).isNaN();
    } else {
      assertThat(actual).as("row %s", row).isCloseTo(expected, within(1e-7));
    }
  }

  @Test
  void namesColumnsBySizeAndLevels() {
    assertThat(new FairValue(5, 200).produces())
        .extracting(Feature::name)
        .containsExactly(
            "vwap_bid_200", "vwap_ask_200", "fair_value_200", "fair_value_deviation_bps_200");
    assertThat(new PriceImpact(5, 0.05).produces())
        .extracting(Feature::name)
        .containsExactly("impact_buy_bps_0p05", "impact_sell_bps_0p05");
    assertThat(new PriceImpact(5, 1e7).produces())
        .extracting(Feature::name)
        .containsExactly("impact_buy_bps_10000000", "impact_sell_bps_10000000");
    assertThat(new BookSlope(5).produces())
        .extracting(Feature::name)
        .containsExactly(
            "book_slope_bid_5", "book_slope_ask_5", "book_convexity_bid_5", "book_convexity_ask_5");
  }

  @Test
  void refusesParametersOutOfRange() {
    assertThatThrownBy(() -> new SpreadTicks(0))
        .hasMessage("Invalid tickSize: 0.0 (must be a number > 0)");
    assertThatThrownBy(() -> new SpreadTicks(Double.NaN))
        .hasMessage("Invalid tickSize: NaN (must be a number > 0)");
    assertThatThrownBy(() -> new FairValue(11, 1))
        .hasMessage("Invalid levels: 11 (must be 1 to 10)");
    assertThatThrownBy(() -> new FairValue(1, Double.POSITIVE_INFINITY))
        .hasMessage("Invalid size: Infinity (must be a number > 0)");
    assertThatThrownBy(() -> new PriceImpact(0, 1))
        .hasMessage("Invalid levels: 0 (must be 1 to 10)");
    assertThatThrownBy(() -> new PriceImpact(1, -1))
        .hasMessage("Invalid size: -1.0 (must be a number > 0)");
    assertThatThrownBy(() -> new BookSlope(1)).hasMessage("Invalid levels: 1 (must be 2 to 10)");
  }
}

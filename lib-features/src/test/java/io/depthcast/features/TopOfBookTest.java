package io.depthcast.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.depthcast.book.BookBatch;
import io.depthcast.book.BookText;
import io.depthcast.book.RandomBook;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link Mid}, {@link Spread}, {@link Microprice} and {@link MidReturn}. */
class TopOfBookTest {

  private static final double NAN = Double.NaN;
  private static final Offset<Double> ROUNDING = within(1e-9);

  private static final String BOOK =
      """
        99 1 | 101 3
       100 6 | 104 2
             | 104 2
       100 6 |
        99 5 | 101 5
      """;

  @Test
  void midIsHalfwayBetweenTheBestPrices() {
    double[][] mid = FeatureRuns.run(new Mid(), BookText.book(1, BOOK));
    // (99+101)/2, (100+104)/2, no bid, no ask, (99+101)/2
    assertThat(mid[0]).containsExactly(100, 102, NAN, NAN, 100);
  }

  @Test
  void spreadIsAskLessBidAndItsShareOfTheMid() {
    double[][] spread = FeatureRuns.run(new Spread(), BookText.book(1, BOOK));
    // 2 of 100 is 200 bps; 4 of 102 is 392.1568627... bps
    assertThat(spread[0]).containsExactly(2, 4, NAN, NAN, 2);
    assertThat(spread[1][0]).isEqualTo(200, ROUNDING);
    assertThat(spread[1][1]).isEqualTo(392.156862745098, ROUNDING);
    assertThat(spread[1][2]).isNaN();
    assertThat(spread[1][3]).isNaN();
  }

  @Test
  void micropriceLeansToTheShorterQueue() {
    double[][] microprice = FeatureRuns.run(new Microprice(), BookText.book(1, BOOK));
    // (101*1 + 99*3)/4 = 99.5, 0.5 of 100 below the mid: -50 bps
    // (104*6 + 100*2)/8 = 103, 1 of 102 above: 98.0392156... bps
    // equal queues: the mid
    assertThat(microprice[0]).containsExactly(99.5, 103, NAN, NAN, 100);
    assertThat(microprice[1][0]).isEqualTo(-50, ROUNDING);
    assertThat(microprice[1][1]).isEqualTo(98.0392156862745, ROUNDING);
    assertThat(microprice[1][4]).isEqualTo(0, ROUNDING);
  }

  @Test
  void midReturnIsTheSimpleReturnOverTheWindow() {
    BookBatch book =
        BookText.book(
            1,
            """
             99 1 | 101 1
            100 1 | 104 1
             50 1 |  52 1
                  |  52 1
            101 1 | 103 1
            101 1 | 103 1
            """);
    double[][] one = FeatureRuns.run(new MidReturn(Window.events(1)), book);
    double[][] two = FeatureRuns.run(new MidReturn(Window.events(2)), book);
    // mids 100, 102, 51, none, 102, 102
    // one row: +2% = 200 bps, -50% = -5000 bps, none, none, 0
    assertThat(one[0]).containsExactly(NAN, 200, -5000, NAN, NAN, 0);
    // two rows: 51 against 100 = -4900 bps, none, 102 against 51 = +10000 bps, none
    assertThat(two[0]).containsExactly(NAN, NAN, -4900, NAN, 10_000, NAN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e", "2e", "10e", "50e", "400e", "1ms", "5ms"})
  void midReturnEqualsItsFormulaRowByRow(String text) {
    Window window = Window.of(text);
    BookBatch book = RandomBook.withHoles(23, 3000, 2);
    double[][] returns = FeatureRuns.run(new MidReturn(window), book);
    for (int n = 0; n < book.rows; n++) {
      int start = NaiveWindow.rowBefore(book, n, window);
      boolean clean = start >= 0;
      for (int i = Math.max(0, start); i <= n; i++) {
        clean &= !book.suspect[i];
      }
      double now = (book.bidPrice[0][n] + book.askPrice[0][n]) / 2;
      int m = Math.max(0, start);
      double before = (book.bidPrice[0][m] + book.askPrice[0][m]) / 2;
      if (!clean || Double.isNaN(now) || Double.isNaN(before)) {
        assertThat(returns[0][n]).isNaN();
      } else {
        assertThat(returns[0][n]).isCloseTo(10_000 * (now / before - 1), ROUNDING);
      }
    }
  }

  @Test
  void quoteFeaturesEqualTheirFormulasRowByRow() {
    BookBatch book = RandomBook.withHoles(24, 3000, 2);
    double[] mids = FeatureRuns.run(new Mid(), book)[0];
    double[][] spreads = FeatureRuns.run(new Spread(), book);
    double[][] microprices = FeatureRuns.run(new Microprice(), book);
    for (int n = 0; n < book.rows; n++) {
      double bid = book.bidPrice[0][n];
      double ask = book.askPrice[0][n];
      if (book.suspect[n] || Double.isNaN(bid) || Double.isNaN(ask)) {
        assertThat(new double[] {mids[n], spreads[0][n], spreads[1][n]}).containsOnly(NAN);
        assertThat(new double[] {microprices[0][n], microprices[1][n]}).containsOnly(NAN);
        continue;
      }
      double mid = bid + (ask - bid) / 2;
      double bidShare = book.bidSize[0][n] / (book.bidSize[0][n] + book.askSize[0][n]);
      double microprice = bid + (ask - bid) * bidShare;
      assertThat(mids[n]).isCloseTo(mid, ROUNDING);
      assertThat(spreads[0][n]).isCloseTo(ask - bid, ROUNDING);
      assertThat(spreads[1][n]).isCloseTo(10_000 * (ask / mid - bid / mid), ROUNDING);
      assertThat(microprices[0][n]).isCloseTo(microprice, ROUNDING);
      assertThat(microprices[1][n]).isCloseTo(10_000 * (microprice / mid - 1), ROUNDING);
    }
  }

  @Test
  void aReturnFromAMidOfZeroIsMissing() {
    BookBatch book = BookText.book(1, "-1 1 | 1 1\n 1 1 | 3 1");
    // 2 / 0 is no number
    assertThat(FeatureRuns.run(new MidReturn(Window.events(1)), book)[0]).containsExactly(NAN, NAN);
  }

  @Test
  void columnsCarryTheirUnit() {
    assertThat(new Mid().produces()).extracting(Feature::name).containsExactly("mid");
    assertThat(new Spread().produces())
        .extracting(Feature::name)
        .containsExactly("spread", "spread_bps");
    assertThat(new Microprice().produces())
        .extracting(Feature::name)
        .containsExactly("microprice", "microprice_deviation_bps");
    assertThat(new MidReturn(Window.events(10)).produces())
        .extracting(Feature::name)
        .containsExactly("mid_return_10e");
  }
}

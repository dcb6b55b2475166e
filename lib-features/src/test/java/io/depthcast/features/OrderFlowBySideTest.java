package io.depthcast.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.depthcast.book.BookBatch;
import io.depthcast.book.BookText;
import io.depthcast.book.RandomBook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderFlowBySideTest {

  private static final double NAN = Double.NaN;

  private static final String BOOK =
      """
      100 5   99 7 | 102 3   103 4
      100 8   99 7 | 102 3   103 6
      101 2  100 8 | 102 1   103 6
      101 2  100 8 | 101.5 9 102 1
       99 4   98 1 | 103 6   104 2
       99 4         | 103 6   104 2
       99 4   98 3 | 103 5   104 2
      """;

  @Test
  void givesTheFlowOfEachSideWithThePriceMoveBranches() {
    double[][] flow =
        FeatureRuns.run(new OrderFlowBySide(2, Window.events(1)), BookText.book(2, BOOK));
    // bid 1: 8-5, up +2, 2-2, down -2, 0, 0     bid 2: 7-7, up +8, 8-8, down -8, no bid twice
    // ask 1: 3-3, 1-3, down +9, up -9, 0, 5-6   ask 2: 6-4, 6-6, down +1, up -1, 0, 0
    assertThat(flow[0]).containsExactly(NAN, 3, 2, 0, -2, 0, 0);
    assertThat(flow[1]).containsExactly(NAN, 0, 8, 0, -8, NAN, NAN);
    assertThat(flow[2]).containsExactly(NAN, 0, -2, 9, -9, 0, -1);
    assertThat(flow[3]).containsExactly(NAN, 2, 0, 1, -1, 0, 0);
  }

  @Test
  void sumsOverTheWindow() {
    double[][] flow =
        FeatureRuns.run(new OrderFlowBySide(1, Window.events(3)), BookText.book(2, BOOK));
    // 3+2+0, 2+0-2, 0-2+0, -2+0+0; 0-2+9, -2+9-9, 9-9+0, -9+0-1
    assertThat(flow[0]).containsExactly(NAN, NAN, NAN, 5, 0, -2, -2);
    assertThat(flow[1]).containsExactly(NAN, NAN, NAN, 7, -2, 0, -10);
  }

  @ParameterizedTest
  @CsvSource({"10, 1e", "3, 50e", "4, 333e", "3, 1ms", "2, 4ms"})
  void equalsThePapersCases(int levels, String text) {
    Window window = Window.of(text);
    BookBatch book = RandomBook.withHoles(40, 3000, 10);
    double[][] flow = FeatureRuns.run(new OrderFlowBySide(levels, window), book);
    for (int m = 0; m < levels; m++) {
      double[] bid = book.bidPrice[m];
      double[] bidSize = book.bidSize[m];
      double[] ask = book.askPrice[m];
      double[] askSize = book.askSize[m];
      // sizes are at most 100: 333 terms of at most 100 err by less than 333^2 * 100 * 2^-53
      NaiveTwin.assertEqual(
          "bid " + m, flow[m], n -> sum(book, n, window, bid, bidSize, true), 1e-8);
      NaiveTwin.assertEqual(
          "ask " + m, flow[levels + m], n -> sum(book, n, window, ask, askSize, false), 1e-8);
    }
  }

  private static double sum(
      BookBatch book, int n, Window window, double[] price, double[] size, boolean isBid) {
    if (!NaiveWindow.isWhole(book, n, window)) {
      return NAN;
    }
    double sum = 0;
    for (int i = NaiveWindow.rowBefore(book, n, window) + 1; i <= n; i++) {
      if (Double.isNaN(price[i]) || Double.isNaN(price[i - 1])) {
        return NAN;
      }
      boolean better = isBid ? price[i] > price[i - 1] : price[i] < price[i - 1];
      if (better) {
        sum += size[i];
      } else if (price[i] == price[i - 1]) {
        sum += size[i] - size[i - 1];
      } else {
        sum -= size[i - 1];
      }
    }
    return sum;
  }

  @ParameterizedTest
  @CsvSource({"5, 7e", "2, 2ms"})
  void differenceOfTheSidesIsTheImbalance(int levels, String text) {
    Window window = Window.of(text);
    BookBatch book = RandomBook.full(41, 3000, 10);
    double[][] flow = FeatureRuns.run(new OrderFlowBySide(levels, window), book);
    double[][] imbalance = FeatureRuns.run(new OrderFlowImbalance(levels, window), book);
    for (int m = 0; m < levels; m++) {
      double[] bid = flow[m];
      double[] ask = flow[levels + m];
      NaiveTwin.assertEqual("level " + m, imbalance[m], n -> bid[n] - ask[n], 1e-8);
    }
  }

  @Test
  void namesColumnsBySideLevelAndWindow() {
    assertThat(new OrderFlowBySide(2, Window.milliseconds(500)).produces())
        .extracting(Feature::name)
        .containsExactly(
            "bid_order_flow_1_500ms",
            "bid_order_flow_2_500ms",
            "ask_order_flow_1_500ms",
            "ask_order_flow_2_500ms");
  }

  @Test
  void refusesParametersOutOfRange() {
    assertThatThrownBy(() -> new OrderFlowBySide(11, Window.events(1)))
        .hasMessage("Invalid levels: 11 (must be 1 to 10)");
  }
}

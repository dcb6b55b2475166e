package io.depthcast.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.depthcast.book.BookBatch;
import io.depthcast.book.BookText;
import io.depthcast.book.RandomBook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderFlowImbalanceTest {

  private static final double NAN = Double.NaN;

  // The comments give e_bid - e_ask at level 1, then at level 2, of the step to the row.
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
  void addsArrivingBidsAndTakesArrivingAsksWithThePriceMoveBranches() {
    double[][] ofi =
        FeatureRuns.run(new OrderFlowImbalance(2, Window.events(1)), BookText.book(2, BOOK));
    // row 2: (8-5) - (3-3) = 3           level 2: (7-7) - (6-4) = -2
    // row 3: bid up +2, (1-3) = -2: 4    level 2: bid up +8, (6-6): 8
    // row 4: (2-2), ask down +9: -9      level 2: (8-8), ask down +1: -1
    // row 5: bid down -2, ask up -9: 7   level 2: bid down -8, ask up -1: -7
    // row 6: 0                           level 2: no bid
    // row 7: 0 - (5-6) = 1               level 2: no bid in row 6
    assertThat(ofi[0]).containsExactly(NAN, 3, 4, -9, 7, 0, 1);
    assertThat(ofi[1]).containsExactly(NAN, -2, 8, -1, -7, NAN, NAN);
  }

  @Test
  void sumsOverTheWindow() {
    double[][] ofi =
        FeatureRuns.run(new OrderFlowImbalance(2, Window.events(2)), BookText.book(2, BOOK));
    // 3+4, 4-9, -9+7, 7+0, 0+1; level 2: -2+8, 8-1, -1-7
    assertThat(ofi[0]).containsExactly(NAN, NAN, 7, -5, -2, 7, 1);
    assertThat(ofi[1]).containsExactly(NAN, NAN, 6, 7, -8, NAN, NAN);
  }

  @ParameterizedTest
  @CsvSource({"1, 1e", "10, 1e", "10, 3e", "10, 10e", "10, 50e", "4, 333e", "3, 1ms", "2, 4ms"})
  void equalsThePapersLoop(int levels, String text) {
    Window window = Window.of(text);
    BookBatch book = RandomBook.withHoles(20, 3000, 10);
    double[][] ofi = FeatureRuns.run(new OrderFlowImbalance(levels, window), book);
    for (int level = 0; level < levels; level++) {
      int values = 0;
      for (int n = 0; n < book.rows; n++) {
        double expected = naive(book, level, n, window);
        if (Double.isNaN(expected)) {
          assertThat(ofi[level][n]).as("level %s, row %s", level + 1, n).isNaN();
        } else {
          values++;
          // sizes are at most 100, so 333 terms of at most 200 err by less than 333^2 * 200 * 2^-53
          assertThat(ofi[level][n])
              .as("level %s, row %s", level + 1, n)
              .isCloseTo(expected, within(1e-8));
        }
      }
      assertThat(values).isPositive();
    }
  }

  /** e_n = I(P>=P') q - I(P<=P') q' - I(A<=A') r + I(A>=A') r' as the paper writes it. */
  private static double naive(BookBatch book, int level, int n, Window window) {
    int before = NaiveWindow.rowBefore(book, n, window);
    if (before < 0) {
      return NAN;
    }
    double sum = 0;
    for (int i = before; i <= n; i++) {
      if (book.suspect[i] || Double.isNaN(book.bidPrice[level][i] + book.askPrice[level][i])) {
        return NAN;
      }
    }
    for (int i = before + 1; i <= n; i++) {
      double bid = book.bidPrice[level][i];
      double bidBefore = book.bidPrice[level][i - 1];
      double ask = book.askPrice[level][i];
      double askBefore = book.askPrice[level][i - 1];
      sum += bid >= bidBefore ? book.bidSize[level][i] : 0;
      sum -= bid <= bidBefore ? book.bidSize[level][i - 1] : 0;
      sum -= ask <= askBefore ? book.askSize[level][i] : 0;
      sum += ask >= askBefore ? book.askSize[level][i - 1] : 0;
    }
    return sum;
  }

  @Test
  void sumsOverATime() {
    BookBatch book = BookText.book(2, BOOK);
    long[] milliseconds = {0, 1, 1, 2, 4, 4, 5};
    for (int i = 0; i < book.rows; i++) {
      book.tsEvent[i] = milliseconds[i] * 1_000_000;
    }
    double[][] ofi = FeatureRuns.run(new OrderFlowImbalance(1, Window.milliseconds(2)), book);
    // The steps of level 1 are 3 and 4 at 1 ms, -9 at 2 ms, 7 and 0 at 4 ms, 1 at 5 ms. Later than
    // 0 ms: 3+4-9; later than 2 ms: 7, 7+0; later than 3 ms: 7+0+1.
    assertThat(ofi[0]).containsExactly(NAN, NAN, NAN, -2, 7, 7, 8);
  }

  @Test
  void namesColumnsByLevelAndWindow() {
    assertThat(new OrderFlowImbalance(2, Window.events(1)).produces())
        .extracting(Feature::name)
        .containsExactly("ofi_1", "ofi_2");
    assertThat(new OrderFlowImbalance(2, Window.events(50)).produces())
        .extracting(Feature::name)
        .containsExactly("ofi_1_50e", "ofi_2_50e");
  }

  @Test
  void refusesParametersOutOfRange() {
    assertThatThrownBy(() -> new OrderFlowImbalance(0, Window.events(1)))
        .hasMessage("Invalid levels: 0 (must be 1 to 10)");
    assertThatThrownBy(() -> new OrderFlowImbalance(11, Window.events(1)))
        .hasMessage("Invalid levels: 11 (must be 1 to 10)");
  }
}

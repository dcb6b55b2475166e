package io.depthcast.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.depthcast.book.BookBatch;
import io.depthcast.book.BookText;
import io.depthcast.book.RandomBook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SizeIncreaseImbalanceTest {

  private static final double NAN = Double.NaN;

  private static final String BOOK =
      """
      100 5   99 7 | 102 3   103 4
      100 8   99 7 | 102 3   103 6
      101 2  100 8 | 102 1   103 6
      101 2  100 8 | 101.5 9 102 1
       99 4         | 103 6   104 2
       99 6   98 3 | 103 5   104 2
      """;

  @Test
  void countsIncreasesOfSizeWhateverThePrices() {
    double[][] values =
        FeatureRuns.run(new SizeIncreaseImbalance(2, Window.events(1)), BookText.book(2, BOOK));
    // level 1: 8-5; 2 and 1 are less; 9-1 at the ask; 4-2 at the bid; 6-4 at the bid
    // level 2: 6-4 at the ask; 8-7 at the bid; nothing; no bid; no bid before
    assertThat(values[0]).containsExactly(NAN, 3, 0, -8, 2, 2);
    assertThat(values[1]).containsExactly(NAN, -2, 1, 0, NAN, NAN);
  }

  @Test
  void sumsOverTheWindow() {
    double[][] values =
        FeatureRuns.run(new SizeIncreaseImbalance(1, Window.events(3)), BookText.book(2, BOOK));
    // 3+0-8, 0-8+2, -8+2+2
    assertThat(values[0]).containsExactly(NAN, NAN, NAN, -5, -6, -4);
  }

  @ParameterizedTest
  @CsvSource({"10, 1e", "3, 50e", "4, 333e", "2, 4ms"})
  void equalsItsFormula(int levels, String text) {
    Window window = Window.of(text);
    BookBatch book = RandomBook.withHoles(42, 3000, 10);
    double[][] values = FeatureRuns.run(new SizeIncreaseImbalance(levels, window), book);
    for (int m = 0; m < levels; m++) {
      int level = m;
      NaiveTwin.assertEqual("level " + m, values[m], n -> naive(book, level, n, window), 1e-8);
    }
  }

  private static double naive(BookBatch book, int level, int n, Window window) {
    if (!NaiveWindow.isWhole(book, n, window)) {
      return NAN;
    }
    double sum = 0;
    for (int i = NaiveWindow.rowBefore(book, n, window) + 1; i <= n; i++) {
      double bid = book.bidSize[level][i] - book.bidSize[level][i - 1];
      double ask = book.askSize[level][i] - book.askSize[level][i - 1];
      if (Double.isNaN(bid + ask)) {
        return NAN;
      }
      sum += (bid > 0 ? bid : 0) - (ask > 0 ? ask : 0);
    }
    return sum;
  }

  @Test
  void saysInItsNameThatOnlyIncreasesCount() {
    assertThat(new SizeIncreaseImbalance(2, Window.events(50)).produces())
        .extracting(Feature::name)
        .containsExactly("size_increase_imbalance_1_50e", "size_increase_imbalance_2_50e");
  }

  @Test
  void refusesParametersOutOfRange() {
    assertThatThrownBy(() -> new SizeIncreaseImbalance(0, Window.events(1)))
        .hasMessage("Invalid levels: 0 (must be 1 to 10)");
  }
}

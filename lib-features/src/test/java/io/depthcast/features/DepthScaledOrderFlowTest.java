package io.depthcast.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.depthcast.book.BookBatch;
import io.depthcast.book.BookText;
import io.depthcast.book.RandomBook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DepthScaledOrderFlowTest {

  private static final double NAN = Double.NaN;

  private static final String BOOK =
      """
      100 5   99 7 | 102 3   103 4
      100 8   99 7 | 102 3   103 6
      101 2  100 8 | 102 4   103 6
      101 2         | 102 4   103 2
      """;

  @Test
  void dividesByTheMeanSizeOfTheLevelsInTheWindow() {
    double[][] values =
        FeatureRuns.run(new DepthScaledOrderFlow(2, Window.events(2)), BookText.book(2, BOOK));
    // ofi_1: 3 - 0, then bid up 2 - (4-3) = 1, then 0. ofi_2: 0 - 2, then bid up 8 - 0, then no
    // bid.
    // Mean sizes of the rows: (8+7+3+6)/4 = 6, (2+8+4+6)/4 = 5, (2+0+4+2)/4 = 2.
    // Row 3: (3+1) / ((6+5)/2) and (-2+8) / 5.5; row 4: (1+0) / ((5+2)/2).
    assertThat(values[0]).containsExactly(NAN, NAN, 4 / 5.5, 1 / 3.5);
    assertThat(values[1]).containsExactly(NAN, NAN, 6 / 5.5, NAN);
  }

  @ParameterizedTest
  @CsvSource({"10, 1e", "3, 50e", "1, 333e", "2, 4ms"})
  void equalsItsFormula(int levels, String text) {
    Window window = Window.of(text);
    BookBatch book = RandomBook.withHoles(43, 3000, 10);
    double[][] values = FeatureRuns.run(new DepthScaledOrderFlow(levels, window), book);
    double[][] flows = FeatureRuns.run(new OrderFlowImbalance(levels, window), book);
    for (int m = 0; m < levels; m++) {
      double[] flow = flows[m];
      // flows are up to 333 * 200, depths mostly about 50
      NaiveTwin.assertEqual(
          "level " + m,
          values[m],
          n -> Double.isNaN(flow[n]) ? NAN : flow[n] / depth(book, levels, n, window),
          1e-8);
    }
  }

  private static double depth(BookBatch book, int levels, int n, Window window) {
    double sum = 0;
    int before = NaiveWindow.rowBefore(book, n, window);
    for (int i = before + 1; i <= n; i++) {
      for (int m = 0; m < levels; m++) {
        sum += Double.isNaN(book.bidSize[m][i]) ? 0 : book.bidSize[m][i];
        sum += Double.isNaN(book.askSize[m][i]) ? 0 : book.askSize[m][i];
      }
    }
    return sum / (2.0 * levels * (n - before));
  }

  @Test
  void namesColumnsByLevelAndWindow() {
    assertThat(new DepthScaledOrderFlow(2, Window.events(50)).produces())
        .extracting(Feature::name)
        .containsExactly("scaled_ofi_1_50e", "scaled_ofi_2_50e");
  }

  @Test
  void refusesParametersOutOfRange() {
    assertThatThrownBy(() -> new DepthScaledOrderFlow(11, Window.events(1)))
        .hasMessage("Invalid levels: 11 (must be 1 to 10)");
  }
}

package io.depthcast.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.depthcast.book.BookBatch;
import io.depthcast.book.RandomBook;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link Window} and what runs over it, against loops over the rows of each window. */
class WindowTest {

  private static final int ROWS = 4000;

  private final BookBatch book = RandomBook.full(31, ROWS, 1);

  /** Of both signs, of many magnitudes, some missing. */
  private final double[] series = series();

  @Test
  void isReadAsItIsWritten() {
    assertThat(Window.of("50e")).isEqualTo(Window.events(50)).hasToString("50e");
    assertThat(Window.of("500ms")).isEqualTo(Window.milliseconds(500)).hasToString("500ms");
    assertThat(Window.of("500ms").nanos()).isEqualTo(500_000_000);
    assertThat(Window.of("500ms").rows()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "50", "e", "0e", "-1e", "1.5ms", "50 e", "10s", "50E", "9999999999e"})
  void refusesOtherTexts(String text) {
    assertThatThrownBy(() -> Window.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Invalid window: '%s' (must be events such as 50e or time such as 500ms)", text);
  }

  @Test
  void refusesLengthsOutOfRange() {
    assertThatThrownBy(() -> Window.of("1000001e"))
        .hasMessage("Invalid window: 1000001e (must be 1 to 1000000)");
    assertThatThrownBy(() -> Window.milliseconds(86_400_001))
        .hasMessage("Invalid window: 86400001ms (must be 1 to 86400000)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e", "2e", "50e", "700e", "1ms", "2ms", "13ms"})
  void sumIsThatOfTheRowsOfTheWindow(String text) {
    Window window = Window.of(text);
    double[] sums = series.clone();
    window.sum().slide(book, sums);
    for (int n = 0; n < ROWS; n++) {
      int before = NaiveWindow.rowBefore(book, n, window);
      if (before >= 0) {
        double expected = fold(before, n, 0, Double::sum);
        double size = fold(before, n, 0, (sum, value) -> sum + Math.abs(value));
        assertSame(sums[n], expected, 2.0 * (n - before) * 0x1p-53 * size, n);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e", "2e", "50e", "700e", "1ms", "2ms", "13ms"})
  void maxIsTheLargestOfTheRowsOfTheWindow(String text) {
    Window window = Window.of(text);
    double[] largest = series.clone();
    window.max().slide(book, largest);
    for (int n = 0; n < ROWS; n++) {
      int before = Math.max(-1, NaiveWindow.rowBefore(book, n, window));
      assertSame(largest[n], fold(before, n, Double.NEGATIVE_INFINITY, Math::max), 0, n);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e", "2e", "50e", "700e", "1ms", "2ms", "13ms"})
  void startIsTheRowBeforeTheWindow(String text) {
    Window window = Window.of(text);
    double[] values = series.clone();
    window.start().shift(book, values);
    for (int n = 0; n < ROWS; n++) {
      int before = NaiveWindow.rowBefore(book, n, window);
      assertSame(values[n], before < 0 ? Double.NaN : series[before], 0, n);
    }
  }

  @Test
  void sumOverTimeKeepsTheRowsOfTwoWindowsOnly() {
    TimeWindowSum sum = new TimeWindowSum(1_000_000);
    BookBatch second = new BookBatch(1, 1);
    second.rows = 1;
    double[] values = new double[1];
    // A quiet window after a busy one: 1 row in the millisecond after 3 rows, then a gap.
    long[] micros = {100, 200, 900, 1150, 5000};
    double[] expected = {1, 3, 7, 14, 16};
    for (int i = 0; i < micros.length; i++) {
      second.tsEvent[0] = micros[i] * 1000;
      values[0] = 1 << i;
      sum.slide(second, values);
      // 1150 us: later than 150 us are 200, 900 and 1150, 2 + 4 + 8
      assertThat(values[0]).isEqualTo(expected[i]);
    }
  }

  private double fold(int before, int n, double start, DoubleBinaryOperator operator) {
    double value = start;
    for (int i = before + 1; i <= n; i++) {
      value = operator.applyAsDouble(value, series[i]);
    }
    return value;
  }

  private static void assertSame(double actual, double expected, double error, int row) {
    if (Double.isNaN(expected)) {
      assertThat(actual).as("row %s", row).isNaN();
    } else {
      assertThat(actual).as("row %s", row).isCloseTo(expected, within(error));
    }
  }

  private static double[] series() {
    Random random = new Random(32);
    return random
        .doubles(ROWS)
        .map(value -> (value - 0.5) * Math.pow(10, random.nextInt(12) - 6.0))
        .map(value -> random.nextInt(300) == 0 ? Double.NaN : value)
        .toArray();
  }
}

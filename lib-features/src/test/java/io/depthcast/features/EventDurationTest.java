package io.depthcast.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.book.BookBatch;
import io.depthcast.book.BookText;
import io.depthcast.book.RandomBook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventDurationTest {

  private static final double NAN = Double.NaN;

  private static double[] run(String window) {
    BookBatch book = BookText.book(1, "100 5 | 102 3\n".repeat(5));
    long[] milliseconds = {0, 1, 1, 6, 8};
    for (int i = 0; i < book.rows; i++) {
      book.tsEvent[i] = 1_340_285_400_000_000_001L + milliseconds[i] * 1_000_000;
    }
    return FeatureRuns.run(new EventDuration(Window.of(window)), book)[0];
  }

  @Test
  void isTheTimeBetweenRows() {
    assertThat(run("1e")).containsExactly(NAN, 0.001, 0, 0.005, 0.002);
    // (1+0)/2, (0+5)/2, (5+2)/2
    assertThat(run("2e")).containsExactly(NAN, NAN, 0.0005, 0.0025, 0.0035);
    // 6 ms: later than 2 ms is row 4 alone, 5 after row 3; 8 ms: later than 4 ms are rows 4 and 5
    assertThat(run("4ms")).containsExactly(NAN, NAN, NAN, 0.005, 0.0035);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e", "50e", "333e", "1ms", "4ms"})
  void isTheTimeOfTheWindowOverItsRows(String text) {
    Window window = Window.of(text);
    BookBatch book = RandomBook.withHoles(48, 3000, 1);
    double[][] values = FeatureRuns.run(new EventDuration(window), book);
    NaiveTwin.assertEqual(
        text,
        values[0],
        n -> {
          int before = NaiveWindow.rowBefore(book, n, window);
          return NaiveWindow.isWhole(book, n, window)
              ? (book.tsEvent[n] - book.tsEvent[before]) / 1e9 / (n - before)
              : NAN;
        },
        1e-15);
  }

  @Test
  void namesItsColumnByWindow() {
    assertThat(new EventDuration(Window.events(50)).produces())
        .extracting(Feature::name)
        .containsExactly("event_duration_50e");
  }
}

package io.depthcast.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.depthcast.book.BookBatch;
import io.depthcast.book.BookText;
import io.depthcast.book.RandomBook;
import io.depthcast.book.Side;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueueSizeChangeTest {

  private static final double NAN = Double.NaN;

  private static final String BOOK =
      """
      100 5   98 7 | 102 3   103 4
      100 8   98 7 | 102 3   103 6
      101 2  100 8 | 102 1   103 6
       99 4   98 1 | 103 6   104 2
       99 4         | 103 5   105 2
       99 6   97 3 | 103 5   104 2
      """;

  @Test
  void followsAQueueAtItsPrice() {
    double[][] values =
        FeatureRuns.run(new QueueSizeChange(2, Window.events(1)), BookText.book(2, BOOK));
    // Bids. Row 3: 101 is new, above the best; 100 was level 1, 8 - 8. Row 4: 99 and 98 were out of
    // sight below 100. Row 5: 4 - 4. Row 6: 6 - 4; 97 was empty below the end of the book.
    assertThat(values[0]).containsExactly(NAN, 3, 2, NAN, 0, 2);
    assertThat(values[1]).containsExactly(NAN, 0, 0, NAN, NAN, 3);
    // Asks. Row 3: 1 - 3. Row 4: 103 was level 2, 6 - 6; 104 was out of sight. Row 5: 5 - 6;
    // 105 was out of sight. Row 6: 5 - 5; 104 was empty between 103 and 105.
    assertThat(values[2]).containsExactly(NAN, 0, -2, 0, -1, 0);
    assertThat(values[3]).containsExactly(NAN, 2, 0, NAN, NAN, 2);
  }

  @Test
  void comparesWithTheBookBeforeTheWindow() {
    double[][] values =
        FeatureRuns.run(new QueueSizeChange(2, Window.events(2)), BookText.book(2, BOOK));
    // Row 3 against row 1: 101 is new, 100 had 5. Row 4 against row 2: 99 lay between 100 and 98,
    // which had 7. Row 5 against row 3: out of sight. Row 6 against row 4: 6 - 4; 97 out of sight.
    assertThat(values[0]).containsExactly(NAN, NAN, 2, 4, NAN, 2);
    assertThat(values[1]).containsExactly(NAN, NAN, 3, -6, NAN, NAN);
  }

  @ParameterizedTest
  @CsvSource({"10, 1e", "3, 50e", "1, 333e", "5, 4ms"})
  void equalsALookUpInTheOldBook(int levels, String text) {
    Window window = Window.of(text);
    BookBatch book = RandomBook.withHoles(50, 3000, 10);
    double[][] values = FeatureRuns.run(new QueueSizeChange(levels, window), book);
    for (int m = 0; m < levels; m++) {
      int level = m;
      NaiveTwin.assertEqual(
          "bid " + m, values[m], n -> naive(book, n, window, Side.BID, levels, level), 0);
      NaiveTwin.assertEqual(
          "ask " + m, values[levels + m], n -> naive(book, n, window, Side.ASK, levels, level), 0);
    }
  }

  private static double naive(
      BookBatch book, int n, Window window, Side side, int levels, int level) {
    double[][] prices = side == Side.BID ? book.bidPrice : book.askPrice;
    double[][] sizes = side == Side.BID ? book.bidSize : book.askSize;
    double price = prices[level][n];
    if (!NaiveWindow.isWhole(book, n, window) || Double.isNaN(price)) {
      return NAN;
    }
    int old = NaiveWindow.rowBefore(book, n, window);
    for (int m = 0; m < levels; m++) {
      if (prices[m][old] == price) {
        return sizes[level][n] - sizes[m][old];
      }
    }
    double last = prices[levels - 1][old];
    boolean outOfSight = side == Side.BID ? price < last : price > last;
    return outOfSight ? NAN : sizes[level][n];
  }

  @Test
  void namesColumnsBySideLevelAndWindow() {
    assertThat(new QueueSizeChange(1, Window.milliseconds(500)).produces())
        .extracting(Feature::name)
        .containsExactly("bid_queue_change_1_500ms", "ask_queue_change_1_500ms");
  }

  @Test
  void refusesParametersOutOfRange() {
    assertThatThrownBy(() -> new QueueSizeChange(0, Window.events(1)))
        .hasMessage("Invalid levels: 0 (must be 1 to 10)");
  }
}

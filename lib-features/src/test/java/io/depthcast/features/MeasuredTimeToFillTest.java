package io.depthcast.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.book.BookBatch;
import io.depthcast.book.EventType;
import io.depthcast.book.RandomBook;
import io.depthcast.book.Side;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeasuredTimeToFillTest {

  private static final double NAN = Double.NaN;

  private static final String ORDERS =
      """
      update             | 100 5  | 102 3
      update             | 100 5  | 102 3
      update             | 100 5  | 102 3
      update             | 100 5  | 102 3
      add bid 4 100 2    | 100 9  | 102 3
      add bid 6 99 3     | 100 9  | 102 3
      add ask 4 101 4    | 100 9  | 101 4
      trade bid 1 100 2  | 100 8  | 101 4
      trade bid 1 100 2  | 100 7  | 101 4
      trade ask 4 101 4  | 100 7  | 102 3
      trade bid 2 99 3   | 100 7  | 102 3
      """;

  @Test
  void averagesTheWaitOfOrdersThatJoinedTheBestPriceForTheirFirstExecution() {
    BookBatch book = EventText.book(1, ORDERS);
    for (int i = 0; i < book.rows; i++) {
      book.tsEvent[i] = i * (i + 1L) / 2 * 1_000_000_000L;
    }
    double[][] waits = FeatureRuns.run(new MeasuredTimeToFill(Window.events(4)), book);
    // Rows come at 0, 1, 3, 6, 10, 15, 21, 28, 36, 45, 55 s. Order 2 joins the best bid at 10 and
    // is
    // executed first at 28; the second time does not count. Order 4 makes a best ask at 21 and is
    // executed at 45. Order 3 did not join the best price.
    assertThat(waits[0]).containsExactly(NAN, NAN, NAN, NAN, NAN, NAN, NAN, 18, 18, 18, 18);
    assertThat(waits[1]).containsExactly(NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, 24, 24);
  }

  @ParameterizedTest
  @ValueSource(strings = {"50e", "333e", "4ms"})
  void equalsALookUpOfTheArrivals(String text) {
    assertEqualsTwin(RandomBook.withHoles(54, 3000, 1), Window.of(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"50e", "700e", "4ms"})
  void equalsThatLookUpOnADayOfOrders(String text) {
    assertEqualsTwin(RandomOrders.book(55, 3000, 1), Window.of(text));
  }

  private static void assertEqualsTwin(BookBatch book, Window window) {
    double[][] waits = FeatureRuns.run(new MeasuredTimeToFill(window), book);
    for (Side side : Side.values()) {
      NaiveTwin.assertEqual(
          side.column(), waits[side.ordinal()], n -> naive(book, n, window, side), 1e-12);
    }
  }

  private static double naive(BookBatch book, int n, Window window, Side side) {
    if (!NaiveWindow.isDoubleWhole(book, n, window)) {
      return NAN;
    }
    double sum = 0;
    int count = 0;
    for (int i = NaiveWindow.rowBefore(book, n, window) + 1; i <= n; i++) {
      boolean isExecution =
          book.eventType[i] == EventType.TRADE.ordinal() && book.side[i] == side.ordinal();
      int joined = isExecution ? joined(book, i, window) : -1;
      if (joined >= 0) {
        sum += (book.tsEvent[i] - book.tsEvent[joined]) / 1e9;
        count++;
      }
    }
    return count == 0 ? NAN : sum / count;
  }

  /** Where the order of row i joined the best price, if nothing else has befallen it since. */
  private static int joined(BookBatch book, int i, Window window) {
    int before = NaiveWindow.rowBefore(book, i, window);
    for (int j = i - 1; j > before; j--) {
      EventType type = EventType.values()[book.eventType[j]];
      if (book.orderId[j] == book.orderId[i]
          && (type == EventType.ADD || type == EventType.TRADE || type == EventType.DELETE)) {
        double best =
            book.side[j] == Side.BID.ordinal() ? book.bidPrice[0][j] : book.askPrice[0][j];
        return type == EventType.ADD && book.price[j] == best ? j : -1;
      }
    }
    return -1;
  }

  @Test
  void namesColumnsBySideAndWindow() {
    assertThat(new MeasuredTimeToFill(Window.events(500)).produces())
        .extracting(Feature::name)
        .containsExactly("bid_measured_time_to_fill_500e", "ask_measured_time_to_fill_500e");
  }
}

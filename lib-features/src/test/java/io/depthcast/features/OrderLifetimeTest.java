package io.depthcast.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.book.BookBatch;
import io.depthcast.book.EventType;
import io.depthcast.book.RandomBook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderLifetimeTest {

  private static final double NAN = Double.NaN;

  private static final String ORDERS =
      """
      add bid 5 100 1     | 100 5  | 102 3
      add bid 4 100 2     | 100 9  | 102 3
      add bid 6 100 3     | 100 15 | 102 3
      delete bid 4 100 2  | 100 11 | 102 3
      trade bid 2 100 1   | 100 9  | 102 3
      trade bid 3 100 1   | 100 6  | 102 3
      delete bid 6 100 3  | 100 6  | 102 3
      delete bid 6 100 3  | 100 6  | 102 3
      trade bid 6 100     | 100 6  | 102 3
      """;

  @Test
  void averagesTheAgesOfOrdersThatArrivedInTheWindow() {
    BookBatch book = EventText.book(1, ORDERS);
    for (int i = 0; i < book.rows; i++) {
      book.tsEvent[i] = (1L << i) * 1_000_000_000L;
    }
    double[][] ages = FeatureRuns.run(new OrderLifetime(Window.events(4)), book);
    // Rows come at 1, 2, 4, 8, 16, 32, 64, 128, 256 s; values begin at row 7. Deleted: row 4, order
    // 2 at the age of 6; row 7, order 3 had come 4 rows before, out of the window; row 8 is of an
    // order that is gone. Executed: row 5, order 1 had come 4 rows before; row 6 likewise.
    assertThat(ages[0]).containsExactly(NAN, NAN, NAN, NAN, NAN, NAN, 6, NAN, NAN);
    assertThat(ages[1]).containsOnly(NAN);
    ages = FeatureRuns.run(new OrderLifetime(Window.events(5)), book);
    // Values begin at row 9, whose window is rows 5 to 9. Row 7, order 3 at 64 - 4. Rows 5 and 6:
    // order 1 at 15, then it is out of the window.
    assertThat(ages[0]).containsExactly(NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, 60);
    assertThat(ages[1]).containsExactly(NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, 15);
  }

  @ParameterizedTest
  @ValueSource(strings = {"7e", "50e", "333e", "1ms", "4ms"})
  void equalsALookUpOfTheArrivals(String text) {
    BookBatch book = RandomBook.withHoles(52, 3000, 1);
    assertEqualsTwin(book, Window.of(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"50e", "700e", "4ms"})
  void equalsThatLookUpOnADayOfOrders(String text) {
    assertEqualsTwin(RandomOrders.book(53, 3000, 1), Window.of(text));
  }

  private static void assertEqualsTwin(BookBatch book, Window window) {
    double[][] ages = FeatureRuns.run(new OrderLifetime(window), book);
    NaiveTwin.assertEqual("deleted", ages[0], n -> naive(book, n, window, EventType.DELETE), 1e-12);
    NaiveTwin.assertEqual("executed", ages[1], n -> naive(book, n, window, EventType.TRADE), 1e-12);
  }

  private static double naive(BookBatch book, int n, Window window, EventType end) {
    if (!NaiveWindow.isDoubleWhole(book, n, window)) {
      return NAN;
    }
    double sum = 0;
    int count = 0;
    for (int i = NaiveWindow.rowBefore(book, n, window) + 1; i <= n; i++) {
      int arrival = book.eventType[i] == end.ordinal() ? arrival(book, i, window) : -1;
      if (arrival >= 0) {
        sum += (book.tsEvent[i] - book.tsEvent[arrival]) / 1e9;
        count++;
      }
    }
    return count == 0 ? NAN : sum / count;
  }

  /** The last arrival of the order of row i in its window, -1 if it was deleted since. */
  private static int arrival(BookBatch book, int i, Window window) {
    int before = NaiveWindow.rowBefore(book, i, window);
    for (int j = i - 1; j > before; j--) {
      if (book.orderId[j] == book.orderId[i]) {
        if (book.eventType[j] == EventType.DELETE.ordinal()) {
          return -1;
        }
        if (book.eventType[j] == EventType.ADD.ordinal()) {
          return j;
        }
      }
    }
    return -1;
  }

  @Test
  void namesColumnsByWindow() {
    assertThat(new OrderLifetime(Window.events(500)).produces())
        .extracting(Feature::name)
        .containsExactly("deleted_order_age_500e", "executed_order_age_500e");
  }
}

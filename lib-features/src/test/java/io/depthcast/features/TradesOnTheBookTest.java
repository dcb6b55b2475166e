package io.depthcast.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.depthcast.book.BookBatch;
import io.depthcast.book.BookText;
import io.depthcast.book.EventType;
import io.depthcast.book.RandomBook;
import io.depthcast.book.Side;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link TradeVwap} and {@link TradeResilience}. */
class TradesOnTheBookTest {

  private static final double NAN = Double.NaN;
  private static final Offset<Double> ROUNDING = within(1e-9);

  @Test
  void vwapIsTheMeanPriceOfTheTradesInTheWindow() {
    BookBatch book = book(" 99 1 | 101 1\n".repeat(6));
    event(book, 1, EventType.TRADE, Side.ASK, 101, 3);
    event(book, 2, EventType.HIDDEN_TRADE, Side.BID, 100, 1);
    event(book, 3, EventType.CROSS, Side.BID, 50, 1000);
    double[][] vwap = FeatureRuns.run(new TradeVwap(Window.events(2)), book);
    // only the first: 101; both: (303+100)/4 = 100.75; only the second: 100; then none
    assertThat(vwap[0]).containsExactly(NAN, 101, 100.75, 100, NAN, NAN);
    // against the mid of 100
    assertThat(vwap[1]).containsExactly(NAN, 100, 75, 0, NAN, NAN);
  }

  @Test
  void resilienceIsTheShareThatIsBackOnAVenueOfOrders() {
    BookBatch book =
        book(
            """
             99 10   98 5 | 101 4   102 1
             99  6   98 5 | 101 4   102 1
             99  8   98 5 | 101 4   102 1
            100  3   99 6 | 101 4   102 1
             98  5   97 1 | 101 4   102 1
             98  5   97 1 | 102 1   103 1
             98  5   97 1 | 101.5 2 102 1
            """);
    event(book, 1, EventType.TRADE, Side.BID, 99, 4);
    event(book, 5, EventType.TRADE, Side.ASK, 101, 4);
    double[][] resilience = FeatureRuns.run(new TradeResilience(2, Window.events(4)), book);
    // 10 stood at 99 or better, 4 are taken. Row 2 (in warm-up): 6. Row 3 (in warm-up): 8. Row 4
    // (in
    // warm-up): 3+6. Row 5: nothing stands at 99 or better, (0 - 6) / 4.
    // Row 6: the ask's 4 at 101 are taken, 0. Row 7: 101.5 is no better than 101.
    assertThat(resilience[0]).containsExactly(NAN, NAN, NAN, NAN, -1.5, 0, 0);
    assertThat(resilience[1]).containsExactly(NAN, NAN, NAN, NAN, 0, 0, 0);
    double[][] soon = FeatureRuns.run(new TradeResilience(2, Window.events(1)), book);
    // only in the rows of the trades: (6 - 6) / 4, (0 - 0) / 4
    assertThat(soon[0]).containsExactly(NAN, 0, NAN, NAN, NAN, 0, NAN);
    double[][] later = FeatureRuns.run(new TradeResilience(2, Window.events(2)), book);
    // the row after the first trade: 8 - 6 of 4 are back
    assertThat(later[0]).containsExactly(NAN, NAN, 0.5, NAN, NAN, 0, 0);
    // 8 of 10
    assertThat(later[1]).containsExactly(NAN, NAN, 0.8, NAN, NAN, 0, 0);
  }

  @Test
  void resilienceOnAVenueOfLevelsFallsWhenTheUpdateComes() {
    BookBatch book =
        book(
            """
             99 10 | 101 4
             99 10 | 101 4
             99 10 | 101 4
             99 10 | 101 4
             99  7 | 101 4
             99  9 | 101 4
             99 15 | 101 4
            """);
    Arrays.fill(book.eventType, (byte) EventType.UPDATE.ordinal());
    event(book, 3, EventType.TRADE, Side.BID, 99, 4);
    double[][] resilience = FeatureRuns.run(new TradeResilience(1, Window.events(3)), book);
    // 10 - 4 = 6 would be left: 10 are still shown, then (7 - 6) / 4 and (9 - 6) / 4; then the
    // trade is out of the window
    assertThat(resilience[0]).containsExactly(NAN, NAN, NAN, 1, 0.25, 0.75, NAN);
    assertThat(resilience[1]).containsExactly(NAN, NAN, NAN, 1, 0.7, 0.9, NAN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e", "2e", "50e", "400e", "1ms", "4ms"})
  void vwapEqualsItsFormulaRowByRow(String text) {
    Window window = Window.of(text);
    BookBatch book = RandomBook.withHoles(45, 2000, 1);
    double[][] vwap = FeatureRuns.run(new TradeVwap(window), book);
    int values = 0;
    for (int n = 0; n < book.rows; n++) {
      int before = NaiveWindow.rowBefore(book, n, window);
      boolean whole = isClean(book, window.isTime() ? before : before + 1, n);
      double money = 0;
      double volume = 0;
      for (int i = Math.max(0, before + 1); i <= n; i++) {
        EventType type = EventType.values()[book.eventType[i]];
        if (type == EventType.TRADE || type == EventType.HIDDEN_TRADE) {
          money += book.price[i] * book.size[i];
          volume += book.size[i];
        }
      }
      double expected = whole && volume > 0 ? money / volume : NAN;
      assertClose(vwap[0][n], expected, n);
      assertClose(vwap[1][n], (expected / book.mid(n) - 1) * 1e4, n);
      values += Double.isFinite(expected) ? 1 : 0;
    }
    assertThat(values).isPositive();
  }

  @ParameterizedTest
  @CsvSource({"1, 1e", "10, 2e", "3, 50e", "10, 400e", "5, 1ms", "10, 4ms"})
  void resilienceEqualsItsFormulaRowByRow(int levels, String text) {
    Window window = Window.of(text);
    BookBatch book = RandomBook.withHoles(46, 2000, 10);
    double[][] resilience = FeatureRuns.run(new TradeResilience(levels, window), book);
    int values = 0;
    for (int n = 0; n < book.rows; n++) {
      int before = NaiveWindow.rowBefore(book, n, window);
      int trade = n;
      while (trade > before && trade > 0 && book.eventType[trade] != EventType.TRADE.ordinal()) {
        trade--;
      }
      boolean whole = isClean(book, Math.min(before, n - 1), n);
      double expected = NAN;
      double ratio = NAN;
      if (whole && trade > before) {
        double stood = standing(book, levels, trade - 1, trade);
        double stands = standing(book, levels, n, trade);
        expected = (stands - (stood - book.size[trade])) / book.size[trade];
        ratio = stood > 0 ? stands / stood : NAN;
        values++;
      }
      assertClose(resilience[0][n], expected, n);
      assertClose(resilience[1][n], ratio, n);
    }
    assertThat(values).isPositive();
  }

  private static double standing(BookBatch book, int levels, int row, int trade) {
    int sign = book.side[trade] == Side.BID.ordinal() ? 1 : -1;
    double[][] prices = sign > 0 ? book.bidPrice : book.askPrice;
    double[][] sizes = sign > 0 ? book.bidSize : book.askSize;
    double standing = 0;
    for (int m = 0; m < levels; m++) {
      if (sign * prices[m][row] >= sign * book.price[trade]) {
        standing += sizes[m][row];
      }
    }
    return standing;
  }

  private static boolean isClean(BookBatch book, int first, int last) {
    boolean clean = first >= 0;
    for (int i = Math.max(0, first); i <= last; i++) {
      clean &= !book.suspect[i];
    }
    return clean;
  }

  private static void assertClose(double actual, double expected, int row) {
    if (Double.isNaN(expected)) {
      assertThat(actual).as("row %s", row).isNaN();
    } else {
      assertThat(actual).as("row %s", row).isCloseTo(expected, ROUNDING);
    }
  }

  @Test
  void namesColumnsByWindow() {
    assertThat(new TradeVwap(Window.events(50)).produces())
        .extracting(Feature::name)
        .containsExactly("trade_vwap_50e", "trade_vwap_deviation_bps_50e");
    assertThat(new TradeResilience(5, Window.milliseconds(500)).produces())
        .extracting(Feature::name)
        .containsExactly("trade_resilience_500ms", "trade_depth_ratio_500ms");
  }

  @Test
  void refusesLevelsOutOfRange() {
    assertThatThrownBy(() -> new TradeResilience(11, Window.events(1)))
        .hasMessage("Invalid levels: 11 (must be 1 to 10)");
  }

  /** Rows without an event of a trade. */
  private static BookBatch book(String text) {
    BookBatch book = BookText.book(2, text);
    Arrays.fill(book.eventType, (byte) EventType.ADD.ordinal());
    return book;
  }

  private static void event(
      BookBatch book, int row, EventType type, Side side, double price, double size) {
    book.eventType[row] = (byte) type.ordinal();
    book.side[row] = (byte) side.ordinal();
    book.price[row] = price;
    book.size[row] = size;
  }
}

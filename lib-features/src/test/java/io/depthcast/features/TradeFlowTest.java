package io.depthcast.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.book.BookBatch;
import io.depthcast.book.EventType;
import io.depthcast.book.RandomBook;
import io.depthcast.book.Side;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TradeFlowTest {

  private static final double NAN = Double.NaN;

  // The event of the row, and the book after it, which does not matter here.
  private static final String EVENTS =
      """
      snapshot     | 100 5 | 102 3
      update       | 100 9 | 102 3
      trade ask 2  | 100 9 | 102 3
      hidden_trade bid 7 | 100 9 | 102 3
      trade bid 3  | 100 9 | 102 3
      trade ask 4  | 100 9 | 102 3
      add bid 8    | 100 9 | 102 3
      snapshot     | 100 9 | 102 3
      snapshot     | 100 9 | 102 3
      """;

  private static BookBatch events() {
    return EventText.book(1, EVENTS);
  }

  @Test
  void signsTheSizeOfTradesByTheSideTheyAreNotRestingOn() {
    double[][] values = FeatureRuns.run(new TradeFlow(Window.events(1)), events());
    assertThat(values[0]).containsExactly(NAN, 0, 2, 0, -3, 4, 0, NAN, NAN);
    assertThat(values[1]).containsExactly(NAN, NAN, 1, NAN, -1, 1, NAN, NAN, NAN);
    assertThat(values[2]).containsExactly(NAN, 0, 1, 0, 1, 1, 0, NAN, NAN);
  }

  @Test
  void sumsOverTheWindowAndIsMissingWhereItHoldsSnapshotsOnly() {
    double[][] values = FeatureRuns.run(new TradeFlow(Window.events(2)), events());
    // buys less sells: rows 2-3: 2; 3-4: 2; 4-5: -3; 5-6: 4-3 of 7; 6-7: 4; 7-8: none
    assertThat(values[0]).containsExactly(NAN, 0, 2, 2, -3, 1, 4, 0, NAN);
    assertThat(values[1]).containsExactly(NAN, NAN, 1, 1, -1, 1 / 7.0, 1, NAN, NAN);
    assertThat(values[2]).containsExactly(NAN, 0, 1, 1, 1, 2, 1, 0, NAN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e", "50e", "333e", "1ms", "4ms"})
  void equalsALoopOverTheTrades(String text) {
    Window window = Window.of(text);
    BookBatch book = RandomBook.withHoles(44, 3000, 10);
    double[][] values = FeatureRuns.run(new TradeFlow(window), book);
    NaiveTwin.assertEqual("signed", values[0], n -> naive(book, n, window)[0], 1e-8);
    NaiveTwin.assertEqual("imbalance", values[1], n -> naive(book, n, window)[1], 1e-12);
    NaiveTwin.assertEqual("trades", values[2], n -> naive(book, n, window)[2], 0);
  }

  private static double[] naive(BookBatch book, int n, Window window) {
    int from = NaiveWindow.rowBefore(book, n, window) + 1;
    // rows of the window alone are needed, of a window of time one that shows where it begins
    boolean whole = window.isTime() ? NaiveWindow.isWhole(book, n, window) : from >= 0;
    double signed = 0;
    double volume = 0;
    int trades = 0;
    int told = 0;
    for (int i = Math.max(0, from); i <= n; i++) {
      EventType type = EventType.values()[book.eventType[i]];
      whole &= !book.suspect[i];
      told += type == EventType.SNAPSHOT ? 0 : 1;
      if (type == EventType.TRADE) {
        signed += book.size[i] * (book.side[i] == Side.BID.ordinal() ? -1 : 1);
        volume += book.size[i];
        trades++;
      }
    }
    return whole && told > 0
        ? new double[] {signed, trades == 0 ? NAN : signed / volume, trades}
        : new double[] {NAN, NAN, NAN};
  }

  @Test
  void namesColumnsByWindow() {
    assertThat(new TradeFlow(Window.milliseconds(500)).produces())
        .extracting(Feature::name)
        .containsExactly("signed_volume_500ms", "trade_imbalance_500ms", "trades_500ms");
  }
}

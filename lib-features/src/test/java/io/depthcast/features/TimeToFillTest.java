package io.depthcast.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.depthcast.book.BookBatch;
import io.depthcast.book.RandomBook;
import io.depthcast.book.Side;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeToFillTest {

  private static final double NAN = Double.NaN;

  private static final String ORDERS =
      """
      add bid 9 100 1    | 100 9 | 102 3
      add bid 4 100 2    | 100 13 | 102 3
      trade bid 2 100 1  | 100 11 | 102 3
      cancel bid 3 100 2 | 100 8 | 102 3
      add ask 4 102 3    | 100 8 | 102 7
      """;

  private static double[][] run(double cancelsAhead) {
    BookBatch book = EventText.book(1, ORDERS);
    for (int i = 0; i < book.rows; i++) {
      book.tsEvent[i] = i * 1_000_000_000L;
    }
    return FeatureRuns.run(new TimeToFill(Window.events(2), cancelsAhead), book);
  }

  @Test
  void dividesTheQueueByHowFastItShrinks() {
    // Row 3: 2 executed in 2 s, 1 a second; row 4: and 3 withdrawn, 1.5 a second; row 5: those
    // only.
    assertThat(run(1)[0]).containsExactly(NAN, NAN, 11 / 1.0, 8 / (1 + 1.5), 8 / 1.5);
    assertThat(run(0.5)[0]).containsExactly(NAN, NAN, 11 / 1.0, 8 / (1 + 0.75), 8 / 0.75);
    assertThat(run(0)[0]).containsExactly(NAN, NAN, 11 / 1.0, 8 / 1.0, NAN);
    // Nothing leaves the ask.
    assertThat(run(1)[1]).containsExactly(NAN, NAN, NAN, NAN, NAN);
  }

  @ParameterizedTest
  @CsvSource({"50e, 1", "120e, 0.5", "1ms, 0", "2ms, 0.1"})
  void equalsItsFormula(String text, double cancelsAhead) {
    Window window = Window.of(text);
    BookBatch book = RandomBook.withHoles(49, 1000, 2);
    double[][] values = FeatureRuns.run(new TimeToFill(window, cancelsAhead), book);
    for (Side side : Side.values()) {
      double[] queue = side == Side.BID ? book.bidSize[0] : book.askSize[0];
      NaiveTwin.assertEqual(
          side.column(),
          values[side.ordinal()],
          n -> {
            NaiveQueueFlows flow = NaiveQueueFlows.of(book, n, window, side, 1, 0);
            double gone = flow.executed() + cancelsAhead * flow.cancelled();
            return gone > 0 ? queue[n] / (gone / flow.seconds()) : NAN;
          },
          1e-9);
    }
  }

  @Test
  void namesColumnsBySideAndWindow() {
    assertThat(new TimeToFill(Window.events(50), 1).produces())
        .extracting(Feature::name)
        .containsExactly("bid_time_to_fill_50e", "ask_time_to_fill_50e");
  }

  @Test
  void refusesParametersOutOfRange() {
    assertThatThrownBy(() -> new TimeToFill(Window.events(1), 1.5))
        .hasMessage("Invalid cancelsAhead: 1.5 (must be 0 to 1)");
    assertThatThrownBy(() -> new TimeToFill(Window.events(1), NAN))
        .hasMessage("Invalid cancelsAhead: NaN (must be 0 to 1)");
  }
}

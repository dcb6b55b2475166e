package io.depthcast.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.depthcast.book.BookBatch;
import io.depthcast.costs.Fee;
import java.time.LocalDate;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class TakerSimulationTest {

  private static final Offset<Double> ROUNDING = within(1e-9);

  private static Taker taker(double size, long latencyUs) {
    return new Taker(size, 0.5, 0.1, latencyUs);
  }

  @Test
  void fillsAtTheBookStandingAfterTheLatency() {
    BookText book =
        BookText.of(
            1,
            """
            0   | 10@10.00 | 10@10.02 | .8 .1
            50  | 10@10.02 | 10@10.04 | -
            100 | 10@10.04 | 10@10.08 | -
            150 | 10@10.04 | 10@10.10 | -
            """);
    Traded traded = Traded.on(book, taker(5, 100), Traded.FREE);

    // Decided at 0 with mid 10.01; arrives at 100, after the event of that time: mid 10.06.
    Fill open = traded.fills().get(0);
    assertThat(open.seq()).isEqualTo(3);
    assertThat(open.side()).isEqualTo(TradeSide.BUY);
    assertThat(open.size()).isEqualTo(5);
    assertThat(open.price()).isEqualTo(10.08);
    assertThat(open.decisionMid()).isCloseTo(10.01, ROUNDING);
    assertThat(open.tsDecision()).isZero();
    assertThat(open.tsFill()).isEqualTo(100_000);
    assertThat(open.costs().spreadCost()).isCloseTo(5 * (10.08 - 10.06), ROUNDING);
    assertThat(open.costs().slippage()).isCloseTo(5 * (10.06 - 10.01), ROUNDING);
    assertThat(open.costs().impact()).isZero();
    // 0 held before, less 0.10 + 0.25
    assertThat(open.pnl()).isCloseTo(-0.35, ROUNDING);
    assertThat(open.closing()).isFalse();

    // Closed on the last book, mid 10.07: made 5 * (10.07 - 10.01) = 0.30, spread 5 * 0.03 = 0.15
    Fill close = traded.fills().get(1);
    assertThat(close.seq()).isEqualTo(4);
    assertThat(close.side()).isEqualTo(TradeSide.SELL);
    assertThat(close.price()).isEqualTo(10.04);
    assertThat(close.tsFill()).isEqualTo(150_000);
    assertThat(close.pnl()).isCloseTo(0.15, ROUNDING);
    assertThat(close.positionAfter()).isZero();
    assertThat(close.closing()).isTrue();

    // Cash: -5 * 10.08 + 5 * 10.04 = -0.20
    assertThat(traded.fills()).hasSize(2);
    assertThat(traded.result().net()).isCloseTo(-0.20, ROUNDING);
    assertThat(traded.result().gross()).isCloseTo(0.30, ROUNDING);
    assertThat(traded.result().costs().total()).isCloseTo(0.50, ROUNDING);
    assertThat(traded.orders(OrderOutcome.FILLED)).isEqualTo(1);
  }

  @Test
  void walksTheLevelsAndPaysTheFee() {
    BookText book =
        BookText.of(
            3,
            """
            0  | 5@9.98 20@9.97 | 5@10.00 4@10.01 9@10.03 | .9 .1
            10 | 5@9.98 20@9.97 | 5@10.00 4@10.01 9@10.03 | -
            """);
    Fee fee = new Fee(LocalDate.EPOCH, 0, 0, 0, 0.003);
    Traded traded = Traded.on(book, taker(12, 0), fee);

    // 5 * 10.00 + 4 * 10.01 + 3 * 10.03 = 120.13 for 12; at the best price 120.00; mid 9.99
    Fill open = traded.fills().get(0);
    assertThat(open.seq()).isEqualTo(1);
    assertThat(open.price()).isCloseTo(120.13 / 12, ROUNDING);
    assertThat(open.costs().fee()).isCloseTo(0.036, ROUNDING);
    assertThat(open.costs().spreadCost()).isCloseTo(0.12, ROUNDING);
    assertThat(open.costs().slippage()).isZero();
    assertThat(open.costs().impact()).isCloseTo(0.13, ROUNDING);
    assertThat(open.pnl()).isCloseTo(-0.286, ROUNDING);

    // 5 * 9.98 + 7 * 9.97 = 119.69; at the best price 119.76
    Fill close = traded.fills().get(1);
    assertThat(close.price()).isCloseTo(119.69 / 12, ROUNDING);
    assertThat(close.costs().impact()).isCloseTo(0.07, ROUNDING);
    // Cash: 119.69 - 120.13 - 2 * 0.036 = -0.512
    assertThat(traded.result().net()).isCloseTo(-0.512, ROUNDING);
    assertThat(traded.result().gross()).isZero();
  }

  @Test
  void cancelsWhatTheLevelsCannotFillAndAsksAgainOnANewSignalOnly() {
    BookText book =
        BookText.of(
            2,
            """
            0  | 9@9.98  | 5@10.00 4@10.01 | .9 .1
            10 | 9@9.98  | 5@10.00         | .5 .3
            20 | 9@9.98  | 5@10.00         | .9 .1
            30 | 12@9.98 | 5@10.00         | -
            """);
    Traded traded = Traded.on(book, taker(12, 0), Traded.FREE);

    // 9 of 12 at seq 1; edge 0.2 keeps; edge 0.8 asks for the missing 3 at seq 3
    assertThat(traded.fills()).extracting(Fill::seq).containsExactly(1L, 3L, 4L);
    assertThat(traded.fills()).extracting(Fill::size).containsExactly(9.0, 3.0, 12.0);
    assertThat(traded.fills()).extracting(Fill::positionAfter).containsExactly(9.0, 12.0, 0.0);
    assertThat(traded.result().cancelledSize()).isEqualTo(3);
    assertThat(traded.orders(OrderOutcome.PARTLY_FILLED)).isEqualTo(1);
    assertThat(traded.orders(OrderOutcome.FILLED)).isEqualTo(1);
  }

  @Test
  void closesWhatTheLevelsLackAtTheLastLevel() {
    BookText book =
        BookText.of(
            2,
            """
            0  | 9@9.98        | 12@10.00 | .9 .1
            10 | 4@9.98 3@9.97 | 12@10.00 | -
            """);
    Traded traded = Traded.on(book, taker(12, 0), Traded.FREE);

    // 4 * 9.98 + 3 * 9.97 and 5 more at 9.97 = 119.68
    Fill close = traded.fills().get(1);
    assertThat(close.size()).isEqualTo(12);
    assertThat(close.price()).isCloseTo(119.68 / 12, ROUNDING);
    assertThat(traded.result().closedBeyondBook()).isEqualTo(5);
    assertThat(traded.result().net()).isCloseTo(119.68 - 120, ROUNDING);
  }

  @Test
  void neitherDecidesNorFillsWhereTheBookCannotBeTrusted() {
    BookText book =
        BookText.of(
            1,
            """
            0  | 9@9.98  | 9@10.00 | .9 .1
            5! | 9@9.98  | 9@10.00 | .9 .1
            20 | 9@9.98  | 9@10.00 | .9 .1
            25 | 9@9.98  | -       | .9 .1
            40 | 9@9.98  | 9@10.00 | .9 .1
            45 | 9@10.02 | 9@10.00 | .9 .1
            60 | 9@9.98  | 9@10.00 | -
            """);
    // Orders of the rows at 0, 20 and 40 arrive 5 later; the rows there send none.
    Traded traded = Traded.on(book, taker(5, 5), Traded.FREE);

    assertThat(traded.fills()).isEmpty();
    assertThat(traded.orders(OrderOutcome.DROPPED_SUSPECT)).isEqualTo(1);
    assertThat(traded.orders(OrderOutcome.DROPPED_ONE_SIDED)).isEqualTo(1);
    assertThat(traded.orders(OrderOutcome.DROPPED_CROSSED)).isEqualTo(1);
    assertThat(traded.result().orders().values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(3);
    assertThat(traded.result().net()).isZero();
  }

  @Test
  void appliesAllRowsOfOneTimeBeforeTheFill() {
    BookText book =
        BookText.of(
            1,
            """
            0  | 9@9.98 | 9@10.00 | .9 .1
            10 | 9@9.98 | 9@10.02 | -
            10 | 9@9.98 | 9@10.06 | -
            20 | 9@9.98 | 9@10.10 | -
            """);
    Fill open = Traded.on(book, taker(5, 10), Traded.FREE).fills().get(0);
    assertThat(open.seq()).isEqualTo(3);
    assertThat(open.price()).isEqualTo(10.06);
  }

  @Test
  void fillsWithoutLatencyAfterTheLastRowOfTheSameTime() {
    BookText book =
        BookText.of(
            1,
            """
            0  | 9@9.98 | 9@10.00 | .9 .1
            0  | 9@9.98 | 9@10.04 | -
            10 | 9@9.98 | 9@10.10 | -
            """);
    Fill open = Traded.on(book, taker(5, 0), Traded.FREE).fills().get(0);
    assertThat(open.seq()).isEqualTo(2);
    assertThat(open.price()).isEqualTo(10.04);
    // the decision knew the first row only: mid 9.99, on arrival 10.01
    assertThat(open.decisionMid()).isCloseTo(9.99, ROUNDING);
    assertThat(open.costs().slippage()).isCloseTo(5 * 0.02, ROUNDING);
  }

  @Test
  void turnsFromLongToShortInOneFill() {
    BookText book =
        BookText.of(
            1,
            """
            0  | 20@9.98  | 20@10.00 | .9 .1
            10 | 20@10.08 | 20@10.10 | .1 .9
            20 | 20@10.03 | 20@10.05 | -
            """);
    Traded traded = Traded.on(book, taker(5, 0), Traded.FREE);

    // buy 5 at 10.00, sell 10 at 10.08, buy 5 at 10.05: -50.00 + 100.80 - 50.25 = 0.55
    assertThat(traded.fills()).extracting(Fill::size).containsExactly(5.0, 10.0, 5.0);
    assertThat(traded.fills()).extracting(Fill::positionAfter).containsExactly(5.0, -5.0, 0.0);
    // -0.05; 5 * (10.09 - 9.99) - 10 * 0.01 = 0.40; -5 * (10.04 - 10.09) - 5 * 0.01 = 0.20
    assertThat(traded.fills().get(0).pnl()).isCloseTo(-0.05, ROUNDING);
    assertThat(traded.fills().get(1).pnl()).isCloseTo(0.40, ROUNDING);
    assertThat(traded.fills().get(2).pnl()).isCloseTo(0.20, ROUNDING);
    assertThat(traded.result().net()).isCloseTo(0.55, ROUNDING);
  }

  @Test
  void countsSlippageAsGainWhereTheMarketComesTowardsTheOrder() {
    BookText book =
        BookText.of(
            1,
            """
            0  | 9@9.98 | 9@10.00 | .9 .1
            10 | 9@9.92 | 9@9.94  | -
            20 | 9@9.92 | 9@9.94  | -
            """);
    Fill open = Traded.on(book, taker(5, 10), Traded.FREE).fills().get(0);
    // mid 9.99 at the decision, 9.93 on arrival
    assertThat(open.costs().slippage()).isCloseTo(-0.30, ROUNDING);
  }

  @Test
  void leavesOnAWeakSignalAndHoldsWithoutForecast() {
    BookText book =
        BookText.of(
            1,
            """
            0  | 9@9.98 | 9@10.00 | .9 .1
            10 | 9@9.98 | 9@10.00 | -
            20 | 9@9.98 | 9@10.00 | .45 .40
            30 | 9@9.98 | 9@10.00 | .45 .40
            """);
    Traded traded = Traded.on(book, taker(5, 0), Traded.FREE);
    assertThat(traded.fills()).extracting(Fill::seq).containsExactly(1L, 3L);
    assertThat(traded.fills()).extracting(Fill::closing).containsExactly(false, false);
  }

  @Test
  void hasOneOrderInFlight() {
    BookText book =
        BookText.of(
            1,
            """
            0   | 9@9.98 | 9@10.00 | .9 .1
            50  | 9@9.98 | 9@10.00 | .1 .9
            100 | 9@9.98 | 9@10.00 | .1 .9
            101 | 9@9.98 | 9@10.00 | -
            150 | 9@9.98 | 9@10.00 | -
            """);
    // The buy of 0 arrives at 100; the sells wanted at 50 and 100 are never sent.
    Traded traded = Traded.on(book, taker(5, 100), Traded.FREE);
    assertThat(traded.fills())
        .extracting(Fill::side)
        .containsExactly(TradeSide.BUY, TradeSide.SELL);
    assertThat(traded.fills().get(1).closing()).isTrue();
    assertThat(traded.orders(OrderOutcome.FILLED)).isEqualTo(1);
  }

  @Test
  void dropsAnOrderThatWouldArriveAfterTheLastRow() {
    BookText book =
        BookText.of(
            1,
            """
            0  | 9@9.98 | 9@10.00 | .9 .1
            50 | 9@9.98 | 9@10.00 | -
            """);
    Traded late = Traded.on(book, taker(5, 51), Traded.FREE);
    assertThat(late.fills()).isEmpty();
    assertThat(late.orders(OrderOutcome.DROPPED_AFTER_END)).isEqualTo(1);

    Traded inTime = Traded.on(book, taker(5, 50), Traded.FREE);
    assertThat(inTime.fills()).extracting(Fill::seq).containsExactly(2L, 2L);
    assertThat(inTime.fills()).extracting(Fill::closing).containsExactly(false, true);
  }

  @Test
  void closesOnTheLastBookThatCanBeTrusted() {
    BookText book =
        BookText.of(
            1,
            """
            0   | 9@9.98 | 9@10.00 | .9 .1
            10  | 9@9.96 | 9@9.98  | -
            20! | 9@5.00 | 9@5.10  | -
            30  | -      | 9@5.10  | -
            """);
    Traded traded = Traded.on(book, taker(5, 0), Traded.FREE);
    Fill close = traded.fills().get(1);
    assertThat(close.seq()).isEqualTo(2);
    assertThat(close.price()).isEqualTo(9.96);
    assertThat(close.tsFill()).isEqualTo(30_000);
    // the last mark stands on the last row, at the last mid that can be trusted
    PositionMark end = traded.marks().get(traded.marks().size() - 1);
    assertThat(end.seq()).isEqualTo(4);
    assertThat(end.mid()).isCloseTo(9.97, ROUNDING);
  }

  @Test
  void marksPositionAndMoneyAtFillsAndMinutes() {
    BookText book =
        BookText.of(
            1,
            """
            0         | -      | 9@10.00 | -
            59900000  | 9@9.98 | 9@10.00 | .9 .1
            60100000  | 9@9.98 | 9@10.04 | -
            60200000  | 9@9.98 | 9@10.06 | -
            200000000 | 9@9.98 | 9@10.10 | -
            """);
    Traded traded = Traded.on(book, taker(5, 200_000), Traded.FREE);

    // Minute 0 ends with seq 2, the buy of 5 at 10.04 arrives at 60.1 s (seq 3), minute 1 ends with
    // seq 4 at mid 10.02, and at 200 s the sell of 5 at 9.98 closes: cash -50.20 + 49.90 = -0.30.
    assertThat(traded.marks()).extracting(PositionMark::seq).containsExactly(2L, 3L, 4L, 5L, 5L);
    assertThat(traded.marks())
        .extracting(PositionMark::ts)
        .containsExactly(
            59_900_000_000L, 60_100_000_000L, 60_200_000_000L, 200_000_000_000L, 200_000_000_000L);
    assertThat(traded.marks())
        .extracting(PositionMark::position)
        .containsExactly(0.0, 5.0, 5.0, 0.0, 0.0);
    // equity: 0; -50.20 + 5 * 10.01; -50.20 + 5 * 10.02; -0.30; -0.30
    double[] equity = {0, -0.15, -0.10, -0.30, -0.30};
    for (int i = 0; i < equity.length; i++) {
      assertThat(traded.marks().get(i).equity()).isCloseTo(equity[i], ROUNDING);
    }
  }

  @Test
  void marksNoMidBeforeTheFirstTwoSidedBook() {
    Traded traded = Traded.on(BookText.of(1, "0 | - | 9@10.00 | .9 .1"), taker(5, 0), Traded.FREE);
    assertThat(traded.marks()).containsExactly(new PositionMark(1, 0, 0, 0, Double.NaN, 0));
  }

  @Test
  void reachesItsTargetExactlyWithFractionalSizes() {
    BookText book =
        BookText.of(
            3,
            """
            0  | 1@9.98 | .1@10.00 .2@10.01 .2@10.02 | .9 .1
            10 | 1@9.98 | .1@10.00 .2@10.01 .2@10.02 | .9 .1
            20 | 1@9.98 | .1@10.00 .2@10.01 .2@10.02 | -
            """);
    // 0.1, 0.2 and the rest of 0.4 add up to 0.4000000000000001; the second row must not trade that
    Traded traded = Traded.on(book, taker(0.4, 0), Traded.FREE);
    assertThat(traded.fills()).extracting(Fill::positionAfter).containsExactly(0.4, 0.0);
    assertThat(traded.orders(OrderOutcome.FILLED)).isEqualTo(1);
    assertThat(traded.result().cancelledSize()).isZero();
  }

  @Test
  void takesASliceWithoutRows() {
    Traded traded = Traded.on(BookText.of(1, ""), taker(5, 0), Traded.FREE);
    assertThat(traded.fills()).isEmpty();
    assertThat(traded.marks()).isEmpty();
    assertThat(traded.result().net()).isZero();
  }

  @Test
  void refusesWhatIsNotTheNextRowsOfTheSlice() {
    BookText backwards =
        BookText.of(
            1,
            """
            10 | 9@9.98 | 9@10.00 | -
            9  | 9@9.98 | 9@10.00 | -
            """);
    assertThatThrownBy(() -> Traded.on(backwards, taker(5, 0), Traded.FREE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Time runs backwards at seq 2: 9000 follows 10000");

    TakerSimulation simulation =
        new TakerSimulation(taker(5, 0), Traded.FREE, 2, fill -> {}, mark -> {});
    assertThatThrownBy(() -> simulation.run(new BookBatch(1, 3), new double[1], new double[1]))
        .hasMessage("Expected 2 levels, got a batch of 3");
    BookBatch batch = new BookBatch(4, 2);
    batch.rows = 4;
    assertThatThrownBy(() -> simulation.run(batch, new double[4], new double[3]))
        .hasMessage("Expected forecasts for 4 rows, got 4 and 3");
    simulation.finish();
    assertThatThrownBy(simulation::finish)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("finished");
  }
}

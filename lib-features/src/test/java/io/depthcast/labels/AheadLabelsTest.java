package io.depthcast.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.depthcast.book.BookBatch;
import io.depthcast.book.BookText;
import io.depthcast.book.RandomBook;
import io.depthcast.features.Window;
import io.depthcast.labels.LabelRuns.Given;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The labels that compare an entry with an exit. */
class AheadLabelsTest {

  private static final double NAN = Double.NaN;

  /** Mids 100, 101, 100, 104, 104, 102. */
  private static final BookBatch BOOK =
      BookText.book(
          1,
          """
           99 1 | 101 3
          100 1 | 102 1
           99 2 | 101 1
          103 1 | 105 0.5
          103 4 | 105 1
          101 1 | 103 3
          """);

  @Test
  void comparesTheMidAfterTheHorizonWithTheMidAfterTheLatency() {
    // Entry one row later, exit two rows after it: row 4 against 2, 5 against 3, 6 against 4.
    assertThat(LabelRuns.run(new MidMove(Window.of("2e"), Window.of("1e")), BOOK))
        .containsExactly(
            new Given(1, 1000, 3.0 / 101 * 1e4, 4, 4000),
            new Given(2, 2000, 400, 5, 5000),
            new Given(3, 3000, -2.0 / 104 * 1e4, 6, 6000),
            new Given(4, 4000, NAN, Label.NO_END, Label.NO_END),
            new Given(5, 5000, NAN, Label.NO_END, Label.NO_END),
            new Given(6, 6000, NAN, Label.NO_END, Label.NO_END));
  }

  @Test
  void takesTheLastRowNotLaterThanTheEndOfATime() {
    BookBatch book = milliseconds(0, 1, 2, 2, 4, 7);
    // Latency 1 ms, horizon 1 ms. Row 1: entry row 2 (1 ms), exit row 4, the second of 2 ms, known
    // with row 5. Row 2: entry row 4, exit at 3 ms still row 4, known with row 5. Rows 3 and 4:
    // entry at 3 ms row 4, exit at 4 ms row 5, known with row 6. Row 5: exit at 6 ms not known
    // before a row later than 6 ms: entry and exit are row 5 itself. Row 6: the slice ends.
    assertThat(LabelRuns.run(new MidMove(Window.of("1ms"), Window.of("1ms")), book))
        .containsExactly(
            new Given(1, 0, 3.0 / 101 * 1e4, 5, 4_000_000),
            new Given(2, 1_000_000, 0, 5, 4_000_000),
            new Given(3, 2_000_000, 0, 6, 7_000_000),
            new Given(4, 2_000_000, 0, 6, 7_000_000),
            new Given(5, 4_000_000, 0, 6, 7_000_000),
            new Given(6, 7_000_000, NAN, Label.NO_END, Label.NO_END));
  }

  @Test
  void paysWhereTheSpreadIsCrossedTwiceWithAGain() {
    // Entry one row later, exit one row after it.
    // Row 1: in at 102 or 100, out at 99 or 101: no gain. Row 2: buy at 101, sell at 103, 2 of 100.
    // Row 3: row 5 is row 4. Row 4: sell at 103, buy at 103: no gain.
    assertThat(LabelRuns.run(new PayingMove(Window.of("1e"), Window.of("1e")), BOOK))
        .extracting(Given::value)
        .containsExactly(0.0, 200.0, 0.0, 0.0, NAN, NAN);
  }

  @Test
  void paysAShortTripAsWell() {
    BookBatch book = BookText.book(1, "9 1 | 11 1\n 99 1 | 101 1\n 95 1 | 97 1\n 95 1 | 97 1");
    // Row 1: sell at 99, buy at 97: 2 of 100, downwards.
    Given first = LabelRuns.run(new PayingMove(Window.of("1e"), Window.of("1e")), book).get(0);
    assertThat(first.value()).isEqualTo(-200);
    assertThat(new PayingMove(Window.of("1e"), Window.of("1e")).direction(first.value()))
        .isEqualTo(-1);
  }

  /** Two levels of a source that tells of one: what stands at the second is not known. */
  @Test
  void anImbalanceOfLevelsThatAreNotKnownIsMissing() {
    BookBatch book = BookText.book(2, "99 1 | 101 3\n 99 1 | 101 3\n");
    book.known = 1;
    assertThat(LabelRuns.run(new ImbalanceAhead(2, Window.of("1e"), 0), book).get(0).value())
        .isNaN();
    book.known = 2;
    // (1 - 3) / (1 + 3)
    assertThat(LabelRuns.run(new ImbalanceAhead(2, Window.of("1e"), 0), book).get(0).value())
        .isEqualTo(-0.5);
  }

  @Test
  void looksAtTheImbalanceAfterTheHorizon() {
    // (1-3)/4, (1-1)/2, (2-1)/3, (1-0.5)/1.5, (4-1)/5, (1-3)/4, each one row ahead
    assertThat(LabelRuns.run(new ImbalanceAhead(1, Window.of("1e"), 0.4), BOOK))
        .extracting(Given::value)
        .containsExactly(0.0, 1.0 / 3, 0.5 / 1.5, 0.6, -0.5, NAN);
  }

  @ParameterizedTest
  @CsvSource({"0.41, 1", "0.4, 0", "0, 0", "-0.4, 0", "-0.41, -1"})
  void hasThreeClassesOfImbalance(double imbalance, int direction) {
    assertThat(new ImbalanceAhead(1, Window.of("1e"), 0.4).direction(imbalance))
        .isEqualTo(direction);
  }

  @Test
  void needsTheSidesOfItsTwoRowsOnly() {
    BookBatch book =
        BookText.book(1, "99 1 | 101 1\n 99 1 | 101 1\n | 101 1\n 99 1 | 101 1\n 99 1 | 101 1");
    // Entry one row later, exit two rows after it: row 1 has rows 2 and 4, row 2 has rows 3 and 5.
    assertThat(LabelRuns.run(new MidMove(Window.of("2e"), Window.of("1e")), book))
        .extracting(Given::value)
        .startsWith(0.0, NAN);
    // Row 2 looks at row 3, where only asks are left.
    assertThat(LabelRuns.run(new ImbalanceAhead(1, Window.of("1e"), 0), book))
        .extracting(Given::value)
        .containsExactly(0.0, -1.0, 0.0, 0.0, NAN);
  }

  @ParameterizedTest
  @CsvSource({"1e, 1e", "50e, 7e", "2ms, 1ms", "1ms, 3ms", "20e, 1ms", "1ms, 5e", "500e, 2ms"})
  void equalsItsDefinitionRowByRow(String horizonText, String latencyText) {
    Window horizon = Window.of(horizonText);
    Window latency = Window.of(latencyText);
    BookBatch book = RandomBook.withHoles(40, 2000, 3);
    List<Given> moves = LabelRuns.run(new MidMove(horizon, latency), book);
    List<Given> trips = LabelRuns.run(new PayingMove(horizon, latency), book);
    List<Given> imbalances = LabelRuns.run(new ImbalanceAhead(2, horizon, 0.1), book);
    int known = 0;
    int paying = 0;
    for (int t = 0; t < book.rows; t++) {
      long now = book.tsEvent[t];
      int entry = NaiveAhead.row(book, t, now, latency);
      long entryTime = latency.isTime() || entry < 0 ? now + latency.nanos() : book.tsEvent[entry];
      int exit = entry < 0 ? -1 : NaiveAhead.row(book, entry, entryTime, horizon);
      int end = entry < 0 ? -1 : NaiveAhead.end(book, entry, entryTime, horizon);
      double move = NAN;
      double trip = NAN;
      if (exit >= 0 && NaiveAhead.isClean(book, t, end)) {
        double mid = (book.bidPrice[0][entry] + book.askPrice[0][entry]) / 2;
        double exitMid = (book.bidPrice[0][exit] + book.askPrice[0][exit]) / 2;
        move = (exitMid / mid - 1) * 1e4;
        double buy = book.bidPrice[0][exit] - book.askPrice[0][entry];
        double sell = book.bidPrice[0][entry] - book.askPrice[0][exit];
        trip = (Math.max(buy, 0) - Math.max(sell, 0)) / mid * 1e4 + 0 * exitMid;
        paying += trip != 0 ? 1 : 0;
      }
      known += Double.isNaN(move) ? 0 : 1;
      assertGiven(moves.get(t), book, t, move, end);
      assertGiven(trips.get(t), book, t, trip, end);
      int ahead = NaiveAhead.row(book, t, now, horizon);
      int aheadEnd = NaiveAhead.end(book, t, now, horizon);
      boolean clean = ahead >= 0 && NaiveAhead.isClean(book, t, aheadEnd);
      assertGiven(imbalances.get(t), book, t, clean ? imbalance(book, ahead) : NAN, aheadEnd);
    }
    assertThat(known).isGreaterThan(100);
    // In one row the mid moves by a tick at most, less than the spread.
    assertThat(paying > 0).isEqualTo(!horizonText.equals("1e"));
  }

  private static double imbalance(BookBatch book, int row) {
    double bids = 0;
    double asks = 0;
    for (int level = 0; level < 2; level++) {
      bids += Double.isNaN(book.bidPrice[level][row]) ? 0 : book.bidSize[level][row];
      asks += Double.isNaN(book.askPrice[level][row]) ? 0 : book.askSize[level][row];
    }
    return (bids - asks) / (bids + asks);
  }

  private static void assertGiven(Given given, BookBatch book, int t, double value, int end) {
    assertThat(given.seqEnd()).as("row %s", t).isEqualTo(end < 0 ? Label.NO_END : end + 1);
    assertThat(given.tsEnd()).isEqualTo(end < 0 ? Label.NO_END : book.tsEvent[end]);
    if (Double.isNaN(value)) {
      assertThat(given.value()).as("row %s", t).isNaN();
    } else {
      assertThat(given.value()).as("row %s", t).isCloseTo(value, within(1e-8));
    }
  }

  private static BookBatch milliseconds(long... times) {
    BookBatch book = new BookBatch(BOOK.rows, 1);
    RandomBook.copy(BOOK, 0, BOOK.rows, book);
    for (int i = 0; i < times.length; i++) {
      book.tsEvent[i] = times[i] * 1_000_000;
    }
    return book;
  }

  @Test
  void isNamedByItsParameters() {
    assertThat(new MidMove(Window.of("50e"), Window.of("10ms")).id())
        .isEqualTo("mid_move_50e_after_10ms");
    assertThat(new PayingMove(Window.of("1000ms"), Window.of("1e")).id())
        .isEqualTo("paying_move_1000ms_after_1e");
    assertThat(new ImbalanceAhead(5, Window.of("50e"), 0).id()).isEqualTo("imbalance_5_ahead_50e");
  }

  @Test
  void refusesParametersOutOfRange() {
    assertThatThrownBy(() -> new ImbalanceAhead(0, Window.of("1e"), 0))
        .hasMessage("Invalid levels: 0 (must be 1 to 10)");
    assertThatThrownBy(() -> new ImbalanceAhead(11, Window.of("1e"), 0))
        .hasMessage("Invalid levels: 11 (must be 1 to 10)");
    assertThatThrownBy(() -> new ImbalanceAhead(1, Window.of("1e"), 1))
        .hasMessage("Invalid balanced: 1.0 (must be 0 or more, less than 1)");
    assertThatThrownBy(() -> new ImbalanceAhead(1, Window.of("1e"), NAN))
        .hasMessage("Invalid balanced: NaN (must be 0 or more, less than 1)");
  }
}

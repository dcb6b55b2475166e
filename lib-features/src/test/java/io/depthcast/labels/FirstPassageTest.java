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

class FirstPassageTest {

  private static final double NAN = Double.NaN;

  @Test
  void isTheSideOnWhichTheMidFirstLeavesTheBand() {
    BookBatch book =
        BookText.book(
            1,
            """
             99 1 | 101 1
             99 1 | 102 1
             98 1 | 100 1
            100 1 | 102 1
            100 1 | 102 1
            101 1 | 102 1
            """);
    // mids 100, 100.5, 99, 101, 101, 101.5; a band of one tick of 1, three rows
    // row 1: 99 in row 3          row 2: 99 in row 3, a tick and a half
    // row 3: 101 in row 4         row 4: the slice ends, as for rows 5 and 6
    assertThat(LabelRuns.run(new FirstPassage(1, 1, Window.of("3e")), book))
        .containsExactly(
            new Given(1, 1000, -100, 3, 3000),
            new Given(2, 2000, -1.5 / 100.5 * 1e4, 3, 3000),
            new Given(3, 3000, 2.0 / 99 * 1e4, 4, 4000),
            new Given(4, 4000, NAN, Label.NO_END, Label.NO_END),
            new Given(5, 5000, NAN, Label.NO_END, Label.NO_END),
            new Given(6, 6000, NAN, Label.NO_END, Label.NO_END));
  }

  @Test
  void isZeroWhereTheMidStaysInTheBandForTheHorizon() {
    BookBatch book = BookText.book(1, "99 1 | 101 1\n 99 1 | 102 1\n 99 1 | 101 1\n 100 1 | 102 1");
    // mids 100, 100.5, 100, 101. Two rows: row 1 sees 100.5 and 100. One tick up is in row 4, at
    // the very end of row 2's horizon (only half a tick from 100.5) and within row 3's.
    assertThat(LabelRuns.run(new FirstPassage(1, 1, Window.of("2e")), book))
        .containsExactly(
            new Given(1, 1000, 0, 3, 3000),
            new Given(2, 2000, 0, 4, 4000),
            new Given(3, 3000, 100, 4, 4000),
            new Given(4, 4000, NAN, Label.NO_END, Label.NO_END));
    // Times are 1 microsecond apart: no row is later than row 1 plus a millisecond.
    assertThat(LabelRuns.run(new FirstPassage(1, 1, Window.of("1ms")), book))
        .extracting(Given::seqEnd)
        .containsExactly(4L, Label.NO_END, 4L, Label.NO_END);
  }

  @Test
  void aPassageAfterTheTimeIsNone() {
    BookBatch book = BookText.book(1, "99 1 | 101 1\n 99 1 | 101 1\n 100 1 | 102 1");
    book.tsEvent[1] = 1000 + 1_000_000;
    book.tsEvent[2] = 1001 + 1_000_000;
    // 1 ms after row 1 is row 2, which has not moved; row 3 has, one nanosecond too late.
    assertThat(LabelRuns.run(new FirstPassage(1, 1, Window.of("1ms")), book).get(0))
        .isEqualTo(new Given(1, 1000, 0, 3, 1_001_001));
  }

  @Test
  void countsTicksOfDecimalPricesWhole() {
    BookBatch book = BookText.book(1, "0.03 1 | 0.04 1\n 0.04 1 | 0.05 1\n 0.04 1 | 0.05 1");
    assertThat(book.mid(1) - book.mid(0)).as("a tick in binary").isLessThan(0.01);
    assertThat(LabelRuns.run(new FirstPassage(1, 0.01, Window.of("1e")), book).get(0).value())
        .isCloseTo(0.01 / 0.035 * 1e4, within(1e-9));
  }

  @Test
  void endsAtASuspectRowOrAnEmptySide() {
    BookBatch book =
        BookText.book(1, "99 1 | 101 1\n 99 1 | 101 1\n | 101 1\n 99 1 | 101 1\n ! 99 1 | 101 1");
    assertThat(LabelRuns.run(new FirstPassage(1, 1, Window.of("1e")), book))
        .containsExactly(
            new Given(1, 1000, 0, 2, 2000),
            new Given(2, 2000, NAN, 3, 3000),
            new Given(3, 3000, NAN, 3, 3000),
            new Given(4, 4000, NAN, 5, 5000),
            new Given(5, 5000, NAN, 5, 5000));
  }

  @ParameterizedTest
  @CsvSource({"1, 2e", "1, 50e", "2, 50e", "5, 500e", "3, 1ms", "10, 3ms", "1000, 7e"})
  void equalsALoopOverTheRowsAhead(int ticks, String horizonText) {
    Window horizon = Window.of(horizonText);
    BookBatch book = RandomBook.withHoles(50, 3000, 1);
    List<Given> given = LabelRuns.run(new FirstPassage(ticks, 0.01, horizon), book);
    int passages = 0;
    int none = 0;
    for (int t = 0; t < book.rows; t++) {
      Given expected = naive(book, t, ticks, horizon);
      assertThat(given.get(t).seqEnd()).as("row %s", t).isEqualTo(expected.seqEnd());
      assertThat(given.get(t).tsEnd()).as("row %s", t).isEqualTo(expected.tsEnd());
      if (Double.isNaN(expected.value())) {
        assertThat(given.get(t).value()).as("row %s", t).isNaN();
      } else {
        assertThat(given.get(t).value()).as("row %s", t).isCloseTo(expected.value(), within(1e-8));
        passages += expected.value() != 0 ? 1 : 0;
        none += expected.value() == 0 ? 1 : 0;
      }
    }
    assertThat(passages + none).as("known labels").isGreaterThan(20);
    assertThat(passages).as("passages").isGreaterThan(ticks < 1000 ? 20 : -1);
  }

  private static Given naive(BookBatch book, int t, int ticks, Window horizon) {
    int end = NaiveAhead.end(book, t, book.tsEvent[t], horizon);
    double mid = mid(book, t);
    for (int i = t; i < book.rows; i++) {
      if (Double.isNaN(mid(book, i))) {
        return new Given(t + 1, book.tsEvent[t], NAN, i + 1, book.tsEvent[i]);
      }
      boolean late = horizon.isTime() && i == end;
      if (!late && Math.abs(mid(book, i) - mid) > ticks * 0.01 - 0.002) {
        double move = (mid(book, i) - mid) / mid * 1e4;
        return new Given(t + 1, book.tsEvent[t], move, i + 1, book.tsEvent[i]);
      }
      if (i == end) {
        return new Given(t + 1, book.tsEvent[t], 0, i + 1, book.tsEvent[i]);
      }
    }
    return new Given(t + 1, book.tsEvent[t], NAN, Label.NO_END, Label.NO_END);
  }

  private static double mid(BookBatch book, int row) {
    return book.suspect[row] ? NAN : (book.bidPrice[0][row] + book.askPrice[0][row]) / 2;
  }

  @Test
  void refusesParametersOutOfRange() {
    assertThatThrownBy(() -> new FirstPassage(0, 0.01, Window.of("1e")))
        .hasMessage("Invalid ticks: 0 (must be 1 to 10000)");
    assertThatThrownBy(() -> new FirstPassage(10_001, 0.01, Window.of("1e")))
        .hasMessage("Invalid ticks: 10001 (must be 1 to 10000)");
    assertThatThrownBy(() -> new FirstPassage(1, 0, Window.of("1e")))
        .hasMessage("Invalid tickSize: 0.0 (must be positive and finite)");
    assertThatThrownBy(() -> new FirstPassage(1, NAN, Window.of("1e")))
        .hasMessage("Invalid tickSize: NaN (must be positive and finite)");
  }
}

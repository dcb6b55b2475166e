package io.depthcast.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.depthcast.book.BookBatch;
import io.depthcast.book.BookText;
import io.depthcast.book.RandomBook;
import io.depthcast.features.Window;
import io.depthcast.labels.LabelRuns.Given;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmoothedMidMoveTest {

  private static final double NAN = Double.NaN;

  @Test
  void isTheMeanOfTheNextMidsAgainstTheMidNow() {
    BookBatch book =
        BookText.book(
            1,
            """
             99 1 | 101 1
            101 1 | 103 1
            103 1 | 105 1
             49 1 |  51 1
             49 1 |  51 1
             49 1 |  51 1
            """);
    // mids 100, 102, 104, 50, 50, 50; k = 2
    // row 1: (102+104)/2 = 103, +3% = 300 bps      row 2: (104+50)/2 = 77, 77/102 - 1 = -25/102
    // row 3: 50 against 104, -54/104               row 4: 0; rows 5 and 6 lack a second next mid
    assertThat(labels(2, book))
        .containsExactly(
            new Given(1, 1000, 300, 3, 3000),
            new Given(2, 2000, -25.0 / 102 * 1e4, 4, 4000),
            new Given(3, 3000, -54.0 / 104 * 1e4, 5, 5000),
            new Given(4, 4000, 0, 6, 6000),
            new Given(5, 5000, NAN, Label.NO_END, Label.NO_END),
            new Given(6, 6000, NAN, Label.NO_END, Label.NO_END));
  }

  @Test
  void isMissingWhereARowUpToItsEndHasNoMidOrIsSuspect() {
    BookBatch book =
        BookText.book(
            1,
            """
              99 1 | 101 1
              99 1 | 101 1
                   | 101 1
              99 1 | 101 1
              99 1 | 101 1
            ! 99 1 | 101 1
              99 1 | 101 1
              99 1 | 101 1
            """);
    // k = 1: a label looks at its row and the next one
    assertThat(labels(1, book))
        .containsExactly(
            new Given(1, 1000, 0, 2, 2000),
            new Given(2, 2000, NAN, 3, 3000),
            new Given(3, 3000, NAN, 4, 4000),
            new Given(4, 4000, 0, 5, 5000),
            new Given(5, 5000, NAN, 6, 6000),
            new Given(6, 6000, NAN, 7, 7000),
            new Given(7, 7000, 0, 8, 8000),
            new Given(8, 8000, NAN, Label.NO_END, Label.NO_END));
  }

  @Test
  void aMoveBelowTenToTheMinusTenIsRounding() {
    BookBatch book =
        BookText.book(
            1, "1 1 | 1 1\n 1.00000000009 1 | 1.00000000009 1\n 1.0000000003 1 | 1.0000000003 1");
    // relative moves 0.9e-10 and 2.1e-10 = 2.1e-6 bps
    List<Given> labels = labels(1, book);
    assertThat(labels.get(0).value()).isEqualTo(0);
    assertThat(labels.get(1).value()).isCloseTo(2.1e-6, within(1e-11));
  }

  @Test
  void aSliceShorterThanTheHorizonHasNoKnownLabel() {
    BookBatch book = BookText.book(1, "99 1 | 101 1\n 99 1 | 101 1");
    assertThat(labels(10, book))
        .containsExactly(
            new Given(1, 1000, NAN, Label.NO_END, Label.NO_END),
            new Given(2, 2000, NAN, Label.NO_END, Label.NO_END));
    assertThat(labels(2, book)).hasSize(2).allMatch(row -> row.tsEnd() == Label.NO_END);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 10, 50, 333})
  void equalsItsFormulaRowByRow(int horizonEvents) {
    BookBatch book = RandomBook.withHoles(30, 3000, 2);
    List<Given> labels = labels(horizonEvents, book);
    assertThat(labels).hasSize(book.rows);
    int known = 0;
    for (int t = 0; t < book.rows; t++) {
      Given label = labels.get(t);
      assertThat(label.seq()).isEqualTo(t + 1);
      assertThat(label.tsEvent()).isEqualTo(book.tsEvent[t]);
      int end = t + horizonEvents;
      assertThat(label.tsEnd()).isEqualTo(end < book.rows ? book.tsEvent[end] : Label.NO_END);
      double expected = end < book.rows ? naive(book, t, horizonEvents) : NAN;
      if (Double.isNaN(expected)) {
        assertThat(label.value()).as("row %s", t).isNaN();
      } else {
        known++;
        assertThat(label.value()).as("row %s", t).isCloseTo(expected, within(1e-8));
      }
    }
    assertThat(known).isPositive();
  }

  private static double naive(BookBatch book, int t, int horizonEvents) {
    double now = (book.bidPrice[0][t] + book.askPrice[0][t]) / 2;
    double sum = 0;
    boolean suspect = book.suspect[t];
    for (int i = t + 1; i <= t + horizonEvents; i++) {
      sum += (book.bidPrice[0][i] + book.askPrice[0][i]) / 2;
      suspect |= book.suspect[i];
    }
    return suspect ? NAN : (sum / horizonEvents - now) / now * 10_000;
  }

  @Test
  void givesALabelAsSoonAsItsEndIsSeen() {
    BookBatch book = RandomBook.full(32, 100, 1);
    LabelRun run = label(10).start();
    BookBatch batch = new BookBatch(1, 1);
    List<Long> given = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      RandomBook.copy(book, i, i + 1, batch);
      run.compute(batch, (seq, tsEvent, value, seqEnd, tsEnd) -> given.add(seq));
      assertThat(given).hasSize(Math.max(0, i + 1 - 10));
    }
  }

  @Test
  void isNamedByItsHorizon() {
    assertThat(label(50).id()).isEqualTo("smoothed_mid_move_50e");
  }

  @Test
  void refusesAHorizonOfTime() {
    assertThatThrownBy(() -> new SmoothedMidMove(Window.milliseconds(5)))
        .hasMessage("Invalid horizon: 5ms (must be events such as 50e)");
  }

  private static SmoothedMidMove label(int horizonEvents) {
    return new SmoothedMidMove(Window.events(horizonEvents));
  }

  private static List<Given> labels(int horizonEvents, BookBatch book) {
    return LabelRuns.run(label(horizonEvents), book);
  }
}

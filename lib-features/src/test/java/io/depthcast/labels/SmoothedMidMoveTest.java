package io.depthcast.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.depthcast.book.BookBatch;
import io.depthcast.book.BookText;
import io.depthcast.book.RandomBook;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmoothedMidMoveTest {

  private static final double NAN = Double.NaN;

  private record Row(long seq, long tsEvent, double moveBps, long tsLabelEnd) {}

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
            new Row(1, 1000, 300, 3000),
            new Row(2, 2000, -25.0 / 102 * 1e4, 4000),
            new Row(3, 3000, -54.0 / 104 * 1e4, 5000),
            new Row(4, 4000, 0, 6000),
            new Row(5, 5000, NAN, Label.NO_END),
            new Row(6, 6000, NAN, Label.NO_END));
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
            new Row(1, 1000, 0, 2000),
            new Row(2, 2000, NAN, 3000),
            new Row(3, 3000, NAN, 4000),
            new Row(4, 4000, 0, 5000),
            new Row(5, 5000, NAN, 6000),
            new Row(6, 6000, NAN, 7000),
            new Row(7, 7000, 0, 8000),
            new Row(8, 8000, NAN, Label.NO_END));
  }

  @Test
  void aMoveBelowTenToTheMinusTenIsRounding() {
    BookBatch book =
        BookText.book(
            1, "1 1 | 1 1\n 1.00000000009 1 | 1.00000000009 1\n 1.0000000003 1 | 1.0000000003 1");
    // relative moves 0.9e-10 and 2.1e-10 = 2.1e-6 bps
    List<Row> labels = labels(1, book);
    assertThat(labels.get(0).moveBps()).isEqualTo(0);
    assertThat(labels.get(1).moveBps()).isCloseTo(2.1e-6, within(1e-11));
  }

  @Test
  void aSliceShorterThanTheHorizonHasNoKnownLabel() {
    BookBatch book = BookText.book(1, "99 1 | 101 1\n 99 1 | 101 1");
    assertThat(labels(10, book))
        .containsExactly(new Row(1, 1000, NAN, Label.NO_END), new Row(2, 2000, NAN, Label.NO_END));
    assertThat(labels(2, book)).hasSize(2).allMatch(row -> row.tsLabelEnd() == Label.NO_END);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 10, 50, 333})
  void equalsItsFormulaRowByRow(int horizonEvents) {
    BookBatch book = RandomBook.withHoles(30, 3000, 2);
    List<Row> labels = labels(horizonEvents, book);
    assertThat(labels).hasSize(book.rows);
    int known = 0;
    for (int t = 0; t < book.rows; t++) {
      Row label = labels.get(t);
      assertThat(label.seq()).isEqualTo(t + 1);
      assertThat(label.tsEvent()).isEqualTo(book.tsEvent[t]);
      int end = t + horizonEvents;
      assertThat(label.tsLabelEnd()).isEqualTo(end < book.rows ? book.tsEvent[end] : Label.NO_END);
      double expected = end < book.rows ? naive(book, t, horizonEvents) : NAN;
      if (Double.isNaN(expected)) {
        assertThat(label.moveBps()).as("row %s", t).isNaN();
      } else {
        known++;
        assertThat(label.moveBps()).as("row %s", t).isCloseTo(expected, within(1e-8));
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

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 10, 50, 333})
  void givesTheSameBitsHoweverTheRowsAreCutIntoBatches(int horizonEvents) {
    BookBatch book = RandomBook.withHoles(31, 3000, 1);
    List<Row> whole = labels(horizonEvents, book);
    assertThat(labels(horizonEvents, book, () -> 1)).isEqualTo(whole);
    Random random = new Random(1);
    for (int trial = 0; trial < 5; trial++) {
      assertThat(labels(horizonEvents, book, () -> 1 + random.nextInt(600))).isEqualTo(whole);
    }
  }

  @Test
  void givesALabelAsSoonAsItsEndIsSeen() {
    BookBatch book = RandomBook.full(32, 100, 1);
    LabelRun run = new SmoothedMidMove(10).start();
    BookBatch batch = new BookBatch(1, 1);
    List<Long> given = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      RandomBook.copy(book, i, i + 1, batch);
      run.compute(batch, (seq, tsEvent, moveBps, tsLabelEnd) -> given.add(seq));
      assertThat(given).hasSize(Math.max(0, i + 1 - 10));
    }
  }

  @Test
  void refusesABatchThatDoesNotFollow() {
    LabelRun run = new SmoothedMidMove(1).start();
    LabelSink sink = (seq, tsEvent, moveBps, tsLabelEnd) -> {};
    BookBatch book = BookText.book(1, "99 1 | 101 1\n 99 1 | 101 1");
    run.compute(book, sink);
    assertThatThrownBy(() -> run.compute(book, sink))
        .hasMessage("Invalid batch: begins with seq 1 (must be 3)");
  }

  @Test
  void isNamedByItsHorizon() {
    assertThat(new SmoothedMidMove(50).id()).isEqualTo("smoothed_mid_move_50e");
    assertThat(new SmoothedMidMove(50).horizonEvents()).isEqualTo(50);
  }

  @Test
  void refusesAHorizonOutOfRange() {
    assertThatThrownBy(() -> new SmoothedMidMove(0))
        .hasMessage("Invalid horizonEvents: 0 (must be 1 to 1000000)");
    assertThatThrownBy(() -> new SmoothedMidMove(1_000_001))
        .hasMessage("Invalid horizonEvents: 1000001 (must be 1 to 1000000)");
  }

  private static List<Row> labels(int horizonEvents, BookBatch book) {
    return labels(horizonEvents, book, () -> book.rows);
  }

  private static List<Row> labels(int horizonEvents, BookBatch book, IntSupplier batchRows) {
    LabelRun run = new SmoothedMidMove(horizonEvents).start();
    List<Row> rows = new ArrayList<>();
    LabelSink sink = (seq, ts, move, end) -> rows.add(new Row(seq, ts, move, end));
    BookBatch batch = new BookBatch(book.rows, book.levels);
    int row = 0;
    while (row < book.rows) {
      int end = Math.min(book.rows, row + batchRows.getAsInt());
      RandomBook.copy(book, row, end, batch);
      run.compute(batch, sink);
      row = end;
    }
    run.finish(sink);
    return rows;
  }
}

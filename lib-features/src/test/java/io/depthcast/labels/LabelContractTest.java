package io.depthcast.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.depthcast.book.BookBatch;
import io.depthcast.book.BookText;
import io.depthcast.book.RandomBook;
import io.depthcast.features.FamilyExamples;
import io.depthcast.labels.LabelRuns.Given;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The promises of {@link Label}, for every label there is. */
class LabelContractTest {

  private static final int ROWS = 3000;
  private static final int LEVELS = 10;

  static Stream<Label> labels() {
    return FamilyExamples.all(Label.class).stream();
  }

  @Test
  void everyLabelIsHeldToTheContract() {
    assertThat(labels().map(Object::getClass).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(Label.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @MethodSource("labels")
  void givesEachRowOneLabelInOrder(Label label) {
    BookBatch book = RandomBook.withHoles(1, ROWS, LEVELS);
    List<Given> given = LabelRuns.run(label, book);
    assertThat(given).hasSize(ROWS);
    for (int t = 0; t < ROWS; t++) {
      assertThat(given.get(t).seq()).isEqualTo(t + 1);
      assertThat(given.get(t).tsEvent()).isEqualTo(book.tsEvent[t]);
    }
  }

  @ParameterizedTest
  @MethodSource("labels")
  void givesTheSameBitsHoweverTheRowsAreCutIntoBatches(Label label) {
    BookBatch book = RandomBook.withHoles(2, ROWS, LEVELS);
    List<Given> whole = LabelRuns.run(label, book);
    assertThat(LabelRuns.run(label.start(), book, 0, ROWS, () -> 1)).isEqualTo(whole);
    Random random = new Random(3);
    for (int trial = 0; trial < 5; trial++) {
      assertThat(LabelRuns.run(label.start(), book, 0, ROWS, () -> 1 + random.nextInt(600)))
          .isEqualTo(whole);
    }
  }

  @ParameterizedTest
  @MethodSource("labels")
  void givesTheSameBitsForAPartOfASlice(Label label) {
    BookBatch book = RandomBook.withHoles(4, ROWS, LEVELS);
    List<Given> whole = LabelRuns.run(label, book);
    Random random = new Random(5);
    for (int trial = 0; trial < 20; trial++) {
      int from = random.nextInt(ROWS);
      int to = from + 1 + random.nextInt(ROWS - from);
      List<Given> part =
          LabelRuns.run(label.start(to), book, from, ROWS, () -> 1 + random.nextInt(600));
      assertThat(part).as("rows %s to %s", from, to).isEqualTo(whole.subList(from, to));
    }
  }

  @ParameterizedTest
  @MethodSource("labels")
  void keepsSlicesApart(Label label) {
    BookBatch first = RandomBook.withHoles(6, ROWS, LEVELS);
    BookBatch second = RandomBook.withHoles(7, ROWS, LEVELS);
    List<Given> ofFirst = new ArrayList<>();
    List<Given> ofSecond = new ArrayList<>();
    LabelRun one = label.start();
    LabelRun two = label.start();
    BookBatch batch = new BookBatch(100, LEVELS);
    for (int row = 0; row < ROWS; row += 100) {
      RandomBook.copy(first, row, row + 100, batch);
      one.compute(batch, LabelRuns.sinkTo(ofFirst));
      RandomBook.copy(second, row, row + 100, batch);
      two.compute(batch, LabelRuns.sinkTo(ofSecond));
    }
    one.finish(LabelRuns.sinkTo(ofFirst));
    two.finish(LabelRuns.sinkTo(ofSecond));
    assertThat(ofFirst).isEqualTo(LabelRuns.run(label, first));
    assertThat(ofSecond).isEqualTo(LabelRuns.run(label, second));
  }

  @ParameterizedTest
  @MethodSource("labels")
  void looksAtNoRowAfterItsEnd(Label label) {
    assertLooksAtNoRowAfterItsEnd(book -> LabelRuns.run(label, book));
  }

  /** Every window one row, or one millisecond, longer than the end that the label gives. */
  @Test
  void windowsThatEndLaterThanTheLabelSaysAreCaught() {
    BookBatch book = RandomBook.withHoles(8, ROWS, LEVELS);
    Set<Class<?>> caught = new HashSet<>();
    for (Label label : FamilyExamples.all(Label.class)) {
      for (Label longer : FamilyExamples.withLongerWindows(Label.class, label)) {
        Function<BookBatch, List<Given>> mutant =
            rows -> withValues(LabelRuns.run(label, rows), LabelRuns.run(longer, rows));
        // A tick that is always passed before the end, say, gives no or hardly any other value.
        if (differing(mutant.apply(book), LabelRuns.run(label, book)) > ROWS / 50) {
          assertThatCode(() -> assertLooksAtNoRowAfterItsEnd(mutant))
              .as("%s as %s", longer, label)
              .isInstanceOf(AssertionError.class);
          caught.add(label.getClass());
        }
      }
    }
    assertThat(caught).containsExactlyInAnyOrder(Label.class.getPermittedSubclasses());
  }

  private static long differing(List<Given> some, List<Given> others) {
    return IntStream.range(0, ROWS).filter(t -> !some.get(t).equals(others.get(t))).count();
  }

  private static List<Given> withValues(List<Given> labels, List<Given> values) {
    List<Given> mixed = new ArrayList<>();
    for (int t = 0; t < labels.size(); t++) {
      Given label = labels.get(t);
      mixed.add(
          new Given(
              label.seq(), label.tsEvent(), values.get(t).value(), label.seqEnd(), label.tsEnd()));
    }
    return mixed;
  }

  private static void assertLooksAtNoRowAfterItsEnd(Function<BookBatch, List<Given>> labels) {
    BookBatch book = RandomBook.withHoles(8, ROWS, LEVELS);
    BookBatch other = RandomBook.withHoles(9, ROWS, LEVELS);
    List<Given> whole = labels.apply(book);
    Random random = new Random(10);
    for (int trial = 0; trial < 100; trial++) {
      int n = random.nextInt(ROWS - 1);
      BookBatch changed = new BookBatch(ROWS, LEVELS);
      RandomBook.copy(other, 0, ROWS, changed);
      copyPrefix(book, n + 1, changed);
      List<Given> given = labels.apply(changed);
      int ended = 0;
      for (int t = 0; t <= n; t++) {
        if (whole.get(t).seqEnd() != Label.NO_END && whole.get(t).seqEnd() <= n + 1) {
          assertThat(given.get(t)).as("row %s, changed after %s", t, n).isEqualTo(whole.get(t));
          ended++;
        }
      }
      assertThat(n < 2500 || ended > 0).isTrue();
    }
  }

  /** The first rows of a book over those of another, whose later rows come later in time. */
  private static void copyPrefix(BookBatch book, int rows, BookBatch into) {
    for (int i = rows; i < ROWS; i++) {
      into.tsEvent[i] += Math.max(0, book.tsEvent[rows - 1] - into.tsEvent[rows]);
    }
    BookBatch prefix = new BookBatch(rows, LEVELS);
    RandomBook.copy(book, 0, rows, prefix);
    System.arraycopy(prefix.tsEvent, 0, into.tsEvent, 0, rows);
    System.arraycopy(prefix.suspect, 0, into.suspect, 0, rows);
    for (int level = 0; level < LEVELS; level++) {
      System.arraycopy(prefix.bidPrice[level], 0, into.bidPrice[level], 0, rows);
      System.arraycopy(prefix.bidSize[level], 0, into.bidSize[level], 0, rows);
      System.arraycopy(prefix.askPrice[level], 0, into.askPrice[level], 0, rows);
      System.arraycopy(prefix.askSize[level], 0, into.askSize[level], 0, rows);
    }
  }

  @ParameterizedTest
  @MethodSource("labels")
  void endsAtARowOfTheSliceAndIsMissingWhereThatIsBeyondIt(Label label) {
    BookBatch book = RandomBook.withHoles(11, ROWS, LEVELS);
    int beyond = 0;
    for (Given given : LabelRuns.run(label, book)) {
      if (given.seqEnd() == Label.NO_END) {
        beyond++;
        assertThat(given.value()).as("row %s", given.seq()).isNaN();
        assertThat(given.tsEnd()).isEqualTo(Label.NO_END);
      } else {
        assertThat(given.seqEnd()).isBetween(given.seq(), (long) ROWS);
        assertThat(given.tsEnd()).isEqualTo(book.tsEvent[(int) given.seqEnd() - 1]);
      }
    }
    assertThat(beyond).isPositive();
  }

  @ParameterizedTest
  @MethodSource("labels")
  void isMissingExactlyWhereItTouchesASuspectRowOrTheSlicesEnd(Label label) {
    BookBatch book = RandomBook.full(12, ROWS, LEVELS);
    int clean = 0;
    for (Given given : LabelRuns.run(label, book)) {
      boolean missing = given.seqEnd() == Label.NO_END;
      for (long row = given.seq(); row <= given.seqEnd(); row++) {
        missing |= book.suspect[(int) row - 1];
      }
      clean += missing ? 0 : 1;
      boolean expected = missing;
      assertThat(given.value())
          .as("row %s", given.seq())
          .matches(value -> expected ? Double.isNaN(value) : Double.isFinite(value));
    }
    assertThat(clean).isBetween(100, ROWS - 3);
  }

  @ParameterizedTest
  @MethodSource("labels")
  void refusesABatchThatDoesNotFollow(Label label) {
    LabelRun run = label.start();
    LabelSink sink = (seq, tsEvent, value, seqEnd, tsEnd) -> {};
    BookBatch book = BookText.book(LEVELS, "99 1 | 101 1\n 99 1 | 101 1");
    run.compute(book, sink);
    assertThatThrownBy(() -> run.compute(book, sink))
        .hasMessage("Invalid batch: begins with seq 1 (must be 3)");
  }

  @ParameterizedTest
  @MethodSource("labels")
  void hasAName(Label label) {
    assertThat(label.id()).matches("[a-z][a-z0-9_]*").endsWithIgnoringCase(suffix(label));
  }

  private static String suffix(Label label) {
    return label.id().contains("_after_") ? "" : "_" + label.horizon();
  }
}

package io.depthcast.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.book.BookBatch;
import io.depthcast.book.RandomBook;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The promises that every feature keeps, as checks on anything that computes columns from rows.
 *
 * @param start gives a computation with fresh state
 * @param columns number of columns
 * @param warmupEvents rows of look-back
 * @param warmupNanos time of look-back
 * @param mayBeUndefined whether values may be missing where nothing is wrong
 */
record FeatureContract(
    Supplier<FeatureKernel> start,
    int columns,
    int warmupEvents,
    long warmupNanos,
    boolean mayBeUndefined) {

  private static final int ROWS = 3000;
  private static final int LEVELS = 10;

  static FeatureContract of(FeatureFamily family) {
    return new FeatureContract(
        FeatureRuns.starting(family),
        family.produces().size(),
        family.warmupEvents(),
        family.warmupNanos(),
        family.mayBeUndefined());
  }

  /** A faulty computation: the values of the next row, except in the last row of a batch. */
  FeatureContract endingOneRowLate() {
    Supplier<FeatureKernel> late =
        () -> {
          FeatureKernel kernel = start.get();
          return (batch, out) -> {
            kernel.compute(batch, out);
            for (double[] column : out) {
              System.arraycopy(column, 1, column, 0, batch.rows - 1);
            }
          };
        };
    return new FeatureContract(late, columns, warmupEvents, warmupNanos, mayBeUndefined);
  }

  /** Whether another computation gives the same bits on the book whose cut must not show. */
  boolean hasTheValuesOf(FeatureContract other) {
    BookBatch book = RandomBook.withHoles(5, ROWS, LEVELS);
    double[][] ours = whole(book);
    double[][] theirs = other.whole(book);
    return IntStream.range(0, columns).allMatch(c -> Arrays.equals(bits(ours[c]), bits(theirs[c])));
  }

  /** Other rows after row n leave the values up to row n as they are. */
  void isCausal() {
    Random random = new Random(1);
    BookBatch book = RandomBook.withHoles(2, ROWS, LEVELS);
    BookBatch other = RandomBook.withHoles(3, ROWS, LEVELS);
    double[][] expected = whole(book);
    for (int trial = 0; trial < 20; trial++) {
      int n = random.nextInt(ROWS - 1);
      BookBatch changed = new BookBatch(ROWS, LEVELS);
      RandomBook.copy(book, 0, ROWS, changed);
      for (int i = n + 1; i < ROWS; i++) {
        copyRow(other, i, changed);
        changed.tsEvent[i] = Math.max(book.tsEvent[n], other.tsEvent[i]);
      }
      assertSameBits("rows up to " + n, rows(whole(changed), 0, n + 1), rows(expected, 0, n + 1));
    }
  }

  /** The cut into batches does not show. */
  void isBatchSplitInvariant() {
    Random random = new Random(4);
    BookBatch book = RandomBook.withHoles(5, ROWS, LEVELS);
    double[][] expected = whole(book);
    assertSameBits("row by row", FeatureRuns.run(start, columns, book, 0, ROWS, () -> 1), expected);
    for (int trial = 0; trial < 5; trial++) {
      int most = 1 << (2 * trial + 2);
      double[][] values =
          FeatureRuns.run(start, columns, book, 0, ROWS, () -> 1 + random.nextInt(most));
      assertSameBits("batches of up to " + most + " rows", values, expected);
    }
  }

  /** A slice's values are its own: two slices computed side by side equal each computed alone. */
  void isIsolatedBySlice() {
    BookBatch first = RandomBook.withHoles(6, ROWS, LEVELS);
    BookBatch second = RandomBook.withHoles(7, ROWS, LEVELS);
    double[][] expectedFirst = whole(first);
    double[][] expectedSecond = whole(second);
    FeatureKernel one = start.get();
    FeatureKernel two = start.get();
    BookBatch batch = new BookBatch(100, LEVELS);
    double[][] out = new double[columns][100];
    for (int row = 0; row < ROWS; row += 100) {
      RandomBook.copy(first, row, row + 100, batch);
      one.compute(batch, out);
      assertSameBits("first slice at " + row, out, rows(expectedFirst, row, row + 100));
      RandomBook.copy(second, row, row + 100, batch);
      two.compute(batch, out);
      assertSameBits("second slice at " + row, out, rows(expectedSecond, row, row + 100));
    }
  }

  /**
   * Missing where the look-back is not whole and clean and, unless the family says otherwise, only
   * there, on a book without empty levels.
   */
  void isMissingExactlyInWarmupAndAroundSuspectRows() {
    BookBatch book = RandomBook.full(8, ROWS, LEVELS);
    double[][] values = whole(book);
    int clean = 0;
    for (int n = 0; n < ROWS; n++) {
      boolean missing = missing(book, n);
      clean += missing ? 0 : 1;
      for (double[] column : values) {
        assertThat(column[n])
            .as("row %s", n)
            .matches(
                value ->
                    missing
                        ? Double.isNaN(value)
                        : Double.isFinite(value) || (mayBeUndefined && Double.isNaN(value)));
      }
    }
    assertThat(clean).as("rows with values").isGreaterThan(100);
    assertThat(ROWS - clean).as("rows without").isGreaterThan(3);
  }

  /** Empty levels may add missing values, never infinities. */
  void isFiniteOrMissing() {
    BookBatch book = RandomBook.withHoles(9, ROWS, LEVELS);
    for (double[] column : whole(book)) {
      for (int n = 0; n < ROWS; n++) {
        assertThat(Double.isInfinite(column[n])).as("row %s infinite", n).isFalse();
        if (missing(book, n)) {
          assertThat(column[n]).as("row %s", n).isNaN();
        }
      }
    }
  }

  /**
   * Levels that the source does not tell of make values missing, never others, and none where they
   * are not read.
   *
   * @param levels that are read
   */
  void isMissingOrTheSameWhereLevelsAreUnknown(int levels) {
    BookBatch book = RandomBook.withHoles(14, ROWS, LEVELS);
    double[][] expected = whole(book);
    double[][] values = whole(upToLevel(5, book));
    for (int c = 0; levels > 5 && c < columns; c++) {
      for (int n = 0; n < ROWS; n++) {
        expected[c][n] = Double.isNaN(values[c][n]) ? Double.NaN : expected[c][n];
      }
    }
    assertSameBits("five levels", values, expected);
  }

  /** The book as a source of fewer levels tells it. */
  static BookBatch upToLevel(int known, BookBatch book) {
    BookBatch told = new BookBatch(book.rows, book.levels);
    RandomBook.copy(book, 0, book.rows, told);
    told.known = known;
    for (double[][] side :
        new double[][][] {told.bidPrice, told.bidSize, told.askPrice, told.askSize}) {
      for (int level = known; level < book.levels; level++) {
        Arrays.fill(side[level], Double.NaN);
      }
    }
    return told;
  }

  /** The fewest values that a column has, where levels stand empty for a while. */
  long fewestValues() {
    return Arrays.stream(whole(RandomBook.withHoles(12, ROWS, LEVELS)))
        .mapToLong(column -> Arrays.stream(column).filter(Double::isFinite).count())
        .min()
        .orElseThrow();
  }

  /**
   * Blocks of a slice, each begun a warm-up earlier and computed apart, give the slice's values.
   */
  void canBeCutIntoBlocks() {
    Random random = new Random(10);
    BookBatch book = RandomBook.withHoles(11, ROWS, LEVELS);
    double[][] expected = whole(book);
    for (int trial = 0; trial < 20; trial++) {
      int block = 1 + random.nextInt(ROWS - 1);
      int from = lookBack(book, block);
      double[][] values =
          FeatureRuns.run(start, columns, book, from, ROWS, () -> 1 + random.nextInt(500));
      assertSameBits(
          "block from " + block,
          rows(values, block - from, ROWS - from),
          rows(expected, block, ROWS));
    }
  }

  /** Suspect rows blank the values whose look-back touches them, and change no other. */
  void isUnmovedBySuspectRowsOutOfTheLookBack() {
    BookBatch book = RandomBook.full(13, ROWS, LEVELS);
    BookBatch trusted = new BookBatch(ROWS, LEVELS);
    RandomBook.copy(book, 0, ROWS, trusted);
    Arrays.fill(trusted.suspect, false);
    double[][] expected = whole(trusted);
    for (int n = 0; n < ROWS; n++) {
      if (missing(book, n)) {
        for (double[] column : expected) {
          column[n] = Double.NaN;
        }
      }
    }
    assertSameBits("with suspect rows", whole(book), expected);
  }

  /** The last row that a run can begin at to give row n. */
  private int lookBack(BookBatch book, int n) {
    int from = Math.max(0, n - warmupEvents);
    while (from > 0 && book.tsEvent[n] - book.tsEvent[from] < warmupNanos) {
      from--;
    }
    return from;
  }

  private boolean missing(BookBatch book, int n) {
    int from = lookBack(book, n);
    if (n - from < warmupEvents || book.tsEvent[n] - book.tsEvent[from] < warmupNanos) {
      return true;
    }
    for (int i = from; i <= n; i++) {
      if (book.suspect[i]) {
        return true;
      }
    }
    return false;
  }

  private double[][] whole(BookBatch book) {
    return FeatureRuns.run(start, columns, book, 0, book.rows, () -> book.rows);
  }

  private static void copyRow(BookBatch from, int row, BookBatch to) {
    to.suspect[row] = from.suspect[row];
    to.eventType[row] = from.eventType[row];
    to.side[row] = from.side[row];
    to.price[row] = from.price[row];
    to.size[row] = from.size[row];
    to.orderId[row] = from.orderId[row];
    for (int level = 0; level < from.levels; level++) {
      to.bidPrice[level][row] = from.bidPrice[level][row];
      to.bidSize[level][row] = from.bidSize[level][row];
      to.askPrice[level][row] = from.askPrice[level][row];
      to.askSize[level][row] = from.askSize[level][row];
    }
  }

  private static double[][] rows(double[][] values, int from, int to) {
    double[][] part = new double[values.length][];
    Arrays.setAll(part, c -> Arrays.copyOfRange(values[c], from, to));
    return part;
  }

  static void assertSameBits(String what, double[][] actual, double[][] expected) {
    for (int c = 0; c < expected.length; c++) {
      assertThat(bits(actual[c])).as("%s, column %s", what, c).isEqualTo(bits(expected[c]));
    }
  }

  /** All NaN are one value here, and 0.0 is not -0.0. */
  private static long[] bits(double[] values) {
    return Arrays.stream(values).mapToLong(Double::doubleToLongBits).toArray();
  }
}

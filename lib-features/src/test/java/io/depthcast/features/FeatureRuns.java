package io.depthcast.features;

import io.depthcast.book.BookBatch;
import io.depthcast.book.RandomBook;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** Runs features over typed and random books. */
final class FeatureRuns {

  private FeatureRuns() {}

  /** All rows of a book in one batch, one array a column. */
  static double[][] run(FeatureFamily family, BookBatch book) {
    int columns = family.produces().size();
    return run(starting(family), columns, book, 0, book.rows, () -> book.rows);
  }

  static Supplier<FeatureKernel> starting(FeatureFamily family) {
    FeatureSet set = new FeatureSet(List.of(family));
    return () -> set.start()::compute;
  }

  /** Rows {@code from .. to - 1} with a fresh start at {@code from}, in batches of given sizes. */
  static double[][] run(
      Supplier<FeatureKernel> start,
      int columns,
      BookBatch book,
      int from,
      int to,
      IntSupplier batchRows) {
    FeatureKernel kernel = start.get();
    BookBatch batch = new BookBatch(to - from, book.levels);
    double[][] out = new double[columns][to - from];
    double[][] values = new double[columns][to - from];
    int row = from;
    while (row < to) {
      int end = Math.min(to, row + batchRows.getAsInt());
      RandomBook.copy(book, row, end, batch);
      for (double[] column : out) {
        Arrays.fill(column, 0, end - row, -12345.0);
      }
      kernel.compute(batch, out);
      for (int c = 0; c < columns; c++) {
        System.arraycopy(out[c], 0, values[c], row - from, end - row);
      }
      row = end;
    }
    return values;
  }
}

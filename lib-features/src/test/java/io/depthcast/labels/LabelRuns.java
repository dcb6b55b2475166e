package io.depthcast.labels;

import io.depthcast.book.BookBatch;
import io.depthcast.book.RandomBook;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

/** Runs labels over typed and random books. */
final class LabelRuns {

  private LabelRuns() {}

  /** A label as a run gave it; NaN equals NaN. */
  record Given(long seq, long tsEvent, double value, long seqEnd, long tsEnd) {}

  /** Labels of all rows of a book in one batch. */
  static List<Given> run(Label label, BookBatch book) {
    return run(label.start(), book, 0, book.rows, () -> book.rows);
  }

  /** Labels of rows {@code from .. to - 1} as the end of a slice, in batches of given sizes. */
  static List<Given> run(LabelRun run, BookBatch book, int from, int to, IntSupplier batchRows) {
    List<Given> given = new ArrayList<>();
    LabelSink sink = sinkTo(given);
    BookBatch batch = new BookBatch(to - from, book.levels);
    int row = from;
    while (row < to) {
      int end = Math.min(to, row + batchRows.getAsInt());
      RandomBook.copy(book, row, end, batch);
      run.compute(batch, sink);
      row = end;
    }
    run.finish(sink);
    return given;
  }

  static LabelSink sinkTo(List<Given> given) {
    return (seq, tsEvent, value, seqEnd, tsEnd) ->
        given.add(new Given(seq, tsEvent, value, seqEnd, tsEnd));
  }
}

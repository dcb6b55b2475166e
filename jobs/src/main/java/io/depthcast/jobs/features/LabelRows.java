package io.depthcast.jobs.features;

import io.depthcast.jobs.table.ArrayVector;
import io.depthcast.jobs.table.BookRows;
import io.depthcast.jobs.table.Slice;
import io.depthcast.labels.Label;
import io.depthcast.labels.LabelRun;
import io.depthcast.labels.LabelSink;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** Rows of {@code gold.labels} out of rows of the book: one a row of the book and label. */
final class LabelRows implements Iterator<InternalRow> {

  private final BookRows book;
  private final List<Label> labels;
  private final Deque<Block> ready = new ArrayDeque<>();
  private List<LabelRun> runs = List.of();
  private Slice slice;
  private boolean atEnd;
  private Iterator<InternalRow> current = Collections.emptyIterator();

  LabelRows(Iterator<InternalRow> rows, List<Label> labels) {
    this.book = new BookRows(rows, 1, 0);
    this.labels = labels;
  }

  @Override
  public boolean hasNext() {
    while (!current.hasNext()) {
      if (ready.isEmpty() && !readMore()) {
        return false;
      }
      current = ready.isEmpty() ? Collections.emptyIterator() : ready.remove().rows();
    }
    return true;
  }

  @Override
  public InternalRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return current.next();
  }

  private boolean readMore() {
    if (atEnd) {
      return false;
    }
    atEnd = !book.next();
    if (atEnd) {
      finishSlice();
      return true;
    }
    if (book.isNewSlice()) {
      finishSlice();
      slice = book.slice();
      runs = labels.stream().map(Label::start).toList();
    }
    for (int i = 0; i < runs.size(); i++) {
      Block block = new Block(slice, labels.get(i), book.batch().rows);
      runs.get(i).compute(book.batch(), block);
      ready.add(block);
    }
    return true;
  }

  private void finishSlice() {
    for (int i = 0; i < runs.size(); i++) {
      Block block = new Block(slice, labels.get(i), labels.get(i).horizonEvents());
      runs.get(i).finish(block);
      ready.add(block);
    }
  }

  /** Labels of one kind and slice, as columns. */
  private static final class Block implements LabelSink {

    private static final int NO_DIRECTION = Integer.MIN_VALUE;

    private final Slice slice;
    private final Label label;
    private final long[] seq;
    private final long[] tsEvent;
    private final double[] move;
    private final int[] direction;
    private final long[] tsEnd;
    private int rows;

    Block(Slice slice, Label label, int capacity) {
      this.slice = slice;
      this.label = label;
      seq = new long[capacity];
      tsEvent = new long[capacity];
      move = new double[capacity];
      direction = new int[capacity];
      tsEnd = new long[capacity];
    }

    @Override
    public void label(long seq, long tsEvent, double moveBps, long tsLabelEnd) {
      this.seq[rows] = seq;
      this.tsEvent[rows] = tsEvent;
      move[rows] = moveBps;
      direction[rows] = Double.isNaN(moveBps) ? NO_DIRECTION : (int) Math.signum(moveBps);
      tsEnd[rows] = tsLabelEnd;
      rows++;
    }

    Iterator<InternalRow> rows() {
      long[] horizon = new long[rows];
      Arrays.fill(horizon, label.horizonEvents());
      ColumnarBatch batch =
          new ColumnarBatch(
              new ColumnVector[] {
                ArrayVector.constant(slice.venue()),
                ArrayVector.constant(slice.symbol()),
                ArrayVector.constantDate((int) slice.tradeDate().toEpochDay()),
                ArrayVector.longs(seq, Long.MIN_VALUE),
                ArrayVector.longs(tsEvent, Long.MIN_VALUE),
                ArrayVector.constant(label.id()),
                ArrayVector.longs(horizon, Long.MIN_VALUE),
                ArrayVector.doubles(move),
                ArrayVector.ints(direction, NO_DIRECTION),
                ArrayVector.longs(tsEnd, Label.NO_END)
              });
      batch.setNumRows(rows);
      return batch.rowIterator();
    }
  }
}

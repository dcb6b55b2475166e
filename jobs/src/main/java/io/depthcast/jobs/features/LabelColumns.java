package io.depthcast.jobs.features;

import io.depthcast.book.BookBatch;
import io.depthcast.jobs.columns.ArrayVector;
import io.depthcast.jobs.table.Slice;
import io.depthcast.jobs.table.SliceFiles;
import io.depthcast.jobs.table.Tables;
import io.depthcast.labels.Label;
import io.depthcast.labels.LabelRun;
import io.depthcast.labels.LabelSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.apache.spark.sql.types.DataTypes;

/**
 * Writes the rows of {@code gold.labels} of one slice, or of a block of it, and label: one a row of
 * the book.
 */
final class LabelColumns implements LabelSink {

  private static final int CAPACITY = 4096;
  private static final int NO_DIRECTION = Integer.MIN_VALUE;

  private final SliceFiles out;
  private final Label label;
  private final long lastSeq;
  private final LabelRun run;
  private final long[] seq = new long[CAPACITY];
  private final long[] tsEvent = new long[CAPACITY];
  private final double[] values = new double[CAPACITY];
  private final int[] direction = new int[CAPACITY];
  private final long[] seqEnd = new long[CAPACITY];
  private final long[] tsEnd = new long[CAPACITY];
  private final ArrayVector[] columns;
  private int rows;
  private boolean isWhole;

  /**
   * @param lastSeq the last row that gets a label
   */
  LabelColumns(SliceFiles out, Slice slice, Label label, long lastSeq) {
    this.out = out;
    this.label = label;
    this.lastSeq = lastSeq;
    run = label.start(lastSeq);
    columns = columns(slice);
  }

  private ArrayVector[] columns(Slice slice) {
    long[] horizon = new long[CAPACITY];
    Arrays.fill(horizon, label.horizon().length());
    ArrayVector none = ArrayVector.nulls(DataTypes.DoubleType);
    ArrayVector some = ArrayVector.doubles(values);
    boolean isMove = label.quantity() == Label.Quantity.MOVE;
    return slice.columns(
        ArrayVector.longs(seq, Long.MIN_VALUE),
        ArrayVector.longs(tsEvent, Long.MIN_VALUE),
        ArrayVector.constant(label.id()),
        ArrayVector.longs(horizon, Long.MIN_VALUE),
        isMove ? some : none,
        isMove ? none : some,
        ArrayVector.ints(direction, NO_DIRECTION),
        ArrayVector.longs(seqEnd, Label.NO_END),
        ArrayVector.longs(tsEnd, Label.NO_END));
  }

  /** Takes the next rows and writes the labels that are known with them. */
  void write(BookBatch book) throws IOException {
    try {
      run.compute(book, this);
      flush();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Writes the labels of the slice's last rows. */
  void finish() throws IOException {
    try {
      run.finish(this);
      flush();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Whether every row up to the last one has its label. */
  boolean isWhole() {
    return isWhole;
  }

  @Override
  public void label(long atSeq, long atTsEvent, double value, long atSeqEnd, long atTsEnd) {
    if (rows == CAPACITY) {
      try {
        flush();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    seq[rows] = atSeq;
    tsEvent[rows] = atTsEvent;
    values[rows] = value;
    direction[rows] = Double.isNaN(value) ? NO_DIRECTION : label.direction(value);
    seqEnd[rows] = atSeqEnd;
    tsEnd[rows] = atTsEnd;
    rows++;
    isWhole = atSeq == lastSeq;
  }

  private void flush() throws IOException {
    out.write(Tables.LABELS, columns, rows);
    rows = 0;
  }
}

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
import java.util.Arrays;

/** Writes the rows of {@code gold.labels} of one slice and label: one a row of the book. */
final class LabelColumns implements LabelSink {

  private static final int NO_DIRECTION = Integer.MIN_VALUE;

  private final SliceFiles out;
  private final Slice slice;
  private final Label label;
  private final LabelRun run;
  private long[] seq = new long[0];
  private long[] tsEvent;
  private double[] move;
  private int[] direction;
  private long[] tsEnd;
  private ArrayVector[] columns;
  private int rows;

  LabelColumns(SliceFiles out, Slice slice, Label label) {
    this.out = out;
    this.slice = slice;
    this.label = label;
    this.run = label.start();
  }

  /** Takes the next rows and writes the labels that are known with them. */
  void write(BookBatch book) throws IOException {
    begin(book.rows);
    run.compute(book, this);
    out.write(Tables.LABELS, columns, rows);
  }

  /** Writes the labels of the last rows. */
  void finish() throws IOException {
    begin(label.horizonEvents());
    run.finish(this);
    out.write(Tables.LABELS, columns, rows);
  }

  private void begin(int capacity) {
    rows = 0;
    if (seq.length >= capacity) {
      return;
    }
    seq = new long[capacity];
    tsEvent = new long[capacity];
    move = new double[capacity];
    direction = new int[capacity];
    tsEnd = new long[capacity];
    long[] horizon = new long[capacity];
    Arrays.fill(horizon, label.horizonEvents());
    columns =
        slice.columns(
            ArrayVector.longs(seq, Long.MIN_VALUE),
            ArrayVector.longs(tsEvent, Long.MIN_VALUE),
            ArrayVector.constant(label.id()),
            ArrayVector.longs(horizon, Long.MIN_VALUE),
            ArrayVector.doubles(move),
            ArrayVector.ints(direction, NO_DIRECTION),
            ArrayVector.longs(tsEnd, Label.NO_END));
  }

  @Override
  public void label(long atSeq, long atTsEvent, double moveBps, long tsLabelEnd) {
    seq[rows] = atSeq;
    tsEvent[rows] = atTsEvent;
    move[rows] = moveBps;
    direction[rows] = Double.isNaN(moveBps) ? NO_DIRECTION : (int) Math.signum(moveBps);
    tsEnd[rows] = tsLabelEnd;
    rows++;
  }
}

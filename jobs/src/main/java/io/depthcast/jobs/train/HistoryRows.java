package io.depthcast.jobs.train;

import io.depthcast.training.TrainingRows;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The labelled rows of a partition, each after as many of the rows before it as a window needs; no
 * row twice. Rows that do not follow each other, by slice or number, are of different stretches.
 *
 * <p>Rows in: venue, symbol, trade_date, seq, features, label (-1 for none), last_class; in the
 * order of slice and seq.
 */
final class HistoryRows implements Iterator<InternalRow> {

  static final StructType SCHEMA =
      new StructType()
          .add(TrainingRows.FEATURES, DataTypes.createArrayType(DataTypes.FloatType, false), false)
          .add(TrainingRows.LABEL, DataTypes.DoubleType, false)
          .add(TrainingRows.LAST_CLASS, DataTypes.IntegerType, false)
          .add(TrainingRows.STRETCH, DataTypes.IntegerType, false);

  private final Iterator<InternalRow> rows;
  private final int history;

  /** Rows that may be the history of a labelled one still to come. */
  private final Deque<InternalRow> waiting = new ArrayDeque<>();

  private final Deque<InternalRow> ready = new ArrayDeque<>();
  private InternalRow last;
  private boolean isCut = true;
  private int stretch = -1;

  HistoryRows(Iterator<InternalRow> rows, int history) {
    this.rows = rows;
    this.history = history;
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && rows.hasNext()) {
      add(rows.next().copy());
    }
    return !ready.isEmpty();
  }

  @Override
  public InternalRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove();
  }

  private void add(InternalRow row) {
    if (last == null || !follows(last, row)) {
      waiting.clear();
      isCut = true;
    }
    last = row;
    waiting.add(row);
    if (row.getDouble(5) >= 0) {
      release();
    } else if (waiting.size() > history) {
      waiting.remove();
      isCut = true;
    }
  }

  private void release() {
    if (isCut) {
      stretch++;
      isCut = false;
    }
    for (InternalRow row : waiting) {
      ready.add(
          new GenericInternalRow(
              new Object[] {row.getArray(4), row.getDouble(5), row.getInt(6), stretch}));
    }
    waiting.clear();
  }

  /** Whether a row is the next of the slice. */
  static boolean follows(InternalRow before, InternalRow row) {
    return row.getLong(3) == before.getLong(3) + 1
        && row.getUTF8String(1).equals(before.getUTF8String(1))
        && row.getInt(2) == before.getInt(2)
        && row.getUTF8String(0).equals(before.getUTF8String(0));
  }
}

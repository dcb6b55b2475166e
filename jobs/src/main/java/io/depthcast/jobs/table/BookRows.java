package io.depthcast.jobs.table;

import io.depthcast.book.BookBatch;
import io.depthcast.quality.DataContractException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Rows of {@code silver.book} in slice order as batches; a batch never spans two slices.
 *
 * <p>Columns of the rows: {@link #columns(int)}, followed by any number of doubles of the caller.
 */
public final class BookRows {

  private static final int BATCH = 4096;
  private static final int FIRST_LEVEL = 6;

  private final Iterator<InternalRow> rows;
  private final BookBatch batch;
  private final double[][] extra;
  private Slice slice;
  private boolean newSlice;
  private long lastSeq;
  private InternalRow pending;
  private UTF8String venue;
  private UTF8String symbol;
  private int epochDay;

  /**
   * @param rows rows in slice order
   * @param levels levels a side in the rows
   * @param extraColumns number of doubles behind the book's columns
   */
  public BookRows(Iterator<InternalRow> rows, int levels, int extraColumns) {
    this.rows = rows;
    batch = new BookBatch(BATCH, levels);
    extra = new double[extraColumns][BATCH];
  }

  /** The columns that the rows must begin with. */
  public static List<String> columns(int levels) {
    List<String> columns =
        new ArrayList<>(List.of("venue", "symbol", "trade_date", "seq", "ts_event", "suspect"));
    columns.addAll(Tables.bookColumns(levels));
    return columns;
  }

  /** Fills the batch with the next rows of one slice; false at the end. */
  public boolean next() {
    InternalRow row = pending != null ? pending : rows.hasNext() ? rows.next() : null;
    pending = null;
    if (row == null) {
      return false;
    }
    newSlice = !sameSlice(row);
    if (newSlice) {
      enter(row);
    }
    batch.rows = 0;
    while (true) {
      add(row);
      if (batch.rows == BATCH || !rows.hasNext()) {
        return true;
      }
      row = rows.next();
      if (!sameSlice(row)) {
        // Spark reuses the row object; it stays valid until the next call of rows.next().
        pending = row;
        return true;
      }
    }
  }

  public BookBatch batch() {
    return batch;
  }

  /** The caller's columns, by column, then row; NaN where null. */
  public double[][] extra() {
    return extra;
  }

  public Slice slice() {
    return slice;
  }

  /** True if the batch is the first of its slice. */
  public boolean isNewSlice() {
    return newSlice;
  }

  private boolean sameSlice(InternalRow row) {
    return slice != null
        && row.getInt(2) == epochDay
        && row.getUTF8String(1).equals(symbol)
        && row.getUTF8String(0).equals(venue);
  }

  private void enter(InternalRow row) {
    venue = row.getUTF8String(0).clone();
    symbol = row.getUTF8String(1).clone();
    epochDay = row.getInt(2);
    slice = new Slice(venue.toString(), symbol.toString(), LocalDate.ofEpochDay(epochDay));
    lastSeq = 0;
  }

  private void add(InternalRow row) {
    long seq = row.getLong(3);
    if (seq != lastSeq + 1) {
      throw new DataContractException(
          "silver.book "
              + slice
              + ": seq "
              + seq
              + " follows "
              + lastSeq
              + "; ingest the slice again");
    }
    lastSeq = seq;
    int i = batch.rows++;
    int levels = batch.levels;
    batch.seq[i] = seq;
    batch.tsEvent[i] = row.getLong(4);
    batch.suspect[i] = row.getBoolean(5);
    int column = FIRST_LEVEL;
    for (double[][] side :
        new double[][][] {batch.bidPrice, batch.bidSize, batch.askPrice, batch.askSize}) {
      for (int level = 0; level < levels; level++, column++) {
        side[level][i] = row.isNullAt(column) ? Double.NaN : row.getDouble(column);
      }
    }
    for (int e = 0; e < extra.length; e++, column++) {
      extra[e][i] = row.isNullAt(column) ? Double.NaN : row.getDouble(column);
    }
  }
}

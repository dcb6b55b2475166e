package io.depthcast.jobs.table;

import io.depthcast.book.BookBatch;
import io.depthcast.quality.DataContractException;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.spark.paths.SparkPath;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import scala.Function1;
import scala.collection.Iterator;

/**
 * One slice of {@code silver.book}, or a block of it, as a task reads it: by columns, in order of
 * seq, in memory that does not grow with the slice.
 */
public final class BookFiles implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Tag of a file: levels a side that its source tells of; deeper ones are unknown, not empty. */
  public static final String KNOWN_LEVELS = "knownLevels";

  record File(String path, long bytes, long modified, int knownLevels) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  private final SlicePart part;
  private final List<File> files;
  private final int levels;
  private final boolean events;
  private final Function1<PartitionedFile, Iterator<InternalRow>> reader;
  private final long readFrom;
  private final long first;
  private final long last;

  /**
   * @param files those that hold the rows from {@code readFrom} on
   * @param readFrom the first row to read
   * @param first the block's first row
   * @param last the block's last row, or any later one where the slice ends
   */
  BookFiles(
      SlicePart part, List<File> files, BookFormat format, long readFrom, long first, long last) {
    this.part = part;
    this.files = List.copyOf(files);
    this.levels = format.levels();
    this.events = format.events();
    this.reader = format.from(readFrom);
    this.readFrom = readFrom;
    this.first = first;
    this.last = last;
  }

  public Slice slice() {
    return part.slice();
  }

  /** Which stretch of the slice the block is. */
  public SlicePart part() {
    return part;
  }

  /** The block's first row. */
  public long first() {
    return first;
  }

  /** The block's last row; {@link Long#MAX_VALUE} where that is the slice's. */
  public long last() {
    return last;
  }

  /** What is done with each batch of rows; a batch is reused. */
  @FunctionalInterface
  public interface Consumer {
    void accept(BookBatch rows) throws Exception;
  }

  /**
   * Reads the slice from its first row to its last; of a block, from before its first row to the
   * slice's end.
   *
   * @throws DataContractException if rows are missing or out of order
   */
  public void forEach(Consumer consumer) throws Exception {
    forEach(consumer, () -> false);
  }

  /**
   * The same, until enough is read. No batch holds rows of the block and others.
   *
   * @param enough asked before each batch
   */
  public void forEach(Consumer consumer, BooleanSupplier enough) throws Exception {
    BookBatch batch = null;
    long lastSeq = readFrom - 1;
    for (File file : files) {
      Iterator<InternalRow> batches =
          reader.apply(
              new PartitionedFile(
                  InternalRow.empty(),
                  SparkPath.fromPathString(file.path()),
                  0,
                  file.bytes(),
                  new String[0],
                  file.modified(),
                  file.bytes(),
                  Lake.scalaMap(Map.of())));
      while (batches.hasNext()) {
        // The reader's type says rows; with returning_batch they are batches.
        ColumnarBatch columns = (ColumnarBatch) (Object) batches.next();
        int rows = columns.numRows();
        if (batch == null || batch.capacity < rows) {
          batch = new BookBatch(rows, levels);
        }
        batch.known = Math.min(levels, file.knownLevels());
        long[] seqs = columns.column(0).getLongs(0, rows);
        int end;
        for (int row = rowsBefore(readFrom, seqs, 0); row < rows; row = end) {
          if (enough.getAsBoolean()) {
            return;
          }
          end = cut(seqs, row);
          fill(batch, columns, row, end - row);
          requireOrder(batch, lastSeq);
          lastSeq = batch.seq[batch.rows - 1];
          consumer.accept(batch);
        }
      }
    }
  }

  /** Where a batch that begins at a row ends: before the block's first row or after its last. */
  private int cut(long[] seqs, int from) {
    if (seqs[from] < first) {
      return rowsBefore(first, seqs, from);
    }
    return seqs[from] <= last && seqs[seqs.length - 1] > last
        ? rowsBefore(last + 1, seqs, from)
        : seqs.length;
  }

  private static int rowsBefore(long seq, long[] seqs, int from) {
    int row = from;
    while (row < seqs.length && seqs[row] < seq) {
      row++;
    }
    return row;
  }

  private void fill(BookBatch batch, ColumnarBatch columns, int from, int rows) {
    batch.rows = rows;
    System.arraycopy(columns.column(0).getLongs(from, rows), 0, batch.seq, 0, rows);
    System.arraycopy(columns.column(1).getLongs(from, rows), 0, batch.tsEvent, 0, rows);
    System.arraycopy(columns.column(2).getBooleans(from, rows), 0, batch.suspect, 0, rows);
    int column = 3;
    for (double[][] side :
        new double[][][] {batch.bidPrice, batch.bidSize, batch.askPrice, batch.askSize}) {
      for (double[] level : side) {
        fill(level, columns.column(column++), from, rows);
      }
    }
    if (events) {
      BookColumns.readEventTypes(columns.column(column++), from, rows, batch.eventType);
      BookColumns.readSides(columns.column(column++), from, rows, batch.side);
      fill(batch.price, columns.column(column++), from, rows);
      fill(batch.size, columns.column(column++), from, rows);
      fill(batch.orderId, columns.column(column), from, rows);
    }
  }

  private static void fill(long[] orders, ColumnVector column, int from, int rows) {
    System.arraycopy(column.getLongs(from, rows), 0, orders, 0, rows);
    for (int i = 0; column.hasNull() && i < rows; i++) {
      if (column.isNullAt(from + i)) {
        orders[i] = BookBatch.NO_ORDER;
      }
    }
  }

  private static void fill(double[] values, ColumnVector column, int from, int rows) {
    System.arraycopy(column.getDoubles(from, rows), 0, values, 0, rows);
    if (column.hasNull()) {
      for (int i = 0; i < rows; i++) {
        if (column.isNullAt(from + i)) {
          values[i] = Double.NaN;
        }
      }
    }
  }

  private void requireOrder(BookBatch batch, long lastSeq) {
    for (int i = 0; i < batch.rows; i++) {
      if (batch.seq[i] != lastSeq + 1 + i) {
        long before = i == 0 ? lastSeq : batch.seq[i - 1];
        throw new DataContractException(
            "silver.book "
                + part.slice()
                + ": seq "
                + batch.seq[i]
                + " follows "
                + before
                + "; ingest the slice again");
      }
    }
  }
}

package io.depthcast.jobs.table;

import io.depthcast.book.BookBatch;
import io.depthcast.quality.DataContractException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.spark.paths.SparkPath;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.sources.Filter;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import scala.Function1;
import scala.collection.Iterator;
import scala.collection.JavaConverters;

/**
 * One slice of {@code silver.book} as a task reads it: by columns, in order of seq, in memory that
 * does not grow with the slice.
 */
public final class BookFiles implements Serializable {

  private static final long serialVersionUID = 1L;

  private record File(String path, long bytes, long modified) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /** How the files are read. */
  record Format(
      int levels, boolean events, Function1<PartitionedFile, Iterator<InternalRow>> reader)
      implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  private final Slice slice;
  private final List<File> files;
  private final Format format;

  private BookFiles(Slice slice, List<File> files, Format format) {
    this.slice = slice;
    this.files = files;
    this.format = format;
  }

  static Format format(SparkSession spark, int levels, boolean events) {
    StructType table = Tables.book(levels).schema();
    StructType columns = new StructType();
    for (String name : columns(levels, events)) {
      columns = columns.add(table.apply(name));
    }
    return new Format(
        levels,
        events,
        new ParquetFileFormat()
            .buildReaderWithPartitionValues(
                spark,
                columns,
                new StructType(),
                columns,
                JavaConverters.asScalaBuffer(List.<Filter>of()).toSeq(),
                Lake.scalaMap(Map.of("returning_batch", "true")),
                spark.sessionState().newHadoopConf()));
  }

  private static List<String> columns(int levels, boolean events) {
    List<String> names = new ArrayList<>(List.of("seq", "ts_event", "suspect"));
    names.addAll(Tables.bookColumns(levels));
    if (events) {
      names.addAll(List.of("event_type", "side", "price", "size", "order_id"));
    }
    return names;
  }

  static BookFiles of(Slice slice, String location, List<AddFile> files, Format format) {
    return new BookFiles(
        slice,
        files.stream()
            .sorted(Comparator.comparing(AddFile::path))
            .map(
                file ->
                    new File(
                        location + "/" + SparkPath.fromUrlString(file.path()).toPath(),
                        file.size(),
                        file.modificationTime()))
            .toList(),
        format);
  }

  public Slice slice() {
    return slice;
  }

  /** What is done with each batch of rows; a batch is reused. */
  @FunctionalInterface
  public interface Consumer {
    void accept(BookBatch rows) throws Exception;
  }

  /**
   * Reads the slice from its first row to its last.
   *
   * @throws DataContractException if rows are missing or out of order
   */
  public void forEach(Consumer consumer) throws Exception {
    BookBatch batch = null;
    long lastSeq = 0;
    for (File file : files) {
      Iterator<InternalRow> batches =
          format
              .reader()
              .apply(
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
          batch = new BookBatch(rows, format.levels());
        }
        fill(batch, columns, rows);
        requireOrder(batch, lastSeq);
        lastSeq = batch.seq[rows - 1];
        consumer.accept(batch);
      }
    }
  }

  private void fill(BookBatch batch, ColumnarBatch columns, int rows) {
    batch.rows = rows;
    System.arraycopy(columns.column(0).getLongs(0, rows), 0, batch.seq, 0, rows);
    System.arraycopy(columns.column(1).getLongs(0, rows), 0, batch.tsEvent, 0, rows);
    System.arraycopy(columns.column(2).getBooleans(0, rows), 0, batch.suspect, 0, rows);
    int column = 3;
    for (double[][] side :
        new double[][][] {batch.bidPrice, batch.bidSize, batch.askPrice, batch.askSize}) {
      for (double[] level : side) {
        fill(level, columns.column(column++), rows);
      }
    }
    if (format.events()) {
      BookColumns.readEventTypes(columns.column(column++), rows, batch.eventType);
      BookColumns.readSides(columns.column(column++), rows, batch.side);
      fill(batch.price, columns.column(column++), rows);
      fill(batch.size, columns.column(column++), rows);
      fill(batch.orderId, columns.column(column), rows);
    }
  }

  private static void fill(long[] orders, ColumnVector column, int rows) {
    System.arraycopy(column.getLongs(0, rows), 0, orders, 0, rows);
    for (int i = 0; column.hasNull() && i < rows; i++) {
      if (column.isNullAt(i)) {
        orders[i] = BookBatch.NO_ORDER;
      }
    }
  }

  private static void fill(double[] values, ColumnVector column, int rows) {
    System.arraycopy(column.getDoubles(0, rows), 0, values, 0, rows);
    if (column.hasNull()) {
      for (int i = 0; i < rows; i++) {
        if (column.isNullAt(i)) {
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
                + slice
                + ": seq "
                + batch.seq[i]
                + " follows "
                + before
                + "; ingest the slice again");
      }
    }
  }
}

package io.depthcast.jobs.table;

import io.depthcast.book.BookBatch;
import io.depthcast.jobs.columns.ColumnFileReader;
import io.depthcast.quality.DataContractException;
import java.io.Serializable;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * One slice of {@code silver.book}, or a block of it, as a task reads it: by columns, in order of
 * seq, in memory that does not grow with the slice.
 */
public final class BookFiles implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Tag of a file: levels a side that its source tells of; deeper ones are unknown, not empty. */
  public static final String KNOWN_LEVELS = "knownLevels";

  private static final int BATCH_ROWS = 4096;

  record File(String path, int knownLevels) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  private final SlicePart part;
  private final List<File> files;
  private final BookFormat format;
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
    this.format = format;
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
    long[] seqs = new long[BATCH_ROWS];
    BookBatch batch = null;
    long lastSeq = readFrom - 1;
    for (File file : files) {
      try (ColumnFileReader columns = format.open(file.path(), readFrom)) {
        for (int rows = columns.next(BATCH_ROWS); rows > 0; rows = columns.next(BATCH_ROWS)) {
          if (batch == null || batch.capacity < rows) {
            batch = new BookBatch(rows, format.levels());
          }
          batch.known = Math.min(format.levels(), file.knownLevels());
          format.readSeq(columns, seqs, rows);
          int end;
          for (int row = 0; row < rows; row = end) {
            if (enough.getAsBoolean()) {
              return;
            }
            end = cut(seqs, row, rows);
            System.arraycopy(seqs, row, batch.seq, 0, end - row);
            format.read(columns, batch, end - row);
            if (seqs[row] >= readFrom) {
              requireOrder(batch, lastSeq);
              lastSeq = seqs[end - 1];
              consumer.accept(batch);
            }
          }
        }
      }
    }
  }

  /** Where a batch that begins at a row ends: no batch reaches over a begin or end. */
  private int cut(long[] seqs, int from, int rows) {
    for (long begin : new long[] {readFrom, first, last + 1}) {
      if (seqs[from] < begin) {
        int row = from;
        while (row < rows && seqs[row] < begin) {
          row++;
        }
        return row;
      }
    }
    return rows;
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

package io.depthcast.jobs.source;

import io.depthcast.feed.snapshot.SnapshotRow;
import io.depthcast.feed.snapshot.SnapshotSource;
import io.depthcast.quality.DataContractException;
import java.io.Closeable;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;

/** A file of depth snapshots, read row by row. All rows are of one instrument. */
final class SnapshotFile implements Closeable {

  /** Rows of a file as they lie in it. */
  interface Cells extends Closeable {

    /**
     * Fills a row with the next line; false at the end.
     *
     * @throws DataContractException if the file is damaged there
     */
    boolean read(SnapshotRow row);

    /** Instrument of the row that was read last; null if missing. */
    String symbol();

    /** CRC-32C of the file; of the whole file once {@link #read} has answered false. */
    long checksum();
  }

  private final Cells cells;
  private final SnapshotRow row;
  private String symbol;

  /**
   * Opens a file by its ending: {@code .parquet}, others are CSV with a line of column names.
   *
   * @throws DataContractException if the file is empty or damaged, or a column is missing or of
   *     another type
   */
  SnapshotFile(Configuration hadoop, String file, SnapshotSource source) {
    row = new SnapshotRow(source);
    row.sourceFile = SourceFiles.name(file);
    cells =
        file.endsWith(".parquet")
            ? new ParquetCells(hadoop, file, source)
            : new CsvCells(hadoop, file, source);
  }

  /**
   * The next row, in an object that is filled again and again; null at the end.
   *
   * @throws DataContractException if it is of another instrument than the first
   */
  SnapshotRow next() {
    if (!cells.read(row)) {
      return null;
    }
    String of = cells.symbol();
    if (symbol == null) {
      symbol = of;
    }
    if (of == null || !of.equals(symbol)) {
      throw new DataContractException(
          row.sourceFile
              + " line "
              + row.lineNo
              + ": "
              + of
              + " in a file of "
              + symbol
              + "; part the table by instrument, a file each");
    }
    return row;
  }

  /** The instrument; known after the first row. */
  String symbol() {
    return symbol;
  }

  String name() {
    return row.sourceFile;
  }

  /** CRC-32C of the file; of the whole file once {@link #next} has given null. */
  long checksum() {
    return cells.checksum();
  }

  /** What is said of a column that is not in a file. */
  static DataContractException missing(String name, String column, Iterable<String> columns) {
    return new DataContractException(
        name
            + ": no column "
            + column
            + "; there are "
            + String.join(", ", columns)
            + "; name the columns in the source's file");
  }

  @Override
  public void close() throws IOException {
    cells.close();
  }
}

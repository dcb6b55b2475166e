package io.depthcast.jobs.columns;

import io.depthcast.quality.DataContractException;
import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.PrimitiveIterator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.filter2.predicate.FilterApi;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Columns of a Parquet file as plain arrays, from its first row to its last. It holds a row group,
 * compressed, and a page of each column.
 *
 * <p>{@link #next} announces rows; then so many are read of each column, at once or in pieces. A
 * column that the file does not have is missing in every row.
 */
public final class ColumnFileReader implements Closeable {

  private final Path path;
  private final ParquetFileReader file;
  private final List<String> names;
  private final Map<String, UTF8String[]> vocabularies;
  private final ColumnChunkReader[] chunks;
  private long groupRows;
  private long[] bits = new long[0];

  /**
   * @param names columns to read; they are numbered in this order
   * @param vocabularies of each column of texts, what its values may be
   * @param rising a column of longs, one of those read, that rises from row to row
   * @param from its first value that is wanted; rows before are left out as far as statistics tell
   */
  public ColumnFileReader(
      Configuration hadoop,
      Path path,
      List<String> names,
      Map<String, UTF8String[]> vocabularies,
      String rising,
      long from)
      throws IOException {
    this.path = path;
    this.names = names;
    this.vocabularies = vocabularies;
    chunks = new ColumnChunkReader[names.size()];
    file =
        ParquetFileReader.open(
            HadoopInputFile.fromPath(path, hadoop),
            HadoopReadOptions.builder(hadoop, path)
                .withRecordFilter(
                    FilterCompat.get(FilterApi.gtEq(FilterApi.longColumn(rising), from)))
                .build());
    MessageType all = schema();
    file.setRequestedSchema(
        new MessageType(
            all.getName(), names.stream().filter(all::containsField).map(all::getType).toList()));
  }

  private MessageType schema() {
    return file.getFileMetaData().getSchema();
  }

  /**
   * Goes on to the next rows.
   *
   * @return how many there are: at most {@code most}, 0 behind the last
   */
  public int next(int most) throws IOException {
    while (groupRows == 0) {
      PageReadStore group = file.readNextFilteredRowGroup();
      if (group == null) {
        return 0;
      }
      groupRows = group.getRowCount();
      beginGroup(group);
    }
    int rows = (int) Math.min(most, groupRows);
    groupRows -= rows;
    return rows;
  }

  private void beginGroup(PageReadStore group) throws IOException {
    long firstRow = group.getRowIndexes().map(PrimitiveIterator.OfLong::nextLong).orElse(0L);
    for (int i = 0; i < chunks.length; i++) {
      String name = names.get(i);
      if (schema().containsField(name)) {
        ColumnDescriptor column = schema().getColumnDescription(new String[] {name});
        chunks[i] =
            new ColumnChunkReader(
                path + ": column " + name,
                column,
                group.getPageReader(column),
                vocabularies.get(name),
                firstRow);
      }
    }
  }

  /** Reads the next rows of a column; NaN where there is no value. */
  public void doubles(int column, double[] into, int rows) throws IOException {
    bits(column, PrimitiveTypeName.DOUBLE, rows, Double.doubleToRawLongBits(Double.NaN));
    for (int i = 0; i < rows; i++) {
      into[i] = Double.longBitsToDouble(bits[i]);
    }
  }

  /**
   * Reads the next rows of a column.
   *
   * @param missing stands where there is no value
   */
  public void longs(int column, long[] into, long missing, int rows) throws IOException {
    read(column, PrimitiveTypeName.INT64, into, rows, missing);
  }

  /** Reads the next rows of a column; false where there is no value. */
  public void booleans(int column, boolean[] into, int rows) throws IOException {
    bits(column, PrimitiveTypeName.BOOLEAN, rows, 0);
    for (int i = 0; i < rows; i++) {
      into[i] = bits[i] != 0;
    }
  }

  /** Reads the next rows of a column of texts: index in its vocabulary, -1 where there is none. */
  public void words(int column, byte[] into, int rows) throws IOException {
    bits(column, PrimitiveTypeName.BINARY, rows, -1);
    for (int i = 0; i < rows; i++) {
      into[i] = (byte) bits[i];
    }
  }

  private void bits(int column, PrimitiveTypeName type, int rows, long missing) throws IOException {
    if (bits.length < rows) {
      bits = new long[rows];
    }
    read(column, type, bits, rows, missing);
  }

  private void read(int column, PrimitiveTypeName type, long[] into, int rows, long missing)
      throws IOException {
    ColumnChunkReader chunk = chunks[column];
    if (chunk == null) {
      Arrays.fill(into, 0, rows, missing);
      return;
    }
    if (chunk.type() != type) {
      throw new DataContractException(
          path + ": column " + names.get(column) + " is " + chunk.type() + ", not " + type);
    }
    chunk.read(into, rows, missing);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}

package io.depthcast.jobs.columns;

import io.depthcast.jobs.columns.ColumnChunk.PageBuffer;
import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.util.HadoopStreams;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A Parquet file written out of batches of columns. It holds at most a row group in memory; the
 * file is not there before the first row group is full or the writer is closed.
 */
public final class ColumnFile implements Closeable {

  /** Compressed bytes after which a row group ends. */
  private static final long ROW_GROUP_BYTES = 32L << 20;

  /** Hadoop writes by 4 KiB unless told. */
  private static final int BUFFER_BYTES = 1 << 16;

  private final long rowGroupBytes;
  private final Configuration hadoop;
  private final Path path;
  private final MessageType schema;
  private final List<ColumnDescriptor> descriptors;
  private final Set<String> unrepeated;
  private final PageBuffer buffer = new PageBuffer();
  private final ColumnChunk[] chunks;
  private final Range[] ranges;
  private PositionOutputStream stream;
  private ParquetFileWriter file;
  private long groupRows;
  private long rows;

  /**
   * Smallest and largest value of a column of whole numbers, and its nulls; {@code min > max} where
   * there is no value.
   */
  public record Range(long min, long max, long nulls) {
    static final Range NONE = new Range(Long.MAX_VALUE, Long.MIN_VALUE, 0);

    Range plus(ColumnChunk chunk) {
      return new Range(
          Math.min(min, chunk.min()), Math.max(max, chunk.max()), nulls + chunk.nulls());
    }
  }

  /**
   * @param schema columns of the file: doubles, longs, ints, booleans and texts
   * @param unrepeated columns whose values hardly ever repeat, so that a dictionary would only cost
   *     time
   */
  public ColumnFile(Configuration hadoop, Path path, StructType schema, Set<String> unrepeated) {
    this(hadoop, path, schema, unrepeated, ROW_GROUP_BYTES);
  }

  ColumnFile(
      Configuration hadoop,
      Path path,
      StructType schema,
      Set<String> unrepeated,
      long rowGroupBytes) {
    this.rowGroupBytes = rowGroupBytes;
    this.hadoop = hadoop;
    this.path = path;
    this.schema = parquet(schema);
    this.descriptors = this.schema.getColumns();
    this.unrepeated = unrepeated;
    this.chunks = new ColumnChunk[descriptors.size()];
    this.ranges = new Range[chunks.length];
    Arrays.fill(ranges, Range.NONE);
    startGroup();
  }

  private static MessageType parquet(StructType schema) {
    Types.MessageTypeBuilder message = Types.buildMessage();
    for (StructField field : schema.fields()) {
      message.addField(parquet(field));
    }
    return message.named("rows");
  }

  private static Type parquet(StructField field) {
    DataType type = field.dataType();
    Type.Repetition repetition =
        field.nullable() ? Type.Repetition.OPTIONAL : Type.Repetition.REQUIRED;
    if (type.equals(DataTypes.StringType)) {
      return Types.primitive(PrimitiveTypeName.BINARY, repetition)
          .as(LogicalTypeAnnotation.stringType())
          .named(field.name());
    }
    PrimitiveTypeName name =
        Map.of(
                DataTypes.DoubleType, PrimitiveTypeName.DOUBLE,
                DataTypes.LongType, PrimitiveTypeName.INT64,
                DataTypes.IntegerType, PrimitiveTypeName.INT32,
                DataTypes.BooleanType, PrimitiveTypeName.BOOLEAN)
            .get(type);
    if (name == null) {
      throw new IllegalArgumentException("Invalid column " + field.name() + ": type " + type);
    }
    return Types.primitive(name, repetition).named(field.name());
  }

  private void startGroup() {
    for (int i = 0; i < chunks.length; i++) {
      ColumnDescriptor column = descriptors.get(i);
      chunks[i] = new ColumnChunk(column, buffer, !unrepeated.contains(column.getPath()[0]));
    }
    groupRows = 0;
  }

  /**
   * Adds rows.
   *
   * @param columns one for each column of the schema, behind the first ones that are left out
   * @param from index of the first column of the schema among {@code columns}
   */
  public void write(ArrayVector[] columns, int from, int moreRows) throws IOException {
    long waiting = 0;
    for (int i = 0; i < chunks.length; i++) {
      chunks[i].begin(moreRows);
      columns[from + i].addTo(chunks[i], moreRows);
      waiting += chunks[i].bytes();
    }
    groupRows += moreRows;
    rows += moreRows;
    if (waiting >= rowGroupBytes) {
      endGroup();
    }
  }

  private void endGroup() throws IOException {
    if (file == null) {
      stream = HadoopStreams.wrap(path.getFileSystem(hadoop).create(path, false, BUFFER_BYTES));
      file =
          new ParquetFileWriter(
              new Opened(stream),
              schema,
              ParquetFileWriter.Mode.CREATE,
              4 * ROW_GROUP_BYTES,
              0,
              ParquetProperties.DEFAULT_COLUMN_INDEX_TRUNCATE_LENGTH,
              ParquetProperties.DEFAULT_STATISTICS_TRUNCATE_LENGTH,
              true);
      file.start();
    }
    file.startBlock(groupRows);
    for (int i = 0; i < chunks.length; i++) {
      chunks[i].writeTo(file);
      ranges[i] = ranges[i].plus(chunks[i]);
    }
    file.endBlock();
    startGroup();
  }

  public long rows() {
    return rows;
  }

  /** Of a column of whole numbers; known when the file is closed. */
  public Range range(String column) {
    return ranges[schema.getFieldIndex(column)];
  }

  /** Ends the file. One without rows is not written. */
  @Override
  public void close() throws IOException {
    if (groupRows > 0) {
      endGroup();
    }
    if (file != null) {
      file.end(Map.of());
      file = null;
    }
  }

  /** Gives the file up after a failure; what is there of it stays for the caller to delete. */
  public void abandon() throws IOException {
    if (file != null) {
      file = null;
      stream.close();
    }
  }

  /** A file that is open already. */
  private record Opened(PositionOutputStream stream) implements OutputFile {

    @Override
    public PositionOutputStream create(long blockSize) {
      return stream;
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSize) {
      return stream;
    }

    @Override
    public boolean supportsBlockSize() {
      return false;
    }

    @Override
    public long defaultBlockSize() {
      return 0;
    }
  }
}

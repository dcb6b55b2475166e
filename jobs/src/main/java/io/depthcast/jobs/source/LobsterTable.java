package io.depthcast.jobs.source;

import io.depthcast.book.BookBatch;
import io.depthcast.feed.lobster.LobsterReader;
import io.depthcast.jobs.source.LobsterFiles.Source;
import io.depthcast.jobs.table.BookColumns;
import io.depthcast.jobs.table.Tables;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.util.SerializableConfiguration;

/** Symbol-days of LOBSTER files as a table that can be scanned. */
final class LobsterTable implements SupportsRead {

  private static final int ROWS = 4096;
  private final List<Source> sources;
  private final int levels;
  private final double maxRejectedShare;

  LobsterTable(List<Source> sources, int levels, double maxRejectedShare) {
    this.sources = sources;
    this.levels = levels;
    this.maxRejectedShare = maxRejectedShare;
  }

  /**
   * Columns of {@code silver.book} with {@code venue_seq} and {@code order_id} of {@code
   * silver.events}.
   */
  static StructType schema(int levels) {
    StructType schema =
        new StructType()
            .add("venue", DataTypes.StringType, false)
            .add("symbol", DataTypes.StringType, false)
            .add("trade_date", DataTypes.DateType, false)
            .add("seq", DataTypes.LongType, false)
            .add("ts_event", DataTypes.LongType, false)
            .add("ts_recv", DataTypes.LongType)
            .add("venue_seq", DataTypes.LongType)
            .add("event_type", DataTypes.StringType, false)
            .add("side", DataTypes.StringType)
            .add("price", DataTypes.DoubleType)
            .add("size", DataTypes.DoubleType)
            .add("order_id", DataTypes.LongType);
    for (String column : Tables.bookColumns(levels)) {
      schema = schema.add(column, DataTypes.DoubleType);
    }
    return schema.add("suspect", DataTypes.BooleanType, false);
  }

  @Override
  public String name() {
    return "lobster";
  }

  @Override
  @SuppressWarnings("deprecation") // its successor columns() calls it by default
  public StructType schema() {
    return schema(levels);
  }

  @Override
  public Set<TableCapability> capabilities() {
    return Set.of(TableCapability.BATCH_READ);
  }

  @Override
  public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
    return new Builder(schema());
  }

  private final class Builder implements ScanBuilder, SupportsPushDownRequiredColumns {
    private StructType columns;

    Builder(StructType columns) {
      this.columns = columns;
    }

    @Override
    public void pruneColumns(StructType required) {
      columns = required;
    }

    @Override
    public Scan build() {
      return new SymbolDays(columns);
    }
  }

  private final class SymbolDays implements Scan, Batch {
    private final StructType columns;

    SymbolDays(StructType columns) {
      this.columns = columns;
    }

    @Override
    public StructType readSchema() {
      return columns;
    }

    @Override
    public String description() {
      return "lobster " + sources.size() + " symbol-days";
    }

    @Override
    public Batch toBatch() {
      return this;
    }

    @Override
    public InputPartition[] planInputPartitions() {
      return sources.stream().map(SymbolDay::new).toArray(InputPartition[]::new);
    }

    @Override
    public PartitionReaderFactory createReaderFactory() {
      SparkSession spark = SparkSession.active();
      Broadcast<SerializableConfiguration> hadoop =
          spark
              .sparkContext()
              .broadcast(
                  new SerializableConfiguration(spark.sessionState().newHadoopConf()),
                  scala.reflect.ClassTag$.MODULE$.apply(SerializableConfiguration.class));
      return new Factory(hadoop, columns, maxRejectedShare);
    }
  }

  private record SymbolDay(Source source) implements InputPartition {
    private static final long serialVersionUID = 1L;
  }

  private record Factory(
      Broadcast<SerializableConfiguration> hadoop, StructType columns, double maxRejectedShare)
      implements PartitionReaderFactory {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean supportColumnarReads(InputPartition partition) {
      return true;
    }

    @Override
    public PartitionReader<InternalRow> createReader(InputPartition partition) {
      throw new UnsupportedOperationException("lobster is read by columns");
    }

    @Override
    public PartitionReader<ColumnarBatch> createColumnarReader(InputPartition partition) {
      return new Reader(
          hadoop.value().value(), ((SymbolDay) partition).source(), columns, maxRejectedShare);
    }
  }

  private static final class Reader implements PartitionReader<ColumnarBatch> {
    private final LobsterReader reader;
    private final BookBatch rows;
    private final ColumnarBatch columns;

    Reader(Configuration hadoop, Source source, StructType schema, double maxRejectedShare) {
      reader = LobsterFiles.read(hadoop, source, maxRejectedShare);
      rows = new BookBatch(ROWS, source.pair().levels());
      columns =
          new ColumnarBatch(
              Arrays.stream(schema.fieldNames())
                  .map(name -> BookColumns.of(name, source.slice(), rows))
                  .toArray(ColumnVector[]::new));
    }

    @Override
    public boolean next() throws IOException {
      return reader.next(rows);
    }

    @Override
    public ColumnarBatch get() {
      columns.setNumRows(rows.rows);
      return columns;
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }
}

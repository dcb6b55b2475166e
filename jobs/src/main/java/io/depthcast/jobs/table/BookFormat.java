package io.depthcast.jobs.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.sources.Filter;
import org.apache.spark.sql.sources.GreaterThanOrEqual;
import org.apache.spark.sql.types.StructType;
import scala.Function1;
import scala.collection.Iterator;
import scala.collection.JavaConverters;

/**
 * How files of {@code silver.book} are read: which of their columns, from which row on. The columns
 * stand in the order seq, ts_event, suspect, levels, and then the events.
 */
final class BookFormat {

  private final SparkSession spark;
  private final int levels;
  private final boolean events;

  /** Most slices are read from their first row on, by one reader. */
  private final Map<Long, Function1<PartitionedFile, Iterator<InternalRow>>> readers =
      new HashMap<>();

  /**
   * @param levels levels a side
   * @param events whether to read the events of the rows as well
   */
  BookFormat(SparkSession spark, int levels, boolean events) {
    this.spark = spark;
    this.levels = levels;
    this.events = events;
  }

  int levels() {
    return levels;
  }

  boolean events() {
    return events;
  }

  /** Reads the batches of a file whose rows reach from one on, and maybe some before it. */
  Function1<PartitionedFile, Iterator<InternalRow>> from(long firstSeq) {
    return readers.computeIfAbsent(firstSeq, this::reader);
  }

  private Function1<PartitionedFile, Iterator<InternalRow>> reader(long firstSeq) {
    StructType table = Tables.book(levels).schema();
    StructType columns = new StructType();
    for (String name : columns()) {
      columns = columns.add(table.apply(name));
    }
    List<Filter> filters =
        firstSeq > 1 ? List.of(new GreaterThanOrEqual("seq", firstSeq)) : List.of();
    return new ParquetFileFormat()
        .buildReaderWithPartitionValues(
            spark,
            columns,
            new StructType(),
            columns,
            JavaConverters.asScalaBuffer(filters).toSeq(),
            Lake.scalaMap(Map.of("returning_batch", "true")),
            hadoop());
  }

  Configuration hadoop() {
    return spark.sessionState().newHadoopConf();
  }

  private List<String> columns() {
    List<String> names = new ArrayList<>(List.of("seq", "ts_event", "suspect"));
    names.addAll(Tables.bookColumns(levels));
    if (events) {
      names.addAll(List.of("event_type", "side", "price", "size", "order_id"));
    }
    return names;
  }
}

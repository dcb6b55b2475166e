package io.depthcast.jobs.table;

import io.depthcast.book.BookBatch;
import io.depthcast.jobs.columns.ColumnFileReader;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/** How files of {@code silver.book} are read: which of their columns, from which row on. */
final class BookFormat implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final int SEQ = 0;

  private final Broadcast<SerializableConfiguration> hadoop;
  private final int levels;
  private final ArrayList<String> columns;

  /**
   * @param levels levels a side
   * @param events whether to read the events of the rows as well
   */
  BookFormat(SparkSession spark, int levels, boolean events) {
    this.hadoop =
        new JavaSparkContext(spark.sparkContext())
            .broadcast(new SerializableConfiguration(spark.sessionState().newHadoopConf()));
    this.levels = levels;
    columns = new ArrayList<>(List.of("seq", "ts_event", "suspect"));
    columns.addAll(Tables.bookColumns(levels));
    if (events) {
      columns.addAll(List.of("event_type", "side", "price", "size", "order_id"));
    }
  }

  int levels() {
    return levels;
  }

  Configuration hadoop() {
    return hadoop.value().value();
  }

  /** Opens a file whose rows reach from one on, and maybe some before it. */
  ColumnFileReader open(String path, long firstSeq) throws IOException {
    return new ColumnFileReader(
        hadoop(), new Path(path), columns, BookColumns.VOCABULARIES, "seq", firstSeq);
  }

  /** Reads seq of the next rows, which {@link #read} then takes, at once or in pieces. */
  void readSeq(ColumnFileReader file, long[] into, int rows) throws IOException {
    file.longs(SEQ, into, BookBatch.NO_SEQ, rows);
  }

  /** Reads the next rows, but for their seq. */
  void read(ColumnFileReader file, BookBatch batch, int rows) throws IOException {
    batch.rows = rows;
    for (int column = SEQ + 1; column < columns.size(); column++) {
      BookColumns.read(file, column, columns.get(column), batch, rows);
    }
  }
}

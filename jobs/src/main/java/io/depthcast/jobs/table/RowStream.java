package io.depthcast.jobs.table;

import java.io.Serializable;
import java.util.Iterator;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/**
 * A streaming computation over each partition in Spark's internal rows.
 *
 * <p>The only place that uses Spark's internal row format: with external rows ({@code
 * Dataset.mapPartitions}) the boxing of some fifty doubles a row costs more than the features.
 */
@FunctionalInterface
public interface RowStream extends Serializable {

  /** Rows out of the rows of one partition; both may be reused objects. */
  Iterator<InternalRow> over(Iterator<InternalRow> rows);

  /** The data set that the computation makes, partition by partition. */
  static Dataset<Row> map(Dataset<Row> rows, StructType schema, RowStream stream) {
    FlatMapFunction<Iterator<InternalRow>, InternalRow> function = stream::over;
    return rows.sparkSession()
        .internalCreateDataFrame(
            rows.queryExecution().toRdd().toJavaRDD().mapPartitions(function).rdd(), schema, false);
  }

  /** Any objects out of the rows of each partition. */
  static <T> JavaRDD<T> toObjects(
      Dataset<Row> rows, FlatMapFunction<Iterator<InternalRow>, T> function) {
    return rows.queryExecution().toRdd().toJavaRDD().mapPartitions(function);
  }
}

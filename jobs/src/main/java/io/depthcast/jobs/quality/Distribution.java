package io.depthcast.jobs.quality;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;

/**
 * How whole numbers are spread. A quantile is exact: the least of the values that at least that
 * share of them does not exceed.
 *
 * @param count values, 1 or more
 * @param min least
 * @param p50 median
 * @param p99 quantile of 99 %
 * @param max largest
 */
record Distribution(long count, long min, long p50, long p99, long max) {

  /**
   * Distributions of a column, one a group. They are taken from sorted rows, which Spark can keep
   * on disk, so that no group has to fit into memory.
   *
   * @param values without null in the column
   * @param group columns that a group has in common
   * @return the columns of the group, then five that {@link #of(Row, int)} reads
   */
  static Dataset<Row> of(Dataset<Row> values, String column, Column... group) {
    Column value = col(column);
    return values
        .withColumn("rank", row_number().over(Window.partitionBy(group).orderBy(value)))
        .withColumn("n", functions.count(lit(1)).over(Window.partitionBy(group)))
        .groupBy(group)
        .agg(
            functions.count(lit(1)),
            functions.min(value),
            quantile(value, 50),
            quantile(value, 99),
            functions.max(value));
  }

  /** The largest value whose rank is at most percent * n / 100, rounded up. */
  private static Column quantile(Column value, int percent) {
    Column rankBelow = col("rank").minus(1).multiply(100L);
    return functions.max(when(rankBelow.lt(col("n").multiply(percent)), value));
  }

  /**
   * The distribution in a row of {@link #of(Dataset, String, Column...)}.
   *
   * @param first index of the first of its five columns
   */
  static Distribution of(Row row, int first) {
    return new Distribution(
        row.getLong(first),
        row.getLong(first + 1),
        row.getLong(first + 2),
        row.getLong(first + 3),
        row.getLong(first + 4));
  }
}

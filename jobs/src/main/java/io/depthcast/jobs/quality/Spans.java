package io.depthcast.jobs.quality;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.floor;

import io.depthcast.jobs.quality.BookTables.Pass;
import io.depthcast.jobs.table.Slice;
import java.sql.Date;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The equal spans that the time of each slice is cut into, from its first row to its last. */
final class Spans {

  /** Begin of the span that a row lies in, nanoseconds UTC. */
  static final String FROM = "span_from";

  /** Length of the spans of a row's slice, nanoseconds. */
  static final String LENGTH = "span_length";

  private static final String ORIGIN = "span_origin";

  private static final StructType SCHEMA =
      new StructType()
          .add("venue", DataTypes.StringType)
          .add("symbol", DataTypes.StringType)
          .add("trade_date", DataTypes.DateType)
          .add(ORIGIN, DataTypes.LongType)
          .add(LENGTH, DataTypes.LongType);

  private final Dataset<Row> ofSlices;

  Spans(SparkSession spark, Map<Slice, Pass> slices, int spans) {
    List<Row> rows = new ArrayList<>();
    slices.forEach(
        (slice, pass) ->
            rows.add(
                RowFactory.create(
                    slice.venue(),
                    slice.symbol(),
                    Date.valueOf(slice.tradeDate()),
                    pass.firstNs(),
                    (pass.lastNs() - pass.firstNs()) / spans + 1)));
    ofSlices = broadcast(spark.createDataFrame(rows, SCHEMA));
  }

  /**
   * Adds {@link #FROM} and {@link #LENGTH}. A time outside the slice has a span of its own.
   *
   * @param time column of the time, nanoseconds UTC
   */
  Dataset<Row> of(Dataset<Row> rows, String time) {
    var number = floor(col(time).minus(col(ORIGIN)).divide(col(LENGTH)));
    return rows.join(ofSlices, BySlice.names())
        .withColumn(FROM, col(ORIGIN).plus(number.multiply(col(LENGTH))))
        .drop(ORIGIN);
  }
}

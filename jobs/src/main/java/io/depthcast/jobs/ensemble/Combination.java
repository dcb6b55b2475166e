package io.depthcast.jobs.ensemble;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import io.depthcast.ensembles.Average;
import io.depthcast.ensembles.Hedge;
import io.depthcast.ensembles.Pool;
import io.depthcast.jobs.table.RowStream;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.collection.Seq;

/** Forecasts made of those of {@link PlanForecasts#of}, as rows of {@link #SCHEMA}. */
final class Combination {

  /** {@code forecast}: probabilities of down, flat and up. */
  static final StructType SCHEMA =
      new StructType()
          .add("venue", DataTypes.StringType, false)
          .add("symbol", DataTypes.StringType, false)
          .add("trade_date", DataTypes.DateType, false)
          .add("seq", DataTypes.LongType, false)
          .add("ts_event", DataTypes.LongType, false)
          .add("fold_id", DataTypes.IntegerType, false)
          .add("forecasts", DataTypes.createArrayType(DataTypes.DoubleType, false), false)
          .add("truth", DataTypes.IntegerType, true)
          .add("forecast", DataTypes.createArrayType(DataTypes.DoubleType, false), false);

  private Combination() {}

  /**
   * The mean; with weights of earlier folds from the second fold on.
   *
   * @param folds ids of the folds, in the order of time
   */
  static Dataset<Row> of(
      Average average, Dataset<Row> rows, FoldScores scores, Iterable<Integer> folds) {
    Map<Integer, double[]> weights = new TreeMap<>();
    for (int fold : folds) {
      double[] losses = scores.logLossBefore(fold);
      if (!average.needsEarlierFolds() || !Double.isNaN(losses[0])) {
        weights.put(fold, average.weights(losses));
      }
    }
    Pool pool = average.pool();
    UserDefinedFunction mean =
        udf(
            (UDF2<Seq<Double>, Integer, double[]>)
                (forecasts, fold) -> pool.combine(doubles(forecasts), weights.get(fold)),
            DataTypes.createArrayType(DataTypes.DoubleType, false));
    return rows.where(col("fold_id").isin(weights.keySet().toArray()))
        .withColumn("forecast", mean.apply(col("forecasts"), col("fold_id")))
        .select(columns());
  }

  /** The mean by weights that follow the losses, by symbol, from fold to fold. */
  static Dataset<Row> of(Hedge hedge, Dataset<Row> rows, int models) {
    Dataset<Row> inOrder =
        rows.select(
                "venue",
                "symbol",
                "trade_date",
                "seq",
                "ts_event",
                "fold_id",
                "forecasts",
                "truth",
                "ts_end",
                "seq_end")
            .repartition(col("venue"), col("symbol"))
            .sortWithinPartitions("venue", "symbol", "trade_date", "seq");
    return RowStream.map(inOrder, SCHEMA, in -> new HedgeRows(in, hedge, models));
  }

  /**
   * A row of {@link #SCHEMA}.
   *
   * @param of its first eight columns are those of the schema
   */
  static InternalRow row(InternalRow of, double[] forecast) {
    return new GenericInternalRow(
        new Object[] {
          of.getUTF8String(0),
          of.getUTF8String(1),
          of.getInt(2),
          of.getLong(3),
          of.getLong(4),
          of.getInt(5),
          of.getArray(6),
          of.isNullAt(7) ? null : (Object) of.getInt(7),
          UnsafeArrayData.fromPrimitiveArray(forecast)
        });
  }

  static Column[] columns() {
    Column[] columns = new Column[SCHEMA.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = col(SCHEMA.fieldNames()[i]);
    }
    return columns;
  }

  static double[] doubles(Seq<Double> values) {
    double[] doubles = new double[values.length()];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = values.apply(i);
    }
    return doubles;
  }
}

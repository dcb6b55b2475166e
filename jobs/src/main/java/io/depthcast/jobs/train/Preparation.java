package io.depthcast.jobs.train;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import io.depthcast.jobs.forecasts.ClassThresholds;
import io.depthcast.jobs.table.RowStream;
import io.depthcast.models.MoveClass;
import io.depthcast.training.TrainingRows;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;
import scala.collection.Seq;

/**
 * Makes the rows of a fit, as {@link TrainingRows} asks for them.
 *
 * @param thresholds class threshold by symbol, in bps
 * @param history how many rows before a labelled one come along
 */
record Preparation(
    String label, Map<String, Double> thresholds, FittedInputs fittedInputs, int history) {

  /**
   * Chosen rows with their classes, and their history, persisted.
   *
   * @param rows of {@link TrainingTable#rows()}
   * @param chosen which of them get a label
   */
  Dataset<Row> rows(Dataset<Row> rows, Column chosen) {
    Map<String, Double> bySymbol = new TreeMap<>(thresholds);
    UserDefinedFunction direction =
        udf(
            (UDF2<Double, String, Integer>)
                (move, symbol) -> ClassThresholds.moveClass(move, bySymbol.get(symbol)),
            DataTypes.IntegerType);
    Column own = direction.apply(col(TrainingTable.move(label)), col("symbol"));
    Column last = direction.apply(col(TrainingTable.last(label)), col("symbol"));
    // of a symbol that did not train nothing was fitted
    Dataset<Row> known = rows.where(col("symbol").isin(thresholds.keySet().toArray()));
    Dataset<Row> classes =
        known.withColumn(
            TrainingRows.LABEL,
            when(coalesce(chosen, lit(false)), own).otherwise(MoveClass.UNKNOWN).cast("double"));
    Dataset<Row> needed = history > 0 ? classes : classes.where(col(TrainingRows.LABEL).geq(0));
    int longest = history;
    return RowStream.map(
            TrainingTable.ordered(needed)
                .select(
                    col("venue"),
                    col("symbol"),
                    col("trade_date"),
                    col("seq"),
                    inputs(fittedInputs).as(TrainingRows.FEATURES),
                    col(TrainingRows.LABEL),
                    last.as(TrainingRows.LAST_CLASS)),
            HistoryRows.SCHEMA,
            partition -> new HistoryRows(partition, longest))
        .persist(StorageLevel.MEMORY_AND_DISK());
  }

  /** All inputs of a row, of symbols that trained, as array of float. */
  static Column inputs(FittedInputs fitted) {
    if (fitted.isEmpty()) {
      return col("features");
    }
    UserDefinedFunction inputs =
        udf(
            (UDF3<Seq<Float>, Seq<Double>, String, float[]>)
                (features, required, symbol) ->
                    fitted.inputs(symbol, floats(features), doubles(required)),
            DataTypes.createArrayType(DataTypes.FloatType, false));
    return inputs.apply(col("features"), col(TrainingTable.REQUIRED), col("symbol"));
  }

  private static float[] floats(Seq<Float> values) {
    float[] floats = new float[values.length()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.apply(i);
    }
    return floats;
  }

  private static double[] doubles(Seq<Double> values) {
    double[] doubles = new double[values.length()];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = values.apply(i);
    }
    return doubles;
  }
}

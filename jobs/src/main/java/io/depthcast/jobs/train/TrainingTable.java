package io.depthcast.jobs.train;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.ConfigException;
import io.depthcast.jobs.table.Lake;
import io.depthcast.walkforward.Fold;
import io.depthcast.walkforward.WalkForward;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Features beside their labels: one row for each row of the book with complete features.
 *
 * <p>Columns: venue, symbol, trade_date, seq, ts_event, {@code features} array of float, and for
 * each horizon h {@code move_h} (bps), {@code end_h} (time of the label's end) and {@code last_h}
 * (the newest move that had ended by the row: that of row seq - h).
 */
final class TrainingTable implements AutoCloseable {

  static final List<String> KEY = List.of("venue", "symbol", "trade_date", "seq");

  private final Dataset<Row> rows;
  private final List<String> inputs;
  private final String featureSetId;

  private TrainingTable(Dataset<Row> rows, List<String> inputs, String featureSetId) {
    this.rows = rows;
    this.inputs = inputs;
    this.featureSetId = featureSetId;
  }

  static TrainingTable of(Lake lake, Arguments arguments, TrainConfig config) {
    Dataset<Row> features = lake.read("gold.features_" + config.set(), arguments);
    List<String> inputs = inputs(features, config);
    Dataset<Row> labels = lake.read("gold.labels", arguments);
    requireHorizons(labels, config.horizons());
    Column complete = inputs.stream().map(c -> col(c).isNotNull()).reduce(lit(true), Column::and);
    Column[] values = inputs.stream().map(c -> col(c).cast("float")).toArray(Column[]::new);
    Dataset<Row> rows =
        features
            .where(complete)
            .withColumn("features", array(values))
            .select("venue", "symbol", "trade_date", "seq", "ts_event", "features")
            .join(wide(labels, config.horizons()), KEY.toArray(String[]::new), "left")
            .persist(StorageLevel.MEMORY_AND_DISK());
    return new TrainingTable(rows, inputs, featureSetId(features));
  }

  private static String featureSetId(Dataset<Row> features) {
    List<String> ids =
        features.select("feature_set_id").distinct().collectAsList().stream()
            .map(r -> r.getString(0))
            .sorted()
            .toList();
    if (ids.size() != 1) {
      throw new ConfigException(
          "The slices hold features of "
              + ids.size()
              + " feature sets "
              + ids
              + "; run the features job on all of them");
    }
    return ids.get(0);
  }

  private static List<String> inputs(Dataset<Row> features, TrainConfig config) {
    List<String> inputs =
        Arrays.stream(features.columns())
            .filter(c -> !KEY.contains(c) && !c.equals("ts_event") && !c.equals("feature_set_id"))
            .collect(Collectors.toCollection(ArrayList::new));
    for (String name : config.exclude()) {
      if (!inputs.remove(name)) {
        throw new ConfigException(
            "exclude: no column "
                + name
                + " in gold.features_"
                + config.set()
                + "; there are "
                + inputs);
      }
    }
    if (inputs.isEmpty()) {
      throw new ConfigException("exclude: leaves no input of gold.features_" + config.set());
    }
    return inputs;
  }

  private static void requireHorizons(Dataset<Row> labels, List<Integer> horizons) {
    List<Long> present =
        labels.select("horizon").distinct().collectAsList().stream()
            .map(r -> r.getLong(0))
            .sorted()
            .toList();
    for (int horizon : horizons) {
      if (!present.contains((long) horizon)) {
        throw new ConfigException(
            "horizons: no label of " + horizon + " events in gold.labels; there are " + present);
      }
    }
  }

  /** Labels of all horizons in one row; the move of row seq stands at row seq + h as last_h. */
  private static Dataset<Row> wide(Dataset<Row> labels, List<Integer> horizons) {
    Column[] key = {col("venue"), col("symbol"), col("trade_date"), col("at").as("seq")};
    Dataset<Row> own = labels.withColumn("at", col("seq")).withColumn("is_last", lit(false));
    Dataset<Row> last =
        labels.withColumn("at", col("seq").plus(col("horizon"))).withColumn("is_last", lit(true));
    List<Column> columns = new ArrayList<>();
    for (int h : horizons) {
      Column of = col("horizon").equalTo(h);
      columns.add(
          max(when(of.and(col("is_last").equalTo(false)), col("move_bps"))).as("move_" + h));
      columns.add(
          max(when(of.and(col("is_last").equalTo(false)), col("ts_label_end"))).as("end_" + h));
      columns.add(max(when(of.and(col("is_last")), col("move_bps"))).as("last_" + h));
    }
    return own.union(last)
        .groupBy(key)
        .agg(columns.get(0), columns.subList(1, columns.size()).toArray(Column[]::new));
  }

  Dataset<Row> rows() {
    return rows;
  }

  /**
   * What the table holds, whatever the history of the tables it was read from: the number of rows
   * and the sum of their hashes, which does not depend on their order.
   */
  String fingerprint() {
    Row sum =
        rows.select(
                xxhash64(Arrays.stream(rows.columns()).map(c -> col(c)).toArray(Column[]::new))
                    .as("hash"))
            .agg(expr("count(*)"), expr("sum(CAST(hash AS DECIMAL(38, 0)))"))
            .first();
    return "rows " + sum.getLong(0) + ", xxhash64 " + sum.getDecimal(1);
  }

  /** Names of the inputs, in the order of the features array. */
  List<String> inputs() {
    return inputs;
  }

  String featureSetId() {
    return featureSetId;
  }

  /** Rows in the order of symbol, day and seq, in one partition: the form in which fits read. */
  static Dataset<Row> ordered(Dataset<Row> rows) {
    return rows.repartition(1).sortWithinPartitions("venue", "symbol", "trade_date", "seq");
  }

  /** Cuts time into blocks: whole days if there are enough, else stretches of equal row counts. */
  List<Fold> folds(WalkForward plan) {
    List<Long> starts =
        rows
            .groupBy("trade_date")
            .agg(min("ts_event").as("start"))
            .orderBy("start")
            .collectAsList()
            .stream()
            .map(r -> r.getLong(1))
            .toList();
    long last = rows.agg(max("ts_event")).first().getLong(0);
    long first = starts.get(0);
    long[] edges = new long[plan.blocks() + 1];
    if (starts.size() >= plan.blocks()) {
      for (int b = 0; b < plan.blocks(); b++) {
        edges[b] = starts.get((int) ((long) b * starts.size() / plan.blocks()));
      }
    } else {
      double[] shares =
          IntStream.range(1, plan.blocks()).mapToDouble(b -> (double) b / plan.blocks()).toArray();
      List<Double> cuts = quantiles(rows.select(col("ts_event").minus(first).as("x")), shares);
      edges[0] = first;
      for (int b = 1; b < plan.blocks(); b++) {
        edges[b] = first + (long) Math.floor(cuts.get(b - 1));
      }
    }
    edges[plan.blocks()] = last + 1;
    return plan.folds(edges, sampledTimes());
  }

  /** At most some hundred thousand row times, ascending. */
  private long[] sampledTimes() {
    long every = Math.max(1, rows.count() / 200_000);
    return rows.where(col("seq").mod(every).equalTo(0)).select("ts_event").collectAsList().stream()
        .mapToLong(r -> r.getLong(0))
        .sorted()
        .toArray();
  }

  private static List<Double> quantiles(Dataset<Row> x, double[] shares) {
    String array =
        Arrays.stream(shares)
            .mapToObj(Double::toString)
            .collect(Collectors.joining(",", "array(", ")"));
    return x.agg(expr("percentile(x, " + array + ")")).first().getList(0);
  }

  /** Threshold in bps by symbol: the quantile of the absolute moves of the given rows. */
  static Map<String, Double> thresholds(Dataset<Row> trainRows, int horizon, double flatShare) {
    Map<String, Double> thresholds = new TreeMap<>();
    trainRows
        .groupBy("symbol")
        .agg(expr("percentile(abs(move_" + horizon + "), " + flatShare + ")"))
        .collectAsList()
        .forEach(r -> thresholds.put(r.getString(0), r.getDouble(1)));
    return thresholds;
  }

  @Override
  public void close() {
    rows.unpersist(true);
  }
}

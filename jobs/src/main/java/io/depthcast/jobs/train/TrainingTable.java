package io.depthcast.jobs.train;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.ConfigException;
import io.depthcast.jobs.table.FeatureSetId;
import io.depthcast.jobs.table.Fingerprint;
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
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.storage.StorageLevel;

/**
 * Features beside their labels: one row for each row of the book with complete features.
 *
 * <p>Columns: venue, symbol, trade_date, seq, ts_event, {@code features} array of float, {@code
 * required} array of double with what the fitted inputs read, and for each label h {@code move_h}
 * (bps, or an imbalance), {@code end_h} (time of the label's end) and {@code last_h} (that of the
 * newest row whose label had ended by the row).
 */
final class TrainingTable implements AutoCloseable {

  static final List<String> KEY = List.of("venue", "symbol", "trade_date", "seq");
  static final String REQUIRED = "required";

  private final Dataset<Row> rows;
  private final List<String> inputs;
  private final List<String> labels;
  private final String featureSetId;

  private TrainingTable(
      Dataset<Row> rows, List<String> inputs, List<String> labels, String featureSetId) {
    this.rows = rows;
    this.inputs = inputs;
    this.labels = labels;
    this.featureSetId = featureSetId;
  }

  static TrainingTable of(Lake lake, Arguments arguments, TrainConfig config) {
    Dataset<Row> features = lake.read("gold.features_" + config.set(), arguments);
    List<String> inputs = inputs(features, config);
    List<String> required = FittedInputs.required(config.fitted());
    checkRequired(required, features, config);
    Dataset<Row> labels = lake.read("gold.labels", arguments);
    checkLabels(labels, config.labels());
    Column complete =
        Stream.concat(inputs.stream(), required.stream())
            .map(c -> col(c).isNotNull())
            .reduce(lit(true), Column::and);
    Column[] values = inputs.stream().map(c -> col(c).cast("float")).toArray(Column[]::new);
    Column[] read = required.stream().map(c -> col(c)).toArray(Column[]::new);
    Dataset<Row> rows =
        features
            .where(complete)
            .select(
                col("venue"),
                col("symbol"),
                col("trade_date"),
                col("seq"),
                col("ts_event"),
                array(values).as("features"),
                array(read).cast("array<double>").as(REQUIRED))
            .join(wide(labels, config.labels()), KEY.toArray(String[]::new), "left")
            .persist(StorageLevel.MEMORY_AND_DISK());
    inputs.addAll(FittedInputs.names(config.fitted()));
    return new TrainingTable(rows, inputs, config.labels(), featureSetId(features));
  }

  private static void checkRequired(
      List<String> required, Dataset<Row> features, TrainConfig config) {
    List<String> missing = new ArrayList<>(required);
    missing.removeAll(List.of(features.columns()));
    if (!missing.isEmpty()) {
      throw new ConfigException(
          "fitted: needs "
              + missing
              + ", which gold.features_"
              + config.set()
              + " does not have; add their families to the feature set");
    }
  }

  private static String featureSetId(Dataset<Row> features) {
    return FeatureSetId.only(
        features.select("feature_set_id").distinct().collectAsList().stream()
            .map(r -> r.getString(0))
            .toList());
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
    if (inputs.isEmpty() && config.fitted().isEmpty()) {
      throw new ConfigException("exclude: leaves no input of gold.features_" + config.set());
    }
    return inputs;
  }

  private static void checkLabels(Dataset<Row> labels, List<String> wanted) {
    List<String> present =
        labels.select("label_id").distinct().collectAsList().stream()
            .map(r -> r.getString(0))
            .sorted()
            .toList();
    for (String label : wanted) {
      if (!present.contains(label)) {
        throw new ConfigException(
            "labels: no label " + label + " in gold.labels; there are " + present);
      }
    }
  }

  /**
   * All labels in one row: the row's own, and of those that ended with the row or before it the one
   * of the newest row.
   */
  private static Dataset<Row> wide(Dataset<Row> labels, List<String> ids) {
    Column[] slice = {col("venue"), col("symbol"), col("trade_date")};
    Column[] key = {slice[0], slice[1], slice[2], col("at").as("seq")};
    Dataset<Row> chosen =
        labels
            .where(col("label_id").isin(ids.toArray()))
            .withColumn("value", coalesce(col("move_bps"), col("imbalance")));
    Dataset<Row> own = chosen.withColumn("at", col("seq")).withColumn("is_own", lit(true));
    Dataset<Row> ended =
        chosen
            .where(col("seq_label_end").isNotNull())
            .withColumn("at", col("seq_label_end"))
            .withColumn("is_own", lit(false));
    List<Column> grouped = new ArrayList<>();
    List<Column> columns = new ArrayList<>(List.of(slice));
    columns.add(col("seq"));
    WindowSpec before =
        Window.partitionBy(slice).orderBy("seq").rowsBetween(Window.unboundedPreceding(), 0);
    ids.forEach(
        id -> {
          Column isOwn = col("label_id").equalTo(id).and(col("is_own"));
          Column isEnded = col("label_id").equalTo(id).and(not(col("is_own")));
          grouped.add(max(when(isOwn, col("value"))).as(move(id)));
          grouped.add(max(when(isOwn, col("ts_label_end"))).as(end(id)));
          grouped.add(max(when(isEnded, struct("seq", "value"))).as("ended_" + id));
          columns.add(col(move(id)));
          columns.add(col(end(id)));
          columns.add(max("ended_" + id).over(before).getField("value").as(last(id)));
        });
    return own.union(ended)
        .groupBy(key)
        .agg(grouped.get(0), grouped.subList(1, grouped.size()).toArray(Column[]::new))
        .select(columns.toArray(Column[]::new));
  }

  Dataset<Row> rows() {
    return rows;
  }

  /** The table with other rows of the same columns. */
  TrainingTable with(Dataset<Row> others) {
    return new TrainingTable(others, inputs, labels, featureSetId);
  }

  /**
   * What was known at a time: the rows before it, and of their labels those that had ended.
   *
   * @param ts rows are before it
   * @param labelsEnd labels end before it; of others move and end are null
   */
  TrainingTable knownAt(long ts, long labelsEnd) {
    Dataset<Row> known = rows.where(col("ts_event").lt(ts));
    for (String label : labels) {
      Column ended = col(end(label)).lt(labelsEnd);
      known =
          known
              .withColumn(move(label), when(ended, col(move(label))))
              .withColumn(end(label), when(ended, col(end(label))));
    }
    return with(known);
  }

  /** What the table holds. */
  String fingerprint() {
    return Fingerprint.of(rows);
  }

  /** The labels, in the order of the configuration. */
  List<String> labels() {
    return labels;
  }

  /** The column of a label's own value. */
  static String move(String label) {
    return "move_" + label;
  }

  /** The column of the label's end. */
  static String end(String label) {
    return "end_" + label;
  }

  /** The column of the newest value that had ended. */
  static String last(String label) {
    return "last_" + label;
  }

  /** Names of the inputs, in the order of the features array, then the fitted ones. */
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
  static Map<String, Double> thresholds(Dataset<Row> trainRows, String label, double flatShare) {
    Map<String, Double> thresholds = new TreeMap<>();
    trainRows
        .groupBy("symbol")
        .agg(expr("percentile(abs(" + move(label) + "), " + flatShare + ")"))
        .collectAsList()
        .forEach(r -> thresholds.put(r.getString(0), r.getDouble(1)));
    return thresholds;
  }

  @Override
  public void close() {
    rows.unpersist(true);
  }
}

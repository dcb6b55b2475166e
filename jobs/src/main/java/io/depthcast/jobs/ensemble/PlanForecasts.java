package io.depthcast.jobs.ensemble;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_repeat;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.slice;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.ConfigException;
import io.depthcast.jobs.forecasts.ClassThresholds;
import io.depthcast.jobs.table.Fingerprint;
import io.depthcast.jobs.table.Lake;
import io.depthcast.jobs.table.Trials;
import io.depthcast.linear.MajorityModel;
import io.depthcast.linear.PersistenceModel;
import io.depthcast.models.MoveClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;

/**
 * The out-of-fold forecasts of a plan with what came: one row for each row of the book that was
 * forecast.
 *
 * <p>Columns: venue, symbol, trade_date, seq, ts_event, fold_id, and for each label h {@code p_h}
 * (array of double, three probabilities for each model, then for each baseline; null where one of
 * them has no forecast), {@code truth_h} (0 to 2; null where not known), {@code ts_end_h} and
 * {@code seq_end_h} (the label's end).
 */
final class PlanForecasts implements AutoCloseable {

  private static final List<String> KEY = List.of("venue", "symbol", "trade_date", "seq");
  private static final List<String> BASELINES =
      List.of(MajorityModel.ALGORITHM, PersistenceModel.ALGORITHM);

  private final String planId;
  private final List<String> models;
  private final List<String> baselines;
  private final List<Row> cards;
  private final Dataset<Row> rows;

  private PlanForecasts(
      String planId,
      List<String> models,
      List<String> baselines,
      List<Row> cards,
      Dataset<Row> rows) {
    this.planId = planId;
    this.models = models;
    this.baselines = baselines;
    this.cards = cards;
    this.rows = rows;
  }

  /**
   * Reads a plan.
   *
   * @throws ConfigException if there is no such plan, it has not the models that are asked for, or
   *     it has one fold only
   */
  static PlanForecasts of(Lake lake, Arguments arguments, EnsembleConfig config) {
    Trials trials = Trials.of(lake);
    String planId =
        (config.planId().equals("newest") ? trials.newestFit() : trials.newestFit(config.planId()))
            .map(Trials.Tried::planId)
            .orElseThrow(
                () ->
                    new ConfigException(
                        "planId: no plan '" + config.planId() + "' in ops.trials; run train"));
    List<String> fitted = trials.models(planId);
    List<String> models = models(config, planId, fitted);
    List<String> baselines =
        fitted.stream().filter(m -> BASELINES.contains(m) && !models.contains(m)).toList();
    List<Row> cards =
        lake.read("gold.models")
            .where(col("plan_id").equalTo(planId).and(col("model_id").equalTo(models.get(0))))
            .orderBy("fold_id", "label_id")
            .collectAsList();
    List<Integer> folds = cards.stream().map(PlanForecasts::fold).distinct().toList();
    if (folds.size() < 2) {
      throw new ConfigException(
          "planId: plan "
              + planId
              + " has one fold; ensembles learn from earlier folds: train with more blocks");
    }
    Dataset<Row> rows =
        rows(lake, arguments, planId, cards, Stream.concat(models.stream(), baselines.stream()));
    PlanForecasts forecasts = new PlanForecasts(planId, models, baselines, cards, rows);
    if (rows.isEmpty()) {
      forecasts.close();
      throw new ConfigException(
          "gold.predictions has no forecast of plan " + planId + " for " + arguments);
    }
    return forecasts;
  }

  private static List<String> models(EnsembleConfig config, String planId, List<String> fitted) {
    List<String> models =
        config.models().isEmpty()
            ? fitted.stream().filter(m -> !BASELINES.contains(m)).toList()
            : config.models();
    if (models.size() < 2 || !fitted.containsAll(models)) {
      throw new ConfigException(
          "models: plan " + planId + " has " + fitted + "; name 2 or more of them, or train more");
    }
    config
        .ensembles()
        .forEach(
            ensemble -> {
              if (fitted.contains(ensemble.name())) {
                throw new ConfigException(
                    "ensembles: a model of the plan is called "
                        + ensemble.name()
                        + "; give the ensemble another name");
              }
            });
    return models;
  }

  private static Dataset<Row> rows(
      Lake lake, Arguments arguments, String planId, List<Row> cards, Stream<String> models) {
    List<String> all = models.toList();
    List<String> labels = labels(cards);
    Column[] key = KEY.stream().map(name -> col(name)).toArray(Column[]::new);
    List<Column> forecasts = new ArrayList<>();
    List<Column> ends = new ArrayList<>();
    List<Column> columns = new ArrayList<>(List.of(key));
    columns.add(col("ts_event"));
    columns.add(col("fold_id"));
    forecasts.add(max("fold_id").as("fold_id"));
    for (String label : labels) {
      Column ofLabel = col("label_id").equalTo(label);
      Column[] ofModels = new Column[all.size()];
      for (int m = 0; m < ofModels.length; m++) {
        String name = "p_" + label + "_" + m;
        forecasts.add(
            max(when(
                    ofLabel.and(col("model_id").equalTo(all.get(m))),
                    array(col("p_down"), col("p_flat"), col("p_up"))))
                .as(name));
        ofModels[m] = col(name);
      }
      Column move = coalesce(col("move_bps"), col("imbalance"));
      ends.add(max(when(ofLabel, move)).as("move_" + label));
      ends.add(max(when(ofLabel, col("ts_label_end"))).as(tsEnd(label)));
      ends.add(max(when(ofLabel, col("seq_label_end"))).as(seqEnd(label)));
      // null where one of them is
      columns.add(concat(ofModels).as(forecast(label)));
      columns.add(
          truth(cards, label)
              .apply(col("fold_id"), col("symbol"), col("move_" + label))
              .as(truth(label)));
      columns.add(col(tsEnd(label)));
      columns.add(col(seqEnd(label)));
    }
    Dataset<Row> forecast =
        lake.read("gold.predictions", arguments)
            .where(col("plan_id").equalTo(planId).and(col("model_id").isin(all.toArray())))
            .groupBy(key)
            .agg(max("ts_event").as("ts_event"), forecasts.toArray(Column[]::new));
    Dataset<Row> came =
        lake.read("gold.labels", arguments)
            .where(col("label_id").isin(labels.toArray()))
            .groupBy(key)
            .agg(ends.get(0), ends.subList(1, ends.size()).toArray(Column[]::new));
    return forecast
        .join(came, KEY.toArray(String[]::new), "left")
        .select(columns.toArray(Column[]::new))
        .persist(StorageLevel.MEMORY_AND_DISK());
  }

  private static UserDefinedFunction truth(List<Row> cards, String label) {
    Map<Integer, Map<String, Double>> thresholds = new TreeMap<>();
    cards.stream()
        .filter(card -> label(card).equals(label))
        .forEach(card -> thresholds.put(fold(card), ClassThresholds.of(card)));
    return udf(
        (UDF3<Integer, String, Double, Integer>)
            (fold, symbol, move) -> {
              int came = ClassThresholds.moveClass(move, thresholds.get(fold).get(symbol));
              return came == MoveClass.UNKNOWN ? null : came;
            },
        DataTypes.IntegerType);
  }

  private static List<String> labels(List<Row> cards) {
    return cards.stream().map(PlanForecasts::label).distinct().sorted().toList();
  }

  private static int fold(Row card) {
    return card.<Integer>getAs("fold_id");
  }

  private static String label(Row card) {
    return card.getAs("label_id");
  }

  private static String forecast(String label) {
    return "p_" + label;
  }

  private static String truth(String label) {
    return "truth_" + label;
  }

  private static String tsEnd(String label) {
    return "ts_end_" + label;
  }

  private static String seqEnd(String label) {
    return "seq_end_" + label;
  }

  String planId() {
    return planId;
  }

  /** The models that are combined. */
  List<String> models() {
    return models;
  }

  /** Those of majority and persistence that the plan has and that are not combined. */
  List<String> baselines() {
    return baselines;
  }

  List<String> labels() {
    return labels(cards);
  }

  /** Ids of the folds, in the order of time. */
  List<Integer> folds() {
    return cards.stream().map(PlanForecasts::fold).distinct().toList();
  }

  /** The card of the first of the models. */
  Row card(int fold, String label) {
    return cards.stream()
        .filter(card -> fold(card) == fold && label(card).equals(label))
        .findFirst()
        .orElseThrow();
  }

  /**
   * Forecasts of one label: venue, symbol, trade_date, seq, ts_event, fold_id, {@code forecasts}
   * array of double, {@code truth}, {@code ts_end}, {@code seq_end}, and {@code all}, the
   * probabilities of every label and model, NaN where there is none.
   */
  Dataset<Row> of(String label) {
    int values = MoveClass.COUNT * models.size();
    Column[] every =
        labels().stream()
            .map(
                l ->
                    coalesce(
                        slice(col(forecast(l)), 1, values), array_repeat(lit(Double.NaN), values)))
            .toArray(Column[]::new);
    return rows.where(col(forecast(label)).isNotNull())
        .select(
            col("venue"),
            col("symbol"),
            col("trade_date"),
            col("seq"),
            col("ts_event"),
            col("fold_id"),
            col(forecast(label)).as("forecasts"),
            col(truth(label)).as("truth"),
            col(tsEnd(label)).as("ts_end"),
            col(seqEnd(label)).as("seq_end"),
            concat(every).as("all"));
  }

  /** Names of {@code all} of {@link #of}. */
  List<String> inputs() {
    return labels().stream()
        .flatMap(
            label ->
                models.stream()
                    .flatMap(
                        model ->
                            Stream.of("p_down", "p_flat", "p_up")
                                .map(p -> label + "/" + model + "/" + p)))
        .toList();
  }

  /** What was combined. */
  String fingerprint() {
    return Fingerprint.of(rows);
  }

  @Override
  public void close() {
    rows.unpersist(true);
  }
}

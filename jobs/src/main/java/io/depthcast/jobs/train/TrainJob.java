package io.depthcast.jobs.train;

import static org.apache.spark.sql.functions.col;

import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.ConfigException;
import io.depthcast.jobs.ConfigFile;
import io.depthcast.jobs.Job;
import io.depthcast.jobs.JobMain;
import io.depthcast.jobs.Provenance;
import io.depthcast.jobs.forecasts.ForecastMetrics;
import io.depthcast.jobs.table.Lake;
import io.depthcast.jobs.table.Slice;
import io.depthcast.jobs.table.Tables;
import io.depthcast.jobs.table.Trials;
import io.depthcast.jobs.train.Fits.Fitted;
import io.depthcast.training.Trainer;
import io.depthcast.walkforward.Fold;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.storage.StorageLevel;

/** Fits models on walk-forward folds and forecasts each fold's test rows. */
public final class TrainJob {

  public static final Job<TrainConfig> JOB =
      new Job<>(
          "train",
          "Fit models on walk-forward folds and forecast each fold's test rows.",
          "gold.features_<set>, gold.labels",
          "gold.predictions, gold.models, gold.metrics, ops.trials",
          Job.Input.TABLES,
          TrainConfig.class,
          TrainJob::run);

  private TrainJob() {}

  public static void main(String[] args) {
    JobMain.main(JOB, args);
  }

  static String run(Lake lake, Arguments arguments, TrainConfig config, Provenance provenance) {
    List<Slice> slices = lake.slices("gold.features_" + config.set(), arguments);
    try (TrainingTable table = TrainingTable.of(lake, arguments, config)) {
      checkInputs(config, table);
      String planId =
          ConfigFile.hash(
              List.of(config, table.featureSetId(), slices.stream().map(Slice::toString).toList()));
      List<Fold> folds = table.folds(config.walkForward());
      String fingerprint = table.fingerprint();
      Checkpoints checkpoints =
          new Checkpoints(lake, planId, fingerprint, provenance.codeVersion());
      List<Fitted> fitted = Fits.of(table, folds, config, checkpoints::of);
      List<Row> cards =
          ModelCards.store(lake, planId, config, table, fingerprint, fitted, provenance);

      Dataset<Row> scored =
          scored(table, planId, config, fitted).persist(StorageLevel.MEMORY_AND_DISK());
      lake.replaceWhere(
          Tables.PREDICTIONS,
          "(" + Slice.predicate(slices) + ") AND plan_id = '" + planId + "'",
          inOrder(scored));
      lake.replaceWhere(
          Tables.MODELS,
          "plan_id = '" + planId + "'",
          lake.spark().createDataFrame(cards, Tables.MODELS.schema()));
      checkpoints.delete();
      // Ensembles of the plan's earlier forecasts go with these.
      List<String> subjects =
          Stream.concat(
                  config.models().stream().map(Trainer::name),
                  Trials.of(lake).ensembles(planId).stream())
              .toList();
      lake.replaceWhere(
          Tables.METRICS,
          "plan_id = '" + planId + "' AND subject IN ('" + String.join("','", subjects) + "')",
          lake.spark()
              .createDataFrame(
                  ForecastMetrics.of(scored, planId, table.labels(), config.seed()),
                  Tables.METRICS.schema()));
      scored.unpersist();
      lake.append(
          Tables.TRIALS,
          lake.spark().createDataFrame(trials(planId, fitted, provenance), Tables.TRIALS.schema()));
      return String.format(
          Locale.ROOT,
          "plan %s: %d models on %d folds and labels %s, %d inputs",
          planId,
          config.models().size(),
          folds.size(),
          config.labels(),
          table.inputs().size());
    }
  }

  /** Before anything is fitted. */
  private static void checkInputs(TrainConfig config, TrainingTable table) {
    for (Trainer model : config.models()) {
      try {
        model.checkInputs(table.inputs());
      } catch (IllegalArgumentException e) {
        throw new ConfigException("models: " + e.getMessage(), e);
      }
    }
  }

  private static Dataset<Row> scored(
      TrainingTable table, String planId, TrainConfig config, List<Fitted> fitted) {
    int history = Fits.history(config.models());
    return table.labels().stream()
        .map(label -> Scoring.of(table, label, planId, history, models(label, fitted)))
        .reduce(Dataset::union)
        .orElseThrow();
  }

  private static List<Scoring.FoldModels> models(String label, List<Fitted> fitted) {
    Map<Integer, List<Fitted>> byFold =
        fitted.stream()
            .filter(f -> f.label().equals(label))
            .collect(Collectors.groupingBy(f -> f.fold().id(), TreeMap::new, Collectors.toList()));
    List<Scoring.FoldModels> models = new ArrayList<>();
    byFold.forEach(
        (id, ofFold) ->
            models.add(
                new Scoring.FoldModels(
                    ofFold.get(0).fold(),
                    new TreeMap<>(ofFold.get(0).thresholdsBps()),
                    ofFold.get(0).fittedInputs(),
                    new ArrayList<>(
                        ofFold.stream()
                            .map(f -> new Scoring.Shipped(f.trainer().name(), f.artifact()))
                            .toList()))));
    return models;
  }

  private static Dataset<Row> inOrder(Dataset<Row> scored) {
    Column[] slice = {col("venue"), col("symbol"), col("trade_date")};
    return scored
        .repartition(slice)
        .sortWithinPartitions("venue", "symbol", "trade_date", "seq", "label_id", "model_id");
  }

  private static List<Row> trials(String planId, List<Fitted> fitted, Provenance provenance) {
    return fitted.stream()
        .map(
            f ->
                RowFactory.create(
                    ConfigFile.hash(
                        List.of("fit", planId, f.trainer().name(), f.fold().id(), f.label())),
                    "fit",
                    planId,
                    f.trainer().name(),
                    f.fold().id(),
                    f.label(),
                    provenance.configHash(),
                    provenance.runId()))
        .toList();
  }
}

package io.depthcast.jobs.ensemble;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.slice;

import io.depthcast.ensembles.Average;
import io.depthcast.ensembles.Ensemble;
import io.depthcast.ensembles.Hedge;
import io.depthcast.ensembles.Stack;
import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.ConfigFile;
import io.depthcast.jobs.Console;
import io.depthcast.jobs.Job;
import io.depthcast.jobs.JobMain;
import io.depthcast.jobs.Provenance;
import io.depthcast.jobs.ensemble.Stacking.Fitted;
import io.depthcast.jobs.forecasts.ForecastMetrics;
import io.depthcast.jobs.table.Lake;
import io.depthcast.jobs.table.Tables;
import io.depthcast.jobs.table.Trials;
import io.depthcast.models.MoveClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.storage.StorageLevel;

/** Combines the out-of-fold forecasts of a plan's models, and says what that gains. */
public final class EnsembleJob {

  public static final Job<EnsembleConfig> JOB =
      new Job<>(
          "ensemble",
          "Combine the out-of-fold forecasts of a plan's models: averages, stacking, weights by"
              + " recent performance; say what each gains over the best single model.",
          "gold.predictions, gold.models, gold.labels, ops.trials",
          "gold.predictions, gold.models, gold.metrics, ops.trials",
          Job.Input.TABLES,
          EnsembleConfig.class,
          EnsembleJob::run);

  private EnsembleJob() {}

  public static void main(String[] args) {
    JobMain.main(JOB, args);
  }

  static String run(Lake lake, Arguments arguments, EnsembleConfig config, Provenance provenance) {
    try (PlanForecasts plan = PlanForecasts.of(lake, arguments, config)) {
      Map<String, FoldScores> scores = new TreeMap<>();
      List<Row> cards = new ArrayList<>();
      Dataset<Row> combined =
          combined(lake, plan, config, scores, cards, provenance)
              .persist(StorageLevel.MEMORY_AND_DISK());
      String replaced =
          config.ensembles().stream()
              .map(Ensemble::name)
              .collect(
                  Collectors.joining(
                      "','", "plan_id = '" + plan.planId() + "' AND %s IN ('", "')"));
      lake.replaceWhere(
          Tables.PREDICTIONS, replaced.formatted("model_id"), inOrder(predictions(plan, combined)));
      lake.replaceWhere(
          Tables.MODELS,
          replaced.formatted("model_id"),
          lake.spark().createDataFrame(cards, Tables.MODELS.schema()));
      List<Gains.Line> gains = new ArrayList<>();
      for (String label : plan.labels()) {
        gains.addAll(
            Gains.of(
                combined.where(col("label_id").equalTo(label)),
                label,
                scores.get(label),
                plan.folds(),
                config.seed()));
      }
      lake.replaceWhere(
          Tables.METRICS,
          replaced.formatted("subject"),
          lake.spark()
              .createDataFrame(metrics(plan, config, combined, gains), Tables.METRICS.schema()));
      combined.unpersist();
      lake.append(
          Tables.TRIALS,
          lake.spark().createDataFrame(trials(plan, config, provenance), Tables.TRIALS.schema()));
      Console.print("Gain over the best single model of the earlier folds, with 95 % intervals:");
      gains.forEach(line -> Console.print("  " + line.text()));
      return String.format(
          Locale.ROOT,
          "plan %s: %d ensembles of %s on %d folds and labels %s",
          plan.planId(),
          config.ensembles().size(),
          plan.models(),
          plan.folds().size(),
          plan.labels());
    }
  }

  /** Rows of {@link Combination#SCHEMA} with label_id and model_id. */
  private static Dataset<Row> combined(
      Lake lake,
      PlanForecasts plan,
      EnsembleConfig config,
      Map<String, FoldScores> scores,
      List<Row> cards,
      Provenance provenance) {
    String fingerprint = plan.fingerprint();
    List<Dataset<Row>> all = new ArrayList<>();
    for (String label : plan.labels()) {
      Dataset<Row> rows = plan.of(label);
      scores.put(label, FoldScores.of(plan, label, config.embargoNanos()));
      for (Ensemble ensemble : config.ensembles()) {
        Dataset<Row> forecasts;
        if (ensemble instanceof Average average) {
          forecasts = Combination.of(average, rows, scores.get(label), plan.folds());
        } else if (ensemble instanceof Hedge hedge) {
          forecasts = Combination.of(hedge, rows, plan.models().size());
        } else {
          Stacking stacking = new Stacking(plan, (Stack) ensemble, label, config);
          List<Fitted> fitted = stacking.fit();
          cards.addAll(stacking.store(lake, fitted, fingerprint, provenance));
          forecasts = stacking.forecasts(fitted);
          Console.progress("ensemble  %s of %s fitted".formatted(ensemble.name(), label));
        }
        all.add(
            forecasts
                .withColumn("label_id", lit(label))
                .withColumn("model_id", lit(ensemble.name())));
      }
    }
    return all.stream().reduce(Dataset::union).orElseThrow();
  }

  /** As rows of {@code gold.predictions} with {@code truth}. */
  private static Dataset<Row> predictions(PlanForecasts plan, Dataset<Row> combined) {
    return combined
        .withColumn("plan_id", lit(plan.planId()))
        .withColumn("p_down", col("forecast").getItem(MoveClass.DOWN))
        .withColumn("p_flat", col("forecast").getItem(MoveClass.FLAT))
        .withColumn("p_up", col("forecast").getItem(MoveClass.UP))
        .drop("forecast", "forecasts");
  }

  private static Dataset<Row> inOrder(Dataset<Row> predictions) {
    Column[] slice = {col("venue"), col("symbol"), col("trade_date")};
    return predictions
        .repartition(slice)
        .sortWithinPartitions("venue", "symbol", "trade_date", "seq", "label_id", "model_id");
  }

  /** Scores beside the baselines on the same rows: ensembles of all folds, then of all but one. */
  private static List<Row> metrics(
      PlanForecasts plan, EnsembleConfig config, Dataset<Row> combined, List<Gains.Line> gains) {
    List<Row> metrics = new ArrayList<>();
    for (boolean late : new boolean[] {false, true}) {
      List<String> names =
          config.ensembles().stream()
              .filter(ensemble -> ensemble.needsEarlierFolds() == late)
              .map(Ensemble::name)
              .toList();
      if (names.isEmpty()) {
        continue;
      }
      Dataset<Row> own = combined.where(col("model_id").isin(names.toArray()));
      Dataset<Row> scored = predictions(plan, own.union(baselines(plan, own, names.get(0))));
      ForecastMetrics.of(scored, plan.planId(), plan.labels(), config.seed()).stream()
          .filter(row -> names.contains(row.getString(0)))
          .forEach(metrics::add);
    }
    gains.forEach(line -> metrics.addAll(line.metrics(plan.planId())));
    return metrics;
  }

  /** The baselines on the rows of one ensemble, in its columns. */
  private static Dataset<Row> baselines(PlanForecasts plan, Dataset<Row> combined, String of) {
    Dataset<Row> rows = combined.where(col("model_id").equalTo(of));
    Dataset<Row> all = rows.limit(0);
    for (int b = 0; b < plan.baselines().size(); b++) {
      int first = (plan.models().size() + b) * MoveClass.COUNT + 1;
      all =
          all.union(
              rows.withColumn("model_id", lit(plan.baselines().get(b)))
                  .withColumn("forecast", slice(col("forecasts"), first, MoveClass.COUNT)));
    }
    return all;
  }

  private static List<Row> trials(
      PlanForecasts plan, EnsembleConfig config, Provenance provenance) {
    List<Row> trials = new ArrayList<>();
    for (Ensemble ensemble : config.ensembles()) {
      for (String label : plan.labels()) {
        for (int fold :
            plan.folds().subList(ensemble.needsEarlierFolds() ? 1 : 0, plan.folds().size())) {
          trials.add(
              RowFactory.create(
                  ConfigFile.hash(
                      List.of(
                          Trials.ENSEMBLE,
                          plan.planId(),
                          provenance.configHash(),
                          ensemble.name(),
                          fold,
                          label)),
                  Trials.ENSEMBLE,
                  plan.planId(),
                  ensemble.name(),
                  fold,
                  label,
                  provenance.configHash(),
                  provenance.runId()));
        }
      }
    }
    return trials;
  }
}

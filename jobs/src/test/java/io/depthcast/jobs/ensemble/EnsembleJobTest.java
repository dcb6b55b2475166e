package io.depthcast.jobs.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.depthcast.ensembles.Average;
import io.depthcast.ensembles.Average.Weighting;
import io.depthcast.ensembles.Hedge;
import io.depthcast.ensembles.Pool;
import io.depthcast.ensembles.Stack;
import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.Job;
import io.depthcast.jobs.JobMain;
import io.depthcast.jobs.RunOutcome;
import io.depthcast.jobs.SparkTest;
import io.depthcast.jobs.SyntheticLake;
import io.depthcast.jobs.audit.AuditConfig;
import io.depthcast.jobs.audit.AuditJob;
import io.depthcast.jobs.backtest.BacktestConfig;
import io.depthcast.jobs.backtest.BacktestJob;
import io.depthcast.jobs.table.Lake;
import io.depthcast.jobs.table.TableDifference;
import io.depthcast.jobs.table.Tables;
import io.depthcast.jobs.table.Trials;
import io.depthcast.jobs.train.TrainJob;
import io.depthcast.trees.Xgboost;
import io.depthcast.walkforward.Fold;
import io.depthcast.walkforward.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** On a copy of the synthetic lake: a plan of three models, two folds and three slices. */
@ExtendWith(SparkTest.class)
@TestInstance(Lifecycle.PER_CLASS)
class EnsembleJobTest {

  private static final String LABEL = "smoothed_mid_move_10e";
  private static final String NAMES = "('mean', 'mean_by_loss', 'stack', 'hedge', 'fixed_share')";
  private static final Stack STACK =
      new Stack("stack", new Xgboost(10, 2, 0.3, 0.8, 0.8, 1, 1, 3, true), 0.2);
  private static final EnsembleConfig CONFIG =
      new EnsembleConfig(
          "newest",
          List.of(),
          List.of(
              new Average("mean", Pool.LINEAR, Weighting.EQUAL),
              new Average("mean_by_loss", Pool.LOGARITHMIC, Weighting.INVERSE_LOG_LOSS),
              STACK,
              new Hedge("hedge", 1, 0, 0),
              new Hedge("fixed_share", 1, 0.01, 0)),
          SyntheticLake.EMBARGO_MS,
          7);

  private SparkSession spark;
  private String root;

  @BeforeAll
  void copyAndCombine(SyntheticLake lake, SparkSession session, @TempDir Path folder)
      throws IOException {
    spark = session;
    root = folder.resolve("lake").toString();
    FileUtils.copyDirectory(Path.of(lake.root()).toFile(), Path.of(root).toFile());
    run(EnsembleJob.JOB, CONFIG, root);
  }

  private <C> void run(Job<C> job, C config, String lake) {
    assertThat(RunOutcome.of(spark, job, config, lake, Arguments.all()).exitCode())
        .isEqualTo(JobMain.DONE);
  }

  private Lake open() {
    return Lake.open(spark, root, "{}");
  }

  private static Dataset<Row> combined(Lake lake) {
    return lake.read("gold.predictions").where("model_id IN " + NAMES);
  }

  @Test
  void forecastsTheRowsOfTheModels() {
    Dataset<Row> forecasts = open().read("gold.predictions");
    for (String name : List.of("mean", "hedge", "fixed_share", "stack", "mean_by_loss")) {
      boolean late = name.equals("stack") || name.equals("mean_by_loss");
      Dataset<Row> expected =
          forecasts
              .where("model_id = 'xgboost'" + (late ? " AND fold_id = 1" : ""))
              .select("symbol", "trade_date", "seq", "fold_id", "ts_event");
      Dataset<Row> own =
          forecasts
              .where("model_id = '" + name + "'")
              .select("symbol", "trade_date", "seq", "fold_id", "ts_event");
      assertThat(own.count()).isGreaterThan(2000);
      assertThat(TableDifference.of(expected, own)).as(name).isEmpty();
    }
  }

  /** The equal mean by SQL over the three models. */
  @Test
  void theMeanIsThatOfTheThreeModels() {
    Dataset<Row> forecasts = open().read("gold.predictions");
    long same =
        forecasts
            .where("model_id IN ('xgboost', 'logistic_regression', 'bin_ctabl')")
            .groupBy("symbol", "trade_date", "seq")
            .agg(functions.avg("p_up").as("up"), functions.count("*").as("models"))
            .join(
                forecasts.where("model_id = 'mean'"), new String[] {"symbol", "trade_date", "seq"})
            .where("models = 3 AND abs(up - p_up) < 1e-12")
            .count();
    assertThat(same).isEqualTo(forecasts.where("model_id = 'mean'").count()).isPositive();
  }

  @Test
  void countsTheRowsThatAStackerLearntFrom() {
    Lake lake = open();
    Row card = lake.read("gold.models").where("model_id = 'stack'").first();
    assertThat(lake.read("gold.models").where("model_id = 'stack'").count()).isEqualTo(1);
    long known = card.<Long>getAs("test_from") - SyntheticLake.EMBARGO_MS * 1_000_000;
    long eligible =
        lake.read("gold.predictions")
            .where("model_id = 'xgboost' AND fold_id = 0")
            .join(
                lake.read("gold.labels")
                    .where("move_bps IS NOT NULL AND ts_label_end < " + known)
                    .drop("ts_event", "label_id"),
                new String[] {"venue", "symbol", "trade_date", "seq"})
            .count();
    long used = card.<Long>getAs("train_rows") + card.<Long>getAs("validation_rows");
    // The purge before the validation costs at most what a horizon and the embargo hold.
    assertThat(used).isLessThanOrEqualTo(eligible).isGreaterThan(eligible - 200);
  }

  @Test
  void noLabelThatAStackerLearnsFromReachesTheSpanAfterIt() {
    try (PlanForecasts plan = PlanForecasts.of(open(), Arguments.all(), CONFIG)) {
      Row card = plan.card(1, LABEL);
      long testFrom = card.<Long>getAs("test_from");
      long trainFrom = plan.card(0, LABEL).<Long>getAs("test_from");
      long validationFrom = middle(plan.of(LABEL).where("fold_id = 0"));
      long embargo = SyntheticLake.EMBARGO_MS * 1_000_000;
      Fold span =
          new Fold(1, trainFrom, validationFrom, testFrom, card.<Long>getAs("test_to"), embargo);
      Dataset<Row> train = Stacking.purged(plan.of(LABEL), span, Role.TRAIN);
      Dataset<Row> validation = Stacking.purged(plan.of(LABEL), span, Role.VALIDATION);
      assertThat(latest(train, "ts_end")).isLessThan(validationFrom - embargo);
      assertThat(latest(validation, "ts_end")).isLessThan(testFrom - embargo);
      assertThat(latest(train, "fold_id")).isZero();
      assertThat(latest(validation, "fold_id")).isZero();
      assertThat(train.count()).isGreaterThan(500);
      assertThat(validation.count()).isGreaterThan(500);
    }
  }

  /** By a naive twin; labels that end in the next fold's test count for nothing. */
  @Test
  void modelsAreWeighedByLabelsThatHadEnded() {
    try (PlanForecasts plan = PlanForecasts.of(open(), Arguments.all(), CONFIG)) {
      long embargo = SyntheticLake.EMBARGO_MS * 1_000_000;
      long known = plan.card(1, LABEL).<Long>getAs("test_from") - embargo;
      double[] losses = FoldScores.of(plan, LABEL, embargo).logLossBefore(1);
      List<Row> rows = plan.of(LABEL).where("fold_id = 0 AND truth IS NOT NULL").collectAsList();
      List<Row> ended = rows.stream().filter(row -> row.<Long>getAs("ts_end") < known).toList();
      assertThat(ended).hasSizeBetween(1000, rows.size() - 1);
      for (int m = 0; m < losses.length; m++) {
        double sum = 0;
        for (Row row : ended) {
          List<Double> p = row.getList(row.fieldIndex("forecasts"));
          sum -= Math.log(p.get(3 * m + row.<Integer>getAs("truth")));
        }
        assertThat(losses[m]).isCloseTo(sum / ended.size(), within(1e-12));
      }
    }
  }

  private static long middle(Dataset<Row> rows) {
    return rows.agg(functions.expr("percentile_approx(ts_event, 0.5)")).first().getLong(0);
  }

  private static long latest(Dataset<Row> rows, String column) {
    return rows.agg(functions.max(functions.col(column)).cast("long")).first().getLong(0);
  }

  /**
   * Moves whose label ends at or after a row in the middle of the second fold are turned round: no
   * forecast before the row may change, later ones of the fixed share must.
   */
  @Test
  void nothingChangesWithLabelsThatHaveNotEnded(@TempDir Path other) throws IOException {
    Path copy = other.resolve("lake");
    FileUtils.copyDirectory(Path.of(root).toFile(), copy.toFile());
    Lake changed = Lake.open(spark, copy.toString(), "{}");
    long cut =
        middle(changed.read("gold.predictions").where("fold_id = 1 AND model_id = 'xgboost'"));
    Dataset<Row> labels = changed.read("gold.labels").localCheckpoint();
    changed.replaceWhere(
        Tables.LABELS,
        "true",
        labels.withColumn(
            "move_bps", functions.expr("if(ts_label_end >= " + cut + ", 5 - move_bps, move_bps)")));
    run(EnsembleJob.JOB, CONFIG, copy.toString());
    Dataset<Row> before = combined(open());
    Dataset<Row> after = combined(Lake.open(spark, copy.toString(), "{}"));
    String early = "ts_event < " + cut;
    assertThat(before.where(early + " AND fold_id = 1").count()).isGreaterThan(2000);
    assertThat(TableDifference.of(before.where(early), after.where(early))).isEmpty();
    String late = "model_id = 'fixed_share' AND ts_event > " + cut;
    assertThat(TableDifference.of(before.where(late), after.where(late))).isPresent();
  }

  @Test
  void scoresEnsemblesLikeModelsAndSaysWhatTheyGain() {
    Dataset<Row> metrics = open().read("gold.metrics");
    for (String name : List.of("mean", "stack")) {
      String subject = "subject = '" + name + "' AND symbol = '*' AND fold_id = -1";
      assertThat(
              metrics.where(subject).select("metric").collectAsList().stream()
                  .map(r -> r.getString(0)))
          .contains(
              "macro_f1",
              "log_loss",
              "macro_f1_minus_persistence",
              "macro_f1_minus_majority",
              "macro_f1_minus_best_single",
              "log_loss_minus_best_single");
    }
    Row gain =
        metrics
            .where("subject = 'stack' AND metric = 'macro_f1_minus_best_single'")
            .collectAsList()
            .get(0);
    assertThat(gain.<Double>getAs("ci_low")).isLessThan(gain.<Double>getAs("ci_high"));
    Row score =
        metrics
            .where("subject = 'stack' AND metric = 'macro_f1' AND symbol = '*' AND fold_id = 1")
            .first();
    assertThat(gain.<Long>getAs("n")).isEqualTo(score.<Long>getAs("n"));
    // the best single model of the first fold, on the second
    String best =
        metrics
            .where(
                "metric = 'macro_f1' AND symbol = '*' AND fold_id = 0"
                    + " AND subject IN ('xgboost', 'logistic_regression', 'bin_ctabl')")
            .orderBy(functions.col("value").desc())
            .first()
            .getAs("subject");
    double single =
        metrics
            .where(
                "metric = 'macro_f1' AND symbol = '*' AND fold_id = 1 AND subject = '" + best + "'")
            .first()
            .<Double>getAs("value");
    assertThat(gain.<Double>getAs("value")).isEqualTo(score.<Double>getAs("value") - single);
  }

  /**
   * Twice is once; then the stages around it: an ensemble can be traded, the audit passes, and a
   * new training of the plan takes its ensembles away.
   */
  @Test
  void livesAmongTheOtherStages(@TempDir Path other) throws IOException {
    Path copy = other.resolve("lake");
    FileUtils.copyDirectory(Path.of(root).toFile(), copy.toFile());
    run(EnsembleJob.JOB, CONFIG, copy.toString());
    Lake again = Lake.open(spark, copy.toString(), "{}");
    for (String table : List.of("gold.predictions", "gold.models", "gold.metrics")) {
      assertThat(TableDifference.of(open().read(table), again.read(table))).as(table).isEmpty();
    }
    assertThat(Trials.of(again).fits()).isEqualTo(Trials.of(open()).fits());
    run(
        BacktestJob.JOB,
        new BacktestConfig(
            "newest",
            "stack",
            LABEL,
            5,
            SyntheticLake.BACKTEST.taker(),
            "nasdaq",
            SyntheticLake.BACKTEST.market()),
        copy.toString());
    run(
        AuditJob.JOB,
        new AuditConfig(
            "newest",
            List.of(),
            2000,
            new Xgboost(20, 3, 0.2, 0.8, 0.8, 5, 1, 0, true),
            0.8,
            0.8,
            0.05,
            0.6,
            7),
        copy.toString());
    run(TrainJob.JOB, SyntheticLake.TRAIN, copy.toString());
    assertThat(combined(again).count()).isZero();
    for (String table : List.of("gold.models", "gold.metrics")) {
      String subject = table.equals("gold.models") ? "model_id" : "subject";
      assertThat(again.read(table).where(subject + " IN " + NAMES).count()).as(table).isZero();
    }
  }
}

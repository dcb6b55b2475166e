package io.depthcast.jobs.search;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.JobMain;
import io.depthcast.jobs.RunOutcome;
import io.depthcast.jobs.SparkTest;
import io.depthcast.jobs.SyntheticLake;
import io.depthcast.jobs.table.Lake;
import io.depthcast.jobs.table.TableDifference;
import io.depthcast.jobs.table.Tables;
import io.depthcast.jobs.table.Trials;
import io.depthcast.jobs.train.Rehearsal;
import io.depthcast.jobs.train.Rehearsal.Part;
import io.depthcast.jobs.train.Rehearsal.Scored;
import io.depthcast.jobs.train.TrainConfig;
import io.depthcast.jobs.train.TrainJob;
import io.depthcast.scores.ForecastScore;
import io.depthcast.search.Distribution.Integers;
import io.depthcast.search.Distribution.LogUniform;
import io.depthcast.search.SuccessiveHalving;
import io.depthcast.trees.Xgboost;
import io.depthcast.walkforward.WalkForward;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkTest.class)
class SearchJobTest {

  private static final WalkForward BEFORE_THE_TEST =
      new WalkForward(WalkForward.Scheme.ANCHORED, 3, 1, 0.2, SyntheticLake.EMBARGO_MS);
  private static final int FOLDS = 2;

  private static final SearchConfig CONFIG =
      new SearchConfig(
          train(SyntheticLake.TRAIN.walkForward()),
          BEFORE_THE_TEST,
          Map.of("maxDepth", new Integers(1, 6), "eta", new LogUniform(0.05, 0.9)),
          new SuccessiveHalving(3, 2, 3),
          ForecastScore.LOG_LOSS);

  /** With the base 4 candidates, then 2. */
  private static final int FITS = (4 + 2) * FOLDS;

  private static TrainConfig train(WalkForward walkForward) {
    TrainConfig with = SyntheticLake.TRAIN;
    return new TrainConfig(
        with.set(),
        with.exclude(),
        with.fitted(),
        with.labels(),
        with.flatShare(),
        walkForward,
        with.sampleEvery(),
        List.of(new Xgboost(12, 3, 0.3, 0.8, 0.8, 1, 1, 4, true)),
        with.seed());
  }

  private static Lake copy(SyntheticLake source, SparkSession spark, Path folder)
      throws IOException {
    Path copy = folder.resolve("lake");
    FileUtils.copyDirectory(Path.of(source.root()).toFile(), copy.toFile());
    return Lake.open(spark, copy.toString(), "{}");
  }

  private static RunOutcome search(SparkSession spark, Lake lake) {
    return RunOutcome.of(spark, SearchJob.JOB, CONFIG, lake.root(), Arguments.all()).orThrow();
  }

  @Test
  void choosesByRowsBeforeTheFirstTestAndCountsEveryFit(
      SyntheticLake synthetic, SparkSession spark, @TempDir Path folder) throws IOException {
    Lake lake = copy(synthetic, spark, folder);
    long fitsBefore = Trials.of(lake).fits();
    long testFrom = lake.read("gold.models").where("fold_id = 0").first().<Long>getAs("test_from");

    RunOutcome outcome = search(spark, lake);

    Lake after = Lake.open(spark, lake.root(), "{}");
    Dataset<Row> found = after.read("gold.search").localCheckpoint();
    assertThat(found.count()).isEqualTo(FITS);
    assertThat(found.where("scored_to > " + testFrom).count()).isZero();
    assertThat(Trials.of(after).fits()).isEqualTo(fitsBefore + FITS);
    assertThat(after.read("ops.trials").where("kind = 'search'").count()).isEqualTo(FITS);
    // the plan of the lake is still the newest that was trained
    assertThat(Trials.of(after).newestFit()).isEqualTo(Trials.of(lake).newestFit());

    Map<Integer, Double> first = means(found.where("rung = 0"));
    assertThat(first).containsOnlyKeys(0, 1, 2, 3);
    int bestDrawn =
        first.keySet().stream()
            .filter(c -> c != 0)
            .min((a, b) -> Double.compare(first.get(a), first.get(b)))
            .orElseThrow();
    Map<Integer, Double> last = means(found.where("rung = 1"));
    assertThat(last).containsOnlyKeys(0, bestDrawn);
    // a third of the rows trains in the first rung
    for (Row row :
        found
            .where("candidate = 0")
            .groupBy("fold_id")
            .pivot("rung")
            .agg(org.apache.spark.sql.functions.first("train_rows"))
            .collectAsList()) {
      assertThat((double) row.getLong(1) / row.getLong(2)).isCloseTo(1 / 3.0, within(0.02));
    }

    int best = last.get(bestDrawn) < last.get(0) ? bestDrawn : 0;
    String printed = String.join("\n", outcome.out());
    assertThat(printed).contains(Candidates.yaml(CONFIG.candidates().get(best)));
    assertThat(printed).contains("best of 4 by 12 fits, so it looks better than it is");
    assertThat(lake.path("checkpoints")).satisfies(p -> assertThat(Path.of(p)).isEmptyDirectory());

    goesOnWhereItWasKilled(spark, after, found);
  }

  private static Map<Integer, Double> means(Dataset<Row> rows) {
    return rows.select("candidate", "log_loss").collectAsList().stream()
        .collect(
            Collectors.groupingBy(
                r -> r.getInt(0), Collectors.averagingDouble(r -> r.getDouble(1))));
  }

  /**
   * Of a search that was killed before its last fit all others are kept, one of them with a score
   * that no fit gives: it is believed, and the last fit is the one of before.
   */
  private static void goesOnWhereItWasKilled(SparkSession spark, Lake lake, Dataset<Row> found)
      throws IOException {
    Map<Integer, List<Part>> folds;
    try (Rehearsal rehearsal =
        Rehearsal.of(lake, Arguments.all(), CONFIG.train(), CONFIG.walkForward())) {
      folds = rehearsal.parts().stream().collect(Collectors.groupingBy(part -> part.fold().id()));
    }
    Kept kept = new Kept(lake, found.first().getAs("search_id"));
    for (Row row :
        found.where("NOT (rung = 1 AND candidate = 0 AND fold_id = 1)").collectAsList()) {
      boolean isFake = row.<Integer>getAs("rung") == 1 && row.<Integer>getAs("candidate") != 0;
      kept.keep(
          new Trial(
              row.getAs("rung"),
              row.getAs("candidate"),
              folds.get(row.<Integer>getAs("fold_id")).get(0)),
          new Scored(
              row.getAs("train_rows"),
              row.getAs("scored_rows"),
              isFake ? 0.125 : row.<Double>getAs("log_loss"),
              row.getAs("macro_f1")));
    }
    search(spark, lake);
    Dataset<Row> again = Lake.open(spark, lake.root(), "{}").read("gold.search");
    assertThat(again.where("log_loss = 0.125").count()).isEqualTo(FOLDS);
    assertThat(
            TableDifference.of(
                found.where("rung = 0 OR candidate = 0"), again.where("rung = 0 OR candidate = 0")))
        .isEmpty();
  }

  /**
   * On a lake without the rows of the first test and after, and without labels that end in or near
   * it, an ordinary training on the folds of the search scores the same.
   */
  @Test
  void scoresAsATrainingThatNeverHadTheTest(
      SyntheticLake synthetic, SparkSession spark, @TempDir Path folder) throws IOException {
    Lake lake = copy(synthetic, spark, folder);
    SearchConfig oneRung =
        new SearchConfig(
            CONFIG.train(),
            CONFIG.walkForward(),
            CONFIG.space(),
            new SuccessiveHalving(1, 1, 2),
            ForecastScore.MACRO_F1);
    RunOutcome.of(spark, SearchJob.JOB, oneRung, lake.root(), Arguments.all()).orThrow();
    List<Row> searched =
        Lake.open(spark, lake.root(), "{}")
            .read("gold.search")
            .where("candidate = 0")
            .orderBy("fold_id")
            .collectAsList();

    cut(lake);
    RunOutcome.of(spark, TrainJob.JOB, train(BEFORE_THE_TEST), lake.root(), Arguments.all())
        .orThrow();
    Lake trained = Lake.open(spark, lake.root(), "{}");
    String plan = Trials.of(trained).newestFit().orElseThrow().planId();
    assertThat(searched).hasSize(FOLDS);
    for (Row row : searched) {
      Map<String, Row> metrics =
          trained
              .read("gold.metrics")
              .where(col("plan_id").equalTo(plan).and(col("symbol").equalTo("*")))
              .where(col("fold_id").equalTo(row.<Integer>getAs("fold_id")))
              .collectAsList()
              .stream()
              .collect(Collectors.toMap(m -> m.getAs("metric"), m -> m));
      assertThat(row.<Long>getAs("scored_rows"))
          .isEqualTo(metrics.get("log_loss").<Long>getAs("n"))
          .isGreaterThan(500);
      assertThat(row.<Double>getAs("log_loss"))
          .isCloseTo(metrics.get("log_loss").<Double>getAs("value"), within(1e-12));
      assertThat(row.<Double>getAs("macro_f1"))
          .isEqualTo(metrics.get("macro_f1").<Double>getAs("value"));
    }
  }

  private static void cut(Lake lake) {
    long testFrom = lake.read("gold.models").where("fold_id = 0").first().<Long>getAs("test_from");
    long labelsEnd = testFrom - SyntheticLake.EMBARGO_MS * 1_000_000;
    Dataset<Row> features = lake.read("gold.features_core").localCheckpoint();
    Dataset<Row> labels = lake.read("gold.labels").localCheckpoint();
    Column ended = col("ts_label_end").lt(labelsEnd);
    for (String column : List.of("move_bps", "direction", "seq_label_end", "ts_label_end")) {
      // the end itself last
      labels = labels.withColumn(column, when(ended, col(column)).otherwise(lit(null)));
    }
    lake.replaceWhere(
        Tables.features("core", SyntheticLake.FEATURES.features()),
        "true",
        features.where("ts_event < " + testFrom));
    lake.replaceWhere(Tables.LABELS, "true", labels.where("ts_event < " + testFrom));
  }

  @Test
  void refusesMoreBlocksThanThereAreRows(SyntheticLake synthetic, SparkSession spark) {
    SearchConfig other =
        new SearchConfig(
            CONFIG.train(),
            new WalkForward(WalkForward.Scheme.ANCHORED, 1000, 1, 0.1, 0),
            CONFIG.space(),
            CONFIG.halving(),
            CONFIG.score());
    RunOutcome outcome =
        RunOutcome.of(spark, SearchJob.JOB, other, synthetic.root(), Arguments.all());
    assertThat(outcome.exitCode()).isEqualTo(JobMain.CONFIG);
    assertThat(outcome.err())
        .last()
        .asString()
        .contains("walkForward: Edge 1 at ")
        .endsWith("; use fewer blocks, or more rows before the first test");
  }

  @Test
  void refusesALabelThatIsNotThere(SyntheticLake synthetic, SparkSession spark) {
    TrainConfig with = CONFIG.train();
    SearchConfig other =
        new SearchConfig(
            new TrainConfig(
                with.set(),
                with.exclude(),
                with.fitted(),
                List.of("none_10e"),
                with.flatShare(),
                with.walkForward(),
                with.sampleEvery(),
                with.models(),
                with.seed()),
            CONFIG.walkForward(),
            CONFIG.space(),
            CONFIG.halving(),
            CONFIG.score());
    RunOutcome outcome =
        RunOutcome.of(spark, SearchJob.JOB, other, synthetic.root(), Arguments.all());
    assertThat(outcome.exitCode()).isEqualTo(JobMain.CONFIG);
    assertThat(outcome.err()).last().asString().contains("labels: no label none_10e");
  }
}

package io.depthcast.jobs.audit;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.JobMain;
import io.depthcast.jobs.RunOutcome;
import io.depthcast.jobs.SparkTest;
import io.depthcast.jobs.SyntheticLake;
import io.depthcast.jobs.table.Lake;
import io.depthcast.jobs.table.TableSpec;
import io.depthcast.jobs.table.Tables;
import io.depthcast.jobs.train.TrainJob;
import io.depthcast.trees.Xgboost;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkTest.class)
class AuditJobTest {

  private static final AuditConfig CONFIG =
      new AuditConfig(
          "newest",
          List.of("xgboost"),
          2000,
          new Xgboost(20, 3, 0.2, 0.8, 0.8, 5, 1, 0, true),
          0.8,
          0.8,
          0.05,
          0.6,
          7);

  private SparkSession spark;
  private Lake lake;

  @BeforeEach
  void copy(SyntheticLake source, SparkSession session, @TempDir Path folder) throws IOException {
    Path copy = folder.resolve("lake");
    FileUtils.copyDirectory(Path.of(source.root()).toFile(), copy.toFile());
    spark = session;
    lake = open(copy.toString());
  }

  private Lake open(String root) {
    return Lake.open(spark, root, "{}");
  }

  private RunOutcome audit() {
    return audit(CONFIG);
  }

  private RunOutcome audit(AuditConfig config) {
    return RunOutcome.of(spark, AuditJob.JOB, config, lake.root(), Arguments.all());
  }

  private static AuditConfig refitting(List<String> models) {
    return new AuditConfig(
        "newest", models, 1000, CONFIG.model(), 0.8, 0.8, 0.05, 0.6, CONFIG.seed());
  }

  /** The last line: before it are those of progress. */
  private static String complaint(RunOutcome outcome) {
    return outcome.err().get(outcome.err().size() - 1);
  }

  private List<String> failed() {
    return open(lake.root())
        .read("gold.audit")
        .where("NOT passed")
        .select("check")
        .distinct()
        .orderBy("check")
        .collectAsList()
        .stream()
        .map(r -> r.getString(0))
        .toList();
  }

  private void train() {
    RunOutcome.of(spark, TrainJob.JOB, SyntheticLake.TRAIN, lake.root(), Arguments.all()).orThrow();
  }

  private void replace(TableSpec table, String column, Column value) {
    Dataset<Row> rows = lake.read(table.name()).localCheckpoint();
    lake.replaceWhere(table, "true", rows.withColumn(column, value));
  }

  @Test
  void findsNothingInAnHonestRun() {
    RunOutcome outcome = audit();
    assertThat(outcome.exitCode()).as("%s", outcome).isEqualTo(JobMain.DONE);
    List<Row> findings = open(lake.root()).read("gold.audit").collectAsList();
    assertThat(findings)
        .extracting(f -> f.<String>getAs("check"))
        .containsAll(Arrays.stream(Check.values()).map(Check::text).toList());
    assertThat(findings).allMatch(f -> f.<Boolean>getAs("passed"));
    // a planted feature of the label's own move parts rises from falls as nothing honest does
    assertThat(findings)
        .filteredOn(f -> f.getAs("check").equals("planted_future"))
        .hasSize(2)
        .allMatch(f -> f.<Double>getAs("value") > 0.95);
  }

  @Test
  void namesAFeatureOfTheFuture() {
    Dataset<Row> features = lake.read("gold.features_core").localCheckpoint();
    Dataset<Row> moves =
        lake.read("gold.labels").select("venue", "symbol", "trade_date", "seq", "move_bps");
    lake.replaceWhere(
        Tables.features("core", SyntheticLake.FEATURES.features()),
        "true",
        features
            .join(moves, new String[] {"venue", "symbol", "trade_date", "seq"}, "left")
            .withColumn("queue_imbalance_2", col("move_bps"))
            .select(Arrays.stream(features.columns()).map(c -> col(c)).toArray(Column[]::new)));
    train();
    RunOutcome outcome = audit();
    assertThat(outcome.exitCode()).isEqualTo(JobMain.DATA);
    assertThat(complaint(outcome))
        .contains(" leaks: ")
        .contains("future_feature (fold 0, smoothed_mid_move_10e: queue_imbalance_2 alone has a");
    assertThat(failed()).contains("future_feature", "time_shift", "too_good");
  }

  @Test
  void namesThresholdsThatSawTheTest() {
    replace(Tables.MODELS, "class_thresholds_bps", lit("{\"SYNA\":0.1,\"SYNB\":0.1}"));
    RunOutcome outcome = audit();
    assertThat(outcome.exitCode()).isEqualTo(JobMain.DATA);
    assertThat(complaint(outcome)).contains("cards (").contains("are not of the training rows");
    assertThat(failed()).contains("cards", "blind_refit");
  }

  @Test
  void namesAModelThatSawTheTest() {
    // fold 1 trains on the test span of fold 0
    Dataset<Row> cards = lake.read("gold.models");
    String later =
        cards.where("model_id = 'xgboost' AND fold_id = 1").first().getAs("artifact_sha256");
    replace(
        Tables.MODELS,
        "artifact_sha256",
        when(col("model_id").equalTo("xgboost").and(col("fold_id").equalTo(0)), lit(later))
            .otherwise(col("artifact_sha256")));
    RunOutcome outcome = audit();
    assertThat(outcome.exitCode()).isEqualTo(JobMain.DATA);
    assertThat(complaint(outcome))
        .contains("blind_refit (fold 0")
        .contains("xgboost that never saw the test span gives another model")
        .endsWith("all 1 in gold.audit");
    assertThat(failed()).containsExactly("blind_refit");
  }

  @Test
  void namesRowsThatShouldHaveBeenPurged() {
    replace(Tables.MODELS, "validation_rows", col("validation_rows").plus(10));
    RunOutcome outcome = audit(refitting(List.of()));
    assertThat(outcome.exitCode()).isEqualTo(JobMain.DATA);
    assertThat(failed()).containsExactly("cards");
  }

  @Test
  void refusesToRefitAModelThatThePlanDoesNotHave() {
    RunOutcome outcome = audit(refitting(List.of("lgbm")));
    assertThat(outcome.exitCode()).isEqualTo(JobMain.CONFIG);
    assertThat(complaint(outcome))
        .contains("refit: no model lgbm in plan ")
        .endsWith("[majority, persistence, logistic_regression, xgboost, bin_ctabl]");
  }

  @Test
  void refusesTablesThatChangedSinceTheRun() {
    replace(Tables.LABELS, "move_bps", col("move_bps").plus(1));
    RunOutcome outcome = audit();
    assertThat(outcome.exitCode()).isEqualTo(JobMain.CONFIG);
    assertThat(complaint(outcome)).contains("the tables have changed since plan");
  }
}

package io.depthcast.jobs.shap;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.JobMain;
import io.depthcast.jobs.RunOutcome;
import io.depthcast.jobs.SparkTest;
import io.depthcast.jobs.SyntheticLake;
import io.depthcast.jobs.table.Lake;
import io.depthcast.jobs.table.TableDifference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkTest.class)
class ShapJobTest {

  private static final int ROWS = 40;
  private static final int FOLDS = 2;
  private static final ShapConfig CONFIG = new ShapConfig("newest", "xgboost", ROWS, 7);

  private SparkSession spark;
  private String root;

  @BeforeEach
  void copy(SyntheticLake source, SparkSession session, @TempDir Path folder) throws IOException {
    Path copy = folder.resolve("lake");
    FileUtils.copyDirectory(Path.of(source.root()).toFile(), copy.toFile());
    spark = session;
    root = copy.toString();
  }

  private RunOutcome run(ShapConfig config) {
    return RunOutcome.of(spark, ShapJob.JOB, config, root, Arguments.all());
  }

  private Lake lake() {
    return Lake.open(spark, root, "{}");
  }

  /** Contributions of a row sum to margins whose softmax is the forecast that is stored. */
  @Test
  void sumToTheForecastsOfTheTable() {
    RunOutcome outcome = run(CONFIG).orThrow();
    List<String> inputs =
        List.of(lake().read("gold.models").first().<String>getAs("inputs").split(","));
    Dataset<Row> shap = lake().read("gold.shap").localCheckpoint();
    assertThat(shap.count()).isEqualTo((long) FOLDS * ROWS * 3 * (inputs.size() + 1));
    List<String> key = List.of("venue", "symbol", "trade_date", "seq", "fold_id");
    Dataset<Row> forecasts =
        shap.groupBy(key.stream().map(k -> col(k)).toArray(org.apache.spark.sql.Column[]::new))
            .pivot("move_class", List.of("down", "flat", "up"))
            .agg(expr("sum(contribution)"))
            .join(
                lake().read("gold.predictions").where("model_id = 'xgboost'"),
                key.toArray(String[]::new));
    assertThat(forecasts.count()).isEqualTo((long) FOLDS * ROWS);
    String all = "(exp(down) + exp(flat) + exp(up))";
    assertThat(
            forecasts
                .where(
                    "abs(exp(down) / %1$s - p_down) > 1e-5 OR abs(exp(flat) / %1$s - p_flat) > 1e-5 OR abs(exp(up) / %1$s - p_up) > 1e-5"
                        .formatted(all))
                .count())
        .isZero();
    // the bias of a model is one for all rows
    assertThat(
            shap.where("feature = 'bias'")
                .select("fold_id", "move_class", "contribution")
                .distinct()
                .count())
        .isEqualTo(FOLDS * 3L);
    assertThat(shap.where("(feature = 'bias') <> (feature_value IS NULL)").count()).isZero();
    assertThat(outcome.out().get(0)).startsWith("smoothed_mid_move_10e: ").contains("queue_imb");

    holdTheValuesThatTheModelReads(shap);
    drawTheSameRowsForASeed(shap);
  }

  private void holdTheValuesThatTheModelReads(Dataset<Row> shap) {
    Dataset<Row> one =
        shap.where("feature = 'queue_imbalance_1' AND move_class = 'up'")
            .join(
                lake().read("gold.features_core"),
                new String[] {"venue", "symbol", "trade_date", "seq"});
    assertThat(one.count()).isEqualTo((long) FOLDS * ROWS);
    assertThat(
            one.where("feature_value <> CAST(CAST(queue_imbalance_1 AS FLOAT) AS DOUBLE)").count())
        .isZero();
  }

  private void drawTheSameRowsForASeed(Dataset<Row> shap) {
    run(CONFIG).orThrow();
    assertThat(TableDifference.of(shap, lake().read("gold.shap"))).isEmpty();
    run(new ShapConfig("newest", "xgboost", ROWS, 8)).orThrow();
    Dataset<Row> other = lake().read("gold.shap");
    assertThat(other.count()).isEqualTo(shap.count());
    assertThat(
            other
                .select("symbol", "trade_date", "seq")
                .intersect(shap.select("symbol", "trade_date", "seq"))
                .count())
        .isLessThan(ROWS);
  }

  @Test
  void refuseOtherModelsAndDamagedOnes() throws IOException {
    RunOutcome other = run(new ShapConfig("newest", "majority", ROWS, 7));
    assertThat(other.exitCode()).isEqualTo(JobMain.CONFIG);
    assertThat(other.err()).last().asString().contains("model: no XGBoost model majority in plan");

    String path =
        lake().read("gold.models").where("model_id = 'xgboost'").first().getAs("artifact_path");
    Path file = Path.of(root, path);
    Files.write(file, new byte[] {1});
    // Hadoop keeps a checksum of a local file beside it
    Path checksum = file.resolveSibling("." + file.getFileName() + ".crc");
    RunOutcome unreadable = run(CONFIG);
    assertThat(unreadable.exitCode()).isEqualTo(JobMain.CONFIG);
    assertThat(unreadable.err()).last().asString().contains("cannot be read; run train");
    Files.delete(checksum);
    RunOutcome damaged = run(CONFIG);
    assertThat(damaged.exitCode()).isEqualTo(JobMain.CONFIG);
    assertThat(damaged.err())
        .last()
        .asString()
        .contains("is gone or is not the model of its card in gold.models; run train");
  }
}

package io.depthcast.jobs.train;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.algorithms.Algorithms;
import io.depthcast.calibration.Calibrated;
import io.depthcast.calibration.CalibratedModel;
import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.RunOutcome;
import io.depthcast.jobs.SparkTest;
import io.depthcast.jobs.SyntheticLake;
import io.depthcast.jobs.table.Lake;
import io.depthcast.linear.LogisticRegression;
import io.depthcast.training.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A model beside itself calibrated, in a training. */
@ExtendWith(SparkTest.class)
class CalibratedModelsTest {

  private static final LogisticRegression MODEL = new LogisticRegression(1e-4, 50, true);

  @Test
  void forecastTheSameClassesWithOtherProbabilities(
      SyntheticLake synthetic, SparkSession spark, @TempDir Path folder) throws IOException {
    FileUtils.copyDirectory(Path.of(synthetic.root()).toFile(), folder.toFile());
    RunOutcome.of(
            spark,
            TrainJob.JOB,
            config(List.of(MODEL, new Calibrated(MODEL))),
            folder.toString(),
            Arguments.all())
        .orThrow();
    Lake lake = Lake.open(spark, folder.toString(), "{}");

    String plan =
        lake.read("gold.models").where("model_id LIKE '%_calibrated'").first().getAs("plan_id");
    Dataset<Row> both = lake.read("gold.predictions").where(col("plan_id").equalTo(plan));
    Dataset<Row> plain = both.where("model_id = 'logistic_regression'").as("plain");
    Dataset<Row> calibrated = both.where("model_id = 'logistic_regression_calibrated'").as("other");
    Dataset<Row> pairs =
        plain.join(
            calibrated,
            List.of("venue", "symbol", "trade_date", "seq", "label_id", "fold_id").stream()
                .map(key -> col("plain." + key).equalTo(col("other." + key)))
                .reduce((a, b) -> a.and(b))
                .orElseThrow());
    assertThat(pairs.count()).isEqualTo(plain.count()).isPositive();
    assertThat(pairs.where("abs(plain.p_up - other.p_up) > 0.001").count()).isPositive();
    // whatever the temperature, the order of the classes stays
    assertThat(
            pairs
                .where(
                    "(plain.p_up > plain.p_flat AND other.p_up < other.p_flat)"
                        + " OR (plain.p_up > plain.p_down AND other.p_up < other.p_down)")
                .count())
        .isZero();
    Row card =
        lake.read("gold.models")
            .where("model_id = 'logistic_regression_calibrated'")
            .orderBy("fold_id")
            .first();
    byte[] artifact = Files.readAllBytes(folder.resolve(card.<String>getAs("artifact_path")));
    CalibratedModel restored =
        (CalibratedModel) Algorithms.restore("logistic_regression_calibrated", artifact);
    assertThat(restored.temperature().value()).isNotEqualTo(1);
  }

  private static TrainConfig config(List<Trainer> models) {
    TrainConfig with = SyntheticLake.TRAIN;
    return new TrainConfig(
        with.set(),
        with.exclude(),
        with.fitted(),
        with.labels(),
        with.flatShare(),
        with.walkForward(),
        with.sampleEvery(),
        models,
        with.seed());
  }
}

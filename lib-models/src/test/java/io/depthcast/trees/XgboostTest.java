package io.depthcast.trees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.depthcast.models.ForecastModel;
import io.depthcast.models.ForecastRows;
import io.depthcast.training.SyntheticRows;
import io.depthcast.training.TrainingRows;
import java.util.ArrayList;
import java.util.List;
import ml.dmlc.xgboost4j.scala.spark.XGBoostClassificationModel;
import ml.dmlc.xgboost4j.scala.spark.XGBoostClassifier;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class XgboostTest {
  private static final int ROWS = 2000;
  private static final Xgboost TRAINER = new Xgboost(20, 4, 0.3, 0.8, 0.7, 1, 1, 0, true);

  private static SparkSession spark;
  private static SyntheticRows synthetic;
  private static Dataset<Row> train;
  private static Dataset<Row> validation;
  private static Dataset<Row> none;

  @BeforeAll
  static void start() {
    spark = SyntheticRows.spark();
    synthetic = new SyntheticRows(ROWS, 6, 1);
    train = synthetic.dataset(spark, 0, 1200);
    validation = synthetic.dataset(spark, 1200, 1600);
    none = synthetic.dataset(spark, 0, 0);
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @Test
  void everyProbabilityIsThatOfXgboostOnSpark() {
    XGBoostClassifier classifier = new XGBoostClassifier();
    classifier.setFeaturesCol("features");
    classifier.setLabelCol("label");
    classifier.setWeightCol("weight");
    classifier.setObjective("multi:softprob");
    classifier.setNumClass(3);
    classifier.setTreeMethod("hist");
    classifier.setMissing(Float.NaN);
    classifier.setNumWorkers(1);
    classifier.setNthread(1);
    classifier.setSeed(7);
    classifier.setNumRound(20);
    classifier.setMaxDepth(4);
    classifier.setEta(0.3);
    classifier.setSubsample(0.8);
    classifier.setColsampleBytree(0.7);
    classifier.setMinChildWeight(1);
    classifier.setLambda(1);
    XGBoostClassificationModel onSpark =
        classifier.fit(TrainingRows.of(train).weighted(train, true));
    List<Row> expected =
        onSpark.transform(synthetic.dataset(spark, 0, ROWS)).select("probability").collectAsList();

    try (ForecastModel model = TRAINER.fit(train, none, 7)) {
      double[][] out = probabilities(model);
      assertThat(expected).hasSize(ROWS);
      for (int i = 0; i < ROWS; i++) {
        Vector probability = expected.get(i).getAs(0);
        for (int c = 0; c < 3; c++) {
          assertThat(out[c][i]).isCloseTo(probability.apply(c), within(1e-6));
        }
        assertThat(out[0][i] + out[1][i] + out[2][i]).isCloseTo(1, within(1e-15));
      }
    }
  }

  @Test
  void everyProbabilityOfTheRestoredModelIsThatOfTheFittedOneBitForBit() {
    Xgboost stopping = new Xgboost(200, 4, 0.3, 0.8, 0.7, 1, 1, 5, true);
    try (ForecastModel fitted = stopping.fit(train, validation, 7);
        ForecastModel restored = XgboostModel.restore(fitted.artifact())) {
      assertThat(probabilities(restored)).isDeepEqualTo(probabilities(fitted));
      assertThat(restored.artifact()).isEqualTo(fitted.artifact());
    }
  }

  @Test
  void aMissingValueGoesWhereTheTrainingRowsSayIsBest() {
    // one column: 0 is down, 1 is up, and what is missing was flat
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 90; i++) {
      float x = i % 3 == 0 ? 0 : i % 3 == 2 ? 1 : Float.NaN;
      rows.add(RowFactory.create(new float[] {x}, (double) (i % 3), -1));
    }
    Dataset<Row> missing = SyntheticRows.dataset(spark, rows);
    try (ForecastModel model =
        new Xgboost(20, 3, 0.5, 1, 1, 0, 1, 0, false).fit(missing, none, 1)) {
      double[][] out = new double[3][3];
      model.probabilities(new ForecastRows(3, 1, new float[] {0, Float.NaN, 1}, new byte[3]), out);
      for (int c = 0; c < 3; c++) {
        assertThat(out[c][c]).isGreaterThan(0.8);
      }
    }
  }

  @Test
  void aRowsForecastDoesNotDependOnItsBatch() {
    try (ForecastModel model = TRAINER.fit(train, none, 7)) {
      double[][] all = probabilities(model);
      ForecastRows rows = synthetic.forecastRows();
      for (int i = 0; i < ROWS; i += 97) {
        float[] row = new float[rows.columns()];
        System.arraycopy(rows.values(), i * row.length, row, 0, row.length);
        double[][] one = new double[3][1];
        model.probabilities(new ForecastRows(1, row.length, row, new byte[1]), one);
        assertThat(new double[] {one[0][0], one[1][0], one[2][0]})
            .containsExactly(all[0][i], all[1][i], all[2][i]);
      }
    }
  }

  @Test
  void twoFitsGiveEqualBytesAndAnotherSeedDoesNot() {
    Xgboost stopping = new Xgboost(20, 4, 0.3, 0.8, 0.7, 1, 1, 5, true);
    byte[] first = stopping.fit(train, validation, 7).artifact();

    assertThat(stopping.fit(train, validation, 7).artifact()).isEqualTo(first);
    assertThat(stopping.fit(train, validation, 8).artifact()).isNotEqualTo(first);
  }

  @Test
  void stopsEarlyAndForecastsWithTheBestRound() {
    Xgboost stopping = new Xgboost(300, 6, 0.5, 1, 1, 0, 0, 3, false);
    try (XgboostModel model = (XgboostModel) stopping.fit(train, validation, 7)) {
      assertThat(model.rounds()).isLessThan(300);
      // A fit of as many rounds and no more gives the same forecasts.
      Xgboost upToTheBest = new Xgboost(model.rounds(), 6, 0.5, 1, 1, 0, 0, 0, false);
      try (ForecastModel cut = upToTheBest.fit(train, none, 7)) {
        assertThat(probabilities(model)).isDeepEqualTo(probabilities(cut));
      }
      // Validation loss, from the forecasts, is not less with one round fewer or more.
      double best = validationLoss(probabilities(model));
      for (int other : new int[] {model.rounds() - 1, model.rounds() + 1}) {
        Xgboost trainer = new Xgboost(other, 6, 0.5, 1, 1, 0, 0, 0, false);
        try (ForecastModel neighbour = trainer.fit(train, none, 7)) {
          assertThat(validationLoss(probabilities(neighbour))).isGreaterThanOrEqualTo(best);
        }
      }
    }
  }

  @Test
  void usesAllRoundsWithoutValidationRows() {
    Xgboost stopping = new Xgboost(15, 4, 0.3, 1, 1, 1, 1, 3, true);
    try (XgboostModel model = (XgboostModel) stopping.fit(train, none, 7)) {
      assertThat(model.rounds()).isEqualTo(15);
    }
  }

  @Test
  void keepsThreeClassesWhereTheTrainingRowsHoldTwo() {
    Dataset<Row> downAndFlat = train.filter("label < 2");
    try (ForecastModel model = TRAINER.fit(downAndFlat, none, 7)) {
      double[][] out = probabilities(model);
      for (int i = 0; i < ROWS; i++) {
        assertThat(out[2][i]).isLessThan(0.1);
        assertThat(out[0][i] + out[1][i] + out[2][i]).isCloseTo(1, within(1e-15));
      }
    }
  }

  @Test
  void scoresNoRows() {
    try (ForecastModel model = TRAINER.fit(train, none, 7)) {
      double[][] out = new double[3][0];
      model.probabilities(new ForecastRows(0, 6, new float[0], new byte[0]), out);
      assertThat(out[0]).isEmpty();
    }
  }

  @Test
  void refusesOtherColumnsAndDamagedBytes() {
    try (ForecastModel model = TRAINER.fit(train, none, 7)) {
      ForecastRows two = new ForecastRows(1, 2, new float[2], new byte[1]);
      assertThatThrownBy(() -> model.probabilities(two, new double[3][1]))
          .hasMessage("Invalid columns: 2 (the model was fitted on 6)");
      byte[] half = java.util.Arrays.copyOf(model.artifact(), model.artifact().length / 2);
      assertThatThrownBy(() -> XgboostModel.restore(half))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("damaged");
    }
  }

  @Test
  void refusesHyperParametersOutOfRange() {
    assertThatThrownBy(() -> new Xgboost(0, 4, 0.3, 1, 1, 1, 1, 0, true))
        .hasMessage("Invalid rounds: 0 (must be 1 to 10000)");
    assertThatThrownBy(() -> new Xgboost(1, 17, 0.3, 1, 1, 1, 1, 0, true))
        .hasMessage("Invalid maxDepth: 17 (must be 1 to 16)");
    assertThatThrownBy(() -> new Xgboost(1, 4, 0, 1, 1, 1, 1, 0, true))
        .hasMessage("Invalid eta: 0.0 (must be above 0 and at most 1)");
    assertThatThrownBy(() -> new Xgboost(1, 4, 0.3, 1.1, 1, 1, 1, 0, true))
        .hasMessage("Invalid subsample: 1.1 (must be above 0 and at most 1)");
    assertThatThrownBy(() -> new Xgboost(1, 4, 0.3, 1, Double.NaN, 1, 1, 0, true))
        .hasMessage("Invalid columnSample: NaN (must be above 0 and at most 1)");
    assertThatThrownBy(() -> new Xgboost(1, 4, 0.3, 1, 1, -1, 1, 0, true))
        .hasMessage("Invalid minChildWeight: -1.0 (must be 0.0 to 1000000.0)");
    assertThatThrownBy(() -> new Xgboost(1, 4, 0.3, 1, 1, 1, -1, 0, true))
        .hasMessage("Invalid lambda: -1.0 (must be 0.0 to 1000000.0)");
    assertThatThrownBy(() -> new Xgboost(1, 4, 0.3, 1, 1, 1, 1, -1, true))
        .hasMessage("Invalid earlyStoppingRounds: -1 (must be 0 to 10000)");
  }

  private static double[][] probabilities(ForecastModel model) {
    double[][] out = new double[3][ROWS];
    model.probabilities(synthetic.forecastRows(), out);
    return out;
  }

  private static double validationLoss(double[][] out) {
    double sum = 0;
    for (int i = 1200; i < 1600; i++) {
      sum -= Math.log(out[synthetic.labels()[i]][i]);
    }
    return sum / 400;
  }
}

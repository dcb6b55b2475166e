package io.depthcast.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.depthcast.models.ForecastModel;
import io.depthcast.models.ForecastRows;
import io.depthcast.training.Standardisation;
import io.depthcast.training.SyntheticRows;
import io.depthcast.training.TrainingRows;
import java.util.List;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LinearTest {
  private static SparkSession spark;
  private static SyntheticRows synthetic;
  private static Dataset<Row> train;
  private static Dataset<Row> none;

  @BeforeAll
  static void start() {
    spark = SyntheticRows.spark();
    synthetic = new SyntheticRows(2000, 6, 1);
    train = synthetic.dataset(spark, 0, 1500);
    none = synthetic.dataset(spark, 0, 0);
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @Test
  void majorityForecastsTheSharesOfTheTrainingRows() {
    // labels 0 1 1 2: shares 1/4, 2/4, 1/4
    ForecastModel model =
        new Majority().fit(rows(new int[][] {{0, -1}, {1, 0}, {1, 1}, {2, 1}}), none, 1);

    double[][] out = probabilities(model, -1, 2);

    assertThat(out[0]).containsExactly(0.25, 0.25);
    assertThat(out[1]).containsExactly(0.5, 0.5);
    assertThat(out[2]).containsExactly(0.25, 0.25);
  }

  @Test
  void persistenceForecastsTheLastClassWithTheRateAtWhichItCameAgain() {
    // {label, last class}. Last down: 3 rows, 2 hits: (2+1)/(3+3) = 1/2, others 1/4.
    // Last flat, with the one unknown row: 2 rows, 2 hits: 3/5, others 1/5.
    // Last up: 4 rows, 0 hits: 1/7, raised to 0.34, others 0.33.
    ForecastModel model =
        new Persistence()
            .fit(
                rows(
                    new int[][] {
                      {0, 0}, {0, 0}, {1, 0}, {1, 1}, {1, -1}, {0, 2}, {1, 2}, {0, 2}, {1, 2}
                    }),
                none,
                1);

    double[][] out = probabilities(model, 0, 1, -1, 2);

    assertThat(out[0]).containsExactly(new double[] {0.5, 0.2, 0.2, 0.33}, within(1e-15));
    assertThat(out[1]).containsExactly(new double[] {0.25, 0.6, 0.6, 0.33}, within(1e-15));
    assertThat(out[2]).containsExactly(new double[] {0.25, 0.2, 0.2, 0.34}, within(1e-15));
  }

  @Test
  void persistenceWithoutAHistoryOfAClassStillForecastsIt() {
    ForecastModel model = new Persistence().fit(rows(new int[][] {{0, 0}}), none, 1);

    double[][] out = probabilities(model, 2);

    // no row with last class up: (0+1)/(0+3) is raised to 0.34
    assertThat(out[2][0]).isEqualTo(0.34);
    assertThat(out[0][0] + out[1][0] + out[2][0]).isCloseTo(1, within(1e-15));
  }

  @Test
  void softmaxEqualsMllib() {
    LogisticRegression trainer = new LogisticRegression(0.01, 15, true);
    TrainingRows rows = TrainingRows.of(train);
    Standardisation standardisation = Standardisation.of(train);
    LogisticRegressionModel mllib = trainer.mllib(rows, standardisation);
    Dataset<Row> all = synthetic.dataset(spark, 0, 2000);
    List<Row> expected =
        mllib
            .transform(LogisticRegression.vectors(rows.weighted(all, false), standardisation))
            .select("probability")
            .collectAsList();

    double[][] out = new double[3][2000];
    trainer.fit(train, none, 1).probabilities(synthetic.forecastRows(), out);

    assertThat(expected).hasSize(2000);
    for (int i = 0; i < expected.size(); i++) {
      Vector probability = expected.get(i).getAs(0);
      for (int c = 0; c < 3; c++) {
        assertThat(out[c][i]).isCloseTo(probability.apply(c), within(1e-12));
      }
    }
  }

  @Test
  void standardisesByMeanAndStandardDeviation() {
    // column 0: 1 2 3 4 5: mean 3, squares 4+1+0+1+4 = 10, sd sqrt(10/4); column 1 constant
    List<Row> rows =
        List.of(
            RowFactory.create(new float[] {1, 7}, 0.0, -1),
            RowFactory.create(new float[] {2, 7}, 0.0, -1),
            RowFactory.create(new float[] {3, 7}, 0.0, -1),
            RowFactory.create(new float[] {4, 7}, 0.0, -1),
            RowFactory.create(new float[] {5, 7}, 0.0, -1));
    Standardisation standardisation = Standardisation.of(SyntheticRows.dataset(spark, rows));

    assertThat(standardisation.mean()).containsExactly(3, 7);
    assertThat(standardisation.sd()[0]).isCloseTo(Math.sqrt(2.5), within(1e-15));
    assertThat(standardisation.apply(0, 4)).isCloseTo(1 / Math.sqrt(2.5), within(1e-15));
    assertThat(standardisation.apply(0, 1000)).isEqualTo(10);
    assertThat(standardisation.apply(0, -1000)).isEqualTo(-10);
    assertThat(standardisation.apply(1, 8)).isZero();
  }

  @Test
  void aMissingValueCountsAsTheMean() {
    // column 0 without its gap: 1 3: mean 2, sd sqrt(2); column 1 has no value at all
    List<Row> rows =
        List.of(
            RowFactory.create(new float[] {1, Float.NaN}, 0.0, -1),
            RowFactory.create(new float[] {Float.NaN, Float.NaN}, 0.0, -1),
            RowFactory.create(new float[] {3, Float.NaN}, 0.0, -1));
    Standardisation standardisation = Standardisation.of(SyntheticRows.dataset(spark, rows));

    assertThat(standardisation.mean()).containsExactly(2, 0);
    assertThat(standardisation.sd()[0]).isCloseTo(Math.sqrt(2), within(1e-15));
    assertThat(standardisation.apply(0, Double.NaN)).isZero();
    assertThat(standardisation.apply(1, 5)).isZero();
  }

  @Test
  void refusesAnInfiniteFeature() {
    List<Row> rows =
        List.of(
            RowFactory.create(new float[] {1}, 0.0, -1),
            RowFactory.create(new float[] {Float.POSITIVE_INFINITY}, 0.0, -1));

    assertThatThrownBy(() -> Standardisation.of(SyntheticRows.dataset(spark, rows)))
        .hasStackTraceContaining(
            "Invalid feature in row 1, column 0: Infinity (must be finite, or NaN where missing)");
  }

  @Test
  void logisticRegressionCopesWithAnAbsentClass() {
    Dataset<Row> downAndFlat = train.filter("label < 2");
    double[][] out = new double[3][2000];
    new LogisticRegression(0.01, 15, true)
        .fit(downAndFlat, none, 1)
        .probabilities(synthetic.forecastRows(), out);

    for (int i = 0; i < 2000; i++) {
      assertThat(out[0][i] + out[1][i] + out[2][i]).isCloseTo(1, within(1e-12));
      assertThat(out[2][i]).isLessThan(0.05);
    }
  }

  @Test
  void logisticRegressionRefusesRowsOfOneClass() {
    Dataset<Row> flat = rows(new int[][] {{1, 1}, {1, 1}});

    assertThatThrownBy(() -> new LogisticRegression(0, 10, false).fit(flat, none, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("all 2 of one class");
  }

  @Test
  void refusesRowsInSeveralPartitions() {
    Dataset<Row> scattered = train.repartition(2);

    assertThatThrownBy(() -> new Majority().fit(scattered, none, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 partitions (must be 1");
  }

  @Test
  void refusesNoRows() {
    assertThatThrownBy(() -> new Majority().fit(none, none, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid training rows: none (must be 1 or more)");
  }

  @Test
  void refusesALabelThatIsNoClass() {
    assertThatThrownBy(() -> new Majority().fit(rows(new int[][] {{0, 0}, {3, 0}}), none, 1))
        .hasStackTraceContaining("Invalid label in row 1: 3.0 (must be 0, 1 or 2)");
  }

  @Test
  void refusesHyperParametersOutOfRange() {
    assertThatThrownBy(() -> new LogisticRegression(-1, 10, true))
        .hasMessage("Invalid regularization: -1.0 (must be 0.0 to 1000.0)");
    assertThatThrownBy(() -> new LogisticRegression(Double.NaN, 10, true))
        .hasMessage("Invalid regularization: NaN (must be 0.0 to 1000.0)");
    assertThatThrownBy(() -> new LogisticRegression(0, 0, true))
        .hasMessage("Invalid maxIterations: 0 (must be 1 to 10000)");
  }

  /** Rows of {label, last class} with one feature that means nothing. */
  private static Dataset<Row> rows(int[][] labelAndLast) {
    List<Row> rows =
        java.util.Arrays.stream(labelAndLast)
            .map(r -> RowFactory.create(new float[] {0}, (double) r[0], r[1]))
            .toList();
    return SyntheticRows.dataset(spark, rows);
  }

  private static double[][] probabilities(ForecastModel model, int... lastClass) {
    byte[] last = new byte[lastClass.length];
    for (int i = 0; i < last.length; i++) {
      last[i] = (byte) lastClass[i];
    }
    double[][] out = new double[3][last.length];
    model.probabilities(new ForecastRows(last.length, 1, new float[last.length], last), out);
    return out;
  }
}

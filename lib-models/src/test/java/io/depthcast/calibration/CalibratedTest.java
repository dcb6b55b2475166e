package io.depthcast.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.depthcast.linear.LogisticRegression;
import io.depthcast.linear.SoftmaxModel;
import io.depthcast.models.ForecastModel;
import io.depthcast.models.ForecastRows;
import io.depthcast.models.MoveClass;
import io.depthcast.training.SyntheticRows;
import io.depthcast.training.Trainer;
import io.depthcast.training.TrainingRows;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CalibratedTest {

  private static final StructType SCHEMA =
      new StructType()
          .add(TrainingRows.FEATURES, DataTypes.createArrayType(DataTypes.FloatType, false), false)
          .add(TrainingRows.LABEL, DataTypes.DoubleType, false)
          .add(TrainingRows.LAST_CLASS, DataTypes.IntegerType, false)
          .add(TrainingRows.STRETCH, DataTypes.IntegerType, false);

  private static SparkSession spark;

  @BeforeAll
  static void start() {
    spark = SyntheticRows.spark();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  /** The forecast is the product of the features of this row and the two before, far too sure. */
  private record Product() implements Trainer {
    @Override
    public String name() {
      return "product";
    }

    @Override
    public int history() {
      return 2;
    }

    @Override
    public ForecastModel fit(Dataset<Row> train, Dataset<Row> validation, long seed) {
      return new ProductModel();
    }
  }

  private record ProductModel() implements ForecastModel {
    @Override
    public String algorithm() {
      return "product";
    }

    @Override
    public void probabilities(ForecastRows rows, double[][] out) {
      for (int i = 0; i < rows.rows(); i++) {
        double[] window = new double[MoveClass.COUNT];
        for (int c = 0; c < MoveClass.COUNT; c++) {
          window[c] = 1;
          for (int back = 0; back <= 2; back++) {
            window[c] *= rows.values()[(rows.at()[i] - back) * MoveClass.COUNT + c];
          }
        }
        double[] p = sure(window);
        for (int c = 0; c < MoveClass.COUNT; c++) {
          out[c][i] = p[c];
        }
      }
    }

    @Override
    public byte[] artifact() {
      return new byte[] {7};
    }
  }

  /** Squares, made to sum to 1: a temperature of 2 makes them what they were. */
  private static double[] sure(double[] weights) {
    double sum = 0;
    for (double weight : weights) {
      sum += weight * weight;
    }
    double[] p = new double[weights.length];
    for (int c = 0; c < p.length; c++) {
      p[c] = weights[c] * weights[c] / sum;
    }
    return p;
  }

  /**
   * Stretches of 50 rows, every third without a label; the class is drawn from the product of the
   * weights of the row and of the two before it, of which the first of a stretch stands for those
   * that are missing. With other windows than these the temperature would be far from 2.
   */
  @Test
  void seesTheWindowsThatTheModelIsToForecast() {
    SplittableRandom random = new SplittableRandom(5);
    List<Row> rows = new ArrayList<>();
    float[][] stretch = new float[50][];
    for (int i = 0; i < 60_000; i++) {
      int place = i % 50;
      stretch[place] = new float[] {weight(random), weight(random), weight(random)};
      double[] w = {1, 1, 1};
      for (int back = 0; back <= 2; back++) {
        for (int c = 0; c < 3; c++) {
          w[c] *= stretch[Math.max(0, place - back)][c];
        }
      }
      double draw = random.nextDouble() * (w[0] + w[1] + w[2]);
      int label = draw < w[0] ? 0 : draw < w[0] + w[1] ? 1 : 2;
      rows.add(RowFactory.create(stretch[place], i % 3 == 0 ? -1.0 : (double) label, -1, i / 50));
    }
    Dataset<Row> validation = spark.createDataFrame(rows, SCHEMA).coalesce(1);

    CalibratedModel model =
        (CalibratedModel) new Calibrated(new Product()).fit(validation, validation, 1);

    assertThat(model.algorithm()).isEqualTo("product_calibrated");
    assertThat(model.temperature().value()).isBetween(1.9, 2.1);
  }

  private static float weight(SplittableRandom random) {
    return (float) (0.2 + random.nextDouble());
  }

  @Test
  void withoutValidationRowsForecastsAreThoseOfTheModel() {
    SyntheticRows synthetic = new SyntheticRows(1_000, 4, 1);
    LogisticRegression logistic = new LogisticRegression(0.001, 50, false);
    Dataset<Row> train = synthetic.dataset(spark, 0, 800);
    Dataset<Row> none = synthetic.dataset(spark, 0, 0);
    ForecastRows later = synthetic.forecastRows(800, 1_000, 0);
    double[][] plain = new double[3][200];
    double[][] calibrated = new double[3][200];
    logistic.fit(train, none, 1).probabilities(later, plain);
    new Calibrated(logistic).fit(train, none, 1).probabilities(later, calibrated);
    assertThat(calibrated).isDeepEqualTo(plain);
  }

  @Test
  void isNotCalibratedTwice() {
    Calibrated once = new Calibrated(new Product());
    assertThatThrownBy(() -> new Calibrated(once))
        .hasMessage("Invalid model: product_calibrated (must not be calibrated twice)");
  }

  @Test
  void isRestoredFromItsArtifact() {
    SyntheticRows synthetic = new SyntheticRows(1_000, 4, 1);
    LogisticRegression logistic = new LogisticRegression(0.001, 50, false);
    ForecastModel fitted =
        new Calibrated(logistic)
            .fit(synthetic.dataset(spark, 0, 600), synthetic.dataset(spark, 600, 800), 1);
    ForecastModel restored =
        CalibratedModel.restore(
            fitted.algorithm(),
            fitted.artifact(),
            (name, bytes) -> {
              assertThat(name).isEqualTo("logistic_regression");
              return SoftmaxModel.restore(bytes);
            });
    ForecastRows later = synthetic.forecastRows(800, 1_000, 0);
    double[][] first = new double[3][200];
    double[][] second = new double[3][200];
    fitted.probabilities(later, first);
    restored.probabilities(later, second);
    assertThat(second).isDeepEqualTo(first);
    assertThat(restored.artifact()).isEqualTo(fitted.artifact());
  }
}

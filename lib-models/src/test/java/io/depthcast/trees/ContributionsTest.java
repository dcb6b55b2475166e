package io.depthcast.trees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.depthcast.calibration.Calibrated;
import io.depthcast.calibration.CalibratedModel;
import io.depthcast.models.ForecastRows;
import io.depthcast.models.MoveClass;
import io.depthcast.training.SyntheticRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.XGBoost;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ContributionsTest {

  private static final int ROWS = 800;
  private static final int COLUMNS = 4;
  private static final int HEADER_BYTES = 16;

  private static SparkSession spark;
  private static SyntheticRows synthetic;
  private static Dataset<Row> train;
  private static Dataset<Row> validation;

  @BeforeAll
  static void start() {
    spark = SyntheticRows.spark();
    synthetic = new SyntheticRows(ROWS, COLUMNS, 5);
    train = synthetic.dataset(spark, 0, 600);
    validation = synthetic.dataset(spark, 600, ROWS);
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  /**
   * Up where both inputs are 1, else flat, four combinations as often. One round of one tree a
   * class at eta 1 without penalty: a leaf is {@code sum(y - p) / sum(h)}. The tree of up parts by
   * one input at the root and where that is 1 by the other, so that with u the value of the leaf of
   * (1, 1) and d that of the others (they are equal: no row there is up)
   *
   * <pre>
   * v({})     = d/2 + d/4 + u/4 = (3 d + u) / 4
   * v({0})    = v({1}) = (d + u) / 2        what is not known is weighted 1 to 1
   * v({0, 1}) = u
   * phi_0     = ((v({0}) - v({})) + (v({0, 1}) - v({1}))) / 2
   *           = ((u - d) / 4 + (u - d) / 2) / 2 = 3 (u - d) / 8,  phi_1 the same
   * </pre>
   *
   * and for (0, 0), where all is d but for what is not known: v({0}) = d, v({1}) = d, so phi_0 = (d
   * - (3 d + u) / 4) / 2 = (d - u) / 8, phi_1 the same. For (1, 0) v({0}) = (d + u) / 2, v({1}) =
   * d, v({0, 1}) = d: phi_0 = ((u - d) / 4 + 0) / 2 = (u - d) / 8 and phi_1 = ((d - u) / 4 + (d -
   * u) / 2) / 2 = 3 (d - u) / 8. The margin of (1, 1) less that of (0, 0) is u - d.
   */
  @Test
  void areShapleyValuesByHand() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      float a = i % 2;
      float b = i / 2 % 2;
      rows.add(RowFactory.create(new float[] {a, b}, a * b == 1 ? 2.0 : 1.0, -1));
    }
    Xgboost one = new Xgboost(1, 2, 1, 1, 1, 0, 0, 0, false);
    Dataset<Row> learnt = SyntheticRows.dataset(spark, rows);
    try (XgboostModel model = (XgboostModel) one.fit(learnt, learnt.limit(0).coalesce(1), 1)) {
      ForecastRows asked =
          new ForecastRows(3, 2, new float[] {1, 1, 0, 0, 1, 0}, new byte[] {-1, -1, -1});
      float[][] margins = model.margins(asked);
      float[][][] shap = model.contributions(asked);
      double gap = margins[0][MoveClass.UP] - margins[1][MoveClass.UP];
      assertThat(gap).isGreaterThan(1);
      double[][] expected = {
        {3 * gap / 8, 3 * gap / 8}, {-gap / 8, -gap / 8}, {gap / 8, -3 * gap / 8}
      };
      double bias = margins[0][MoveClass.UP] - 3 * gap / 4;
      for (int i = 0; i < expected.length; i++) {
        float[] up = shap[i][MoveClass.UP];
        assertThat((double) up[0]).isCloseTo(expected[i][0], within(1e-6));
        assertThat((double) up[1]).isCloseTo(expected[i][1], within(1e-6));
        assertThat((double) up[2]).isCloseTo(bias, within(1e-6));
      }
    }
  }

  /** Against Shapley's formula over every subset of the inputs, tree by tree. */
  @Test
  void areThoseOfTheEnumerationOfSubsets() throws Exception {
    Xgboost trainer = new Xgboost(4, 4, 0.4, 1, 1, 1, 1, 0, true);
    try (XgboostModel model = (XgboostModel) trainer.fit(train, train.limit(0).coalesce(1), 3)) {
      List<JsonNode> trees = trees(model);
      assertThat(trees).hasSize(4 * MoveClass.COUNT);
      ForecastRows rows = synthetic.forecastRows(600, 640, 0);
      float[][][] shap = model.contributions(rows);
      for (int i = 0; i < rows.rows(); i++) {
        float[] row = Arrays.copyOfRange(rows.values(), i * COLUMNS, (i + 1) * COLUMNS);
        for (int c = 0; c < MoveClass.COUNT; c++) {
          for (int j = 0; j < COLUMNS; j++) {
            double expected = 0;
            for (int t = c; t < trees.size(); t += MoveClass.COUNT) {
              expected += shapley(trees.get(t), row, j);
            }
            assertThat((double) shap[i][c][j])
                .as("row %d, class %d, input %d", i, c, j)
                .isCloseTo(expected, within(1e-5));
          }
        }
      }
    }
  }

  private static List<JsonNode> trees(XgboostModel model) throws Exception {
    byte[] artifact = model.artifact();
    Booster booster =
        XGBoost.loadModel(Arrays.copyOfRange(artifact, HEADER_BYTES, artifact.length));
    List<JsonNode> trees = new ArrayList<>();
    for (String tree : booster.getModelDump((String) null, true, "json")) {
      trees.add(new ObjectMapper().readTree(tree));
    }
    booster.dispose();
    return trees;
  }

  /** {@code sum over S without j of |S|! (n - |S| - 1)! / n! (v(S + j) - v(S))}. */
  private static double shapley(JsonNode tree, float[] row, int input) {
    double sum = 0;
    for (int known = 0; known < 1 << COLUMNS; known++) {
      if ((known >> input & 1) == 0) {
        int size = Integer.bitCount(known);
        double weight = factorial(size) * factorial(COLUMNS - size - 1) / factorial(COLUMNS);
        sum += weight * (value(tree, row, known | 1 << input) - value(tree, row, known));
      }
    }
    return sum;
  }

  private static double factorial(int n) {
    return n < 2 ? 1 : n * factorial(n - 1);
  }

  /** The tree's value where only some inputs are known: else both ways, by their cover. */
  private static double value(JsonNode node, float[] row, int known) {
    if (node.has("leaf")) {
      return node.get("leaf").asDouble();
    }
    JsonNode yes = child(node, "yes");
    JsonNode no = child(node, "no");
    int input = Integer.parseInt(node.get("split").asText().substring(1));
    if ((known >> input & 1) == 1) {
      boolean isLess = row[input] < (float) node.get("split_condition").asDouble();
      return value(isLess ? yes : no, row, known);
    }
    double all = yes.get("cover").asDouble() + no.get("cover").asDouble();
    return (yes.get("cover").asDouble() * value(yes, row, known)
            + no.get("cover").asDouble() * value(no, row, known))
        / all;
  }

  private static JsonNode child(JsonNode node, String which) {
    int id = node.get(which).asInt();
    for (JsonNode child : node.get("children")) {
      if (child.get("nodeid").asInt() == id) {
        return child;
      }
    }
    throw new IllegalStateException("No child " + id);
  }

  @Test
  void sumToTheMarginAndThisToTheProbabilityAlsoAfterAnEarlyStop() {
    Xgboost stopping = new Xgboost(200, 4, 0.3, 0.8, 0.7, 1, 1, 3, true);
    try (XgboostModel model = (XgboostModel) stopping.fit(train, validation, 7)) {
      assertThat(model.rounds()).isLessThan(190);
      ForecastRows rows = synthetic.forecastRows();
      float[][] margins = model.margins(rows);
      float[][][] shap = model.contributions(rows);
      double[][] p = new double[MoveClass.COUNT][ROWS];
      model.probabilities(rows, p);
      for (int i = 0; i < ROWS; i++) {
        double all = 0;
        for (int c = 0; c < MoveClass.COUNT; c++) {
          double sum = 0;
          for (float part : shap[i][c]) {
            sum += part;
          }
          assertThat(sum).isCloseTo(margins[i][c], within(1e-4));
          all += Math.exp(margins[i][c]);
        }
        for (int c = 0; c < MoveClass.COUNT; c++) {
          assertThat(Math.exp(margins[i][c]) / all).isCloseTo(p[c][i], within(1e-5));
        }
      }
    }
  }

  /** The label is made of x0 mainly, of x1 and x2 together a little, of x3 not at all. */
  @Test
  void findWhatTheLabelDependsOn() {
    Xgboost trainer = new Xgboost(30, 4, 0.2, 1, 1, 5, 1, 0, true);
    try (XgboostModel model = (XgboostModel) trainer.fit(train, train.limit(0).coalesce(1), 3)) {
      double[] mean = new double[COLUMNS];
      for (float[][] row : model.contributions(synthetic.forecastRows())) {
        for (float[] ofClass : row) {
          for (int j = 0; j < COLUMNS; j++) {
            mean[j] += Math.abs(ofClass[j]) / ROWS;
          }
        }
      }
      assertThat(mean[0]).isGreaterThan(2 * Math.max(mean[1], mean[2]));
      assertThat(Math.min(mean[1], mean[2])).isGreaterThan(mean[3]);
    }
  }

  /** Of the calibrated model the margins are divided by the temperature. */
  @Test
  void ofACalibratedModelAreThoseOfTheModelInIt() {
    Calibrated trainer = new Calibrated(new Xgboost(60, 4, 0.3, 1, 1, 1, 1, 0, true));
    try (CalibratedModel model = (CalibratedModel) trainer.fit(train, validation, 7)) {
      double temperature = model.temperature().value();
      assertThat(temperature).isGreaterThan(1.05);
      ForecastRows rows = synthetic.forecastRows();
      float[][] margins = ((XgboostModel) model.model()).margins(rows);
      double[][] p = new double[MoveClass.COUNT][ROWS];
      model.probabilities(rows, p);
      for (int i = 0; i < ROWS; i += 7) {
        double logOdds = Math.log(p[MoveClass.UP][i] / p[MoveClass.DOWN][i]);
        double margin = margins[i][MoveClass.UP] - margins[i][MoveClass.DOWN];
        assertThat(logOdds).isCloseTo(margin / temperature, within(1e-4));
      }
    }
  }

  @Test
  void takeNoRowsAndRefuseOtherColumns() {
    Xgboost trainer = new Xgboost(2, 2, 0.3, 1, 1, 1, 1, 0, true);
    try (XgboostModel model = (XgboostModel) trainer.fit(train, train.limit(0).coalesce(1), 3)) {
      ForecastRows none = new ForecastRows(0, COLUMNS, new float[0], new byte[0]);
      assertThat(model.contributions(none)).isEmpty();
      assertThat(model.margins(none)).isEmpty();
      ForecastRows other = new ForecastRows(1, 2, new float[2], new byte[1]);
      assertThatThrownBy(() -> model.contributions(other))
          .hasMessage("Invalid columns: 2 (the model was fitted on 4)");
    }
  }
}

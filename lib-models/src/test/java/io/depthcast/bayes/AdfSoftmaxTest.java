package io.depthcast.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class AdfSoftmaxTest {

  private static final Forgetting NOTHING = new ConstantForgetting(1);

  private static double[] forecast(AdfSoftmax model, double... row) {
    double[] out = new double[model.classes()];
    model.probabilities(row, out);
    return out;
  }

  /** Exact probabilities for weights in the model's order. */
  private static double[] softmax(double[] weights, double... row) {
    int width = row.length + 1;
    double[] p = new double[weights.length / width + 1];
    p[p.length - 1] = 1;
    double sum = 1;
    for (int c = 0; c < p.length - 1; c++) {
      double score = weights[c * width];
      for (int j = 0; j < row.length; j++) {
        score += weights[c * width + 1 + j] * row[j];
      }
      p[c] = Math.exp(score);
      sum += p[c];
    }
    for (int c = 0; c < p.length; c++) {
      p[c] /= sum;
    }
    return p;
  }

  /**
   * Twin: the exact posterior of one row on a grid of all weights, each independent standard
   * normal. Gives the evidence, the means and the standard deviations.
   */
  private static double[][] grid(int weights, int label, double row) {
    double step = 0.5;
    int side = 25;
    double evidence = 0;
    double prior = 0;
    double[] mean = new double[weights];
    double[] square = new double[weights];
    double[] w = new double[weights];
    for (int cell = 0; cell < Math.pow(side, weights); cell++) {
      int rest = cell;
      double half = 0;
      for (int i = 0; i < weights; i++) {
        w[i] = (rest % side - side / 2) * step;
        rest /= side;
        half += w[i] * w[i] / 2;
      }
      double density = Math.exp(-half);
      prior += density;
      double posterior = density * softmax(w, row)[label];
      evidence += posterior;
      for (int i = 0; i < weights; i++) {
        mean[i] += posterior * w[i];
        square[i] += posterior * w[i] * w[i];
      }
    }
    double[] sd = new double[weights];
    for (int i = 0; i < weights; i++) {
      mean[i] /= evidence;
      sd[i] = Math.sqrt(square[i] / evidence - mean[i] * mean[i]);
    }
    return new double[][] {{evidence / prior}, mean, sd};
  }

  private static void assertIsTheGrid(int classes, int label, double row) {
    AdfSoftmax model = new AdfSoftmax(classes, 1, 1, NOTHING);
    double[][] grid = grid(2 * (classes - 1), label, row);
    assertThat(forecast(model, row)[label]).isCloseTo(grid[0][0], within(1e-4));
    model.learn(new double[] {row}, label);
    for (int c = 0; c < classes - 1; c++) {
      for (int column = 0; column < 2; column++) {
        double[] weight = model.weight(c, column);
        assertThat(weight[0]).isCloseTo(grid[1][2 * c + column], within(1e-3));
        assertThat(weight[1]).isCloseTo(grid[2][2 * c + column], within(1e-3));
      }
    }
  }

  @Test
  void knowsNothingBeforeTheFirstOutcome() {
    // scores that differ by something symmetric around 0
    assertThat(forecast(new AdfSoftmax(2, 1, 1, NOTHING), 3)[0]).isCloseTo(0.5, within(1e-12));
    double[] three = forecast(new AdfSoftmax(3, 1, 1, NOTHING), 3);
    assertThat(three[0]).isCloseTo(three[1], within(1e-12));
    assertThat(three[0] + three[1] + three[2]).isCloseTo(1, within(1e-12));
  }

  @Test
  void oneRowOfTwoClassesGivesTheMomentsOfTheExactPosterior() {
    assertIsTheGrid(2, 0, 0.7);
    assertIsTheGrid(2, 1, -1.5);
  }

  @Test
  void oneRowOfThreeClassesGivesTheMomentsOfTheExactPosterior() {
    assertIsTheGrid(3, 0, 0.7);
    assertIsTheGrid(3, 2, -1.5);
  }

  /** Draws a class. */
  private static int draw(Random random, double[] p) {
    double u = random.nextDouble();
    for (int c = 0; c < p.length - 1; c++) {
      u -= p[c];
      if (u < 0) {
        return c;
      }
    }
    return p.length - 1;
  }

  @Test
  void statedSpreadsOfWeightsHoldTheTrueOnes() {
    // weights drawn from the prior: a range of 1.645 standard deviations holds 90 % of them
    Random random = new Random(1);
    int inside = 0;
    int all = 0;
    for (int series = 0; series < 150; series++) {
      AdfSoftmax model = new AdfSoftmax(3, 1, 1, NOTHING);
      double[] truth = random.doubles(4).map(u -> random.nextGaussian()).toArray();
      for (int i = 0; i < 60; i++) {
        double x = random.nextGaussian();
        model.learn(new double[] {x}, draw(random, softmax(truth, x)));
      }
      for (int i = 0; i < 4; i++) {
        double[] weight = model.weight(i / 2, i % 2);
        inside += Math.abs(truth[i] - weight[0]) < 1.645 * weight[1] ? 1 : 0;
        all++;
      }
    }
    // 600 weights, four of a series together: four standard errors of at most
    // sqrt(.09 / 150) = 0.0245 if they all went together, 0.0122 if none did: 0.05 to 0.1
    assertThat(inside / (double) all).isCloseTo(0.9, within(0.05));
  }

  @Test
  void recoversWeights() {
    double[] truth = {-1, 1.5, -0.5, 0.3, -0.8, 0.6};
    AdfSoftmax model = new AdfSoftmax(3, 2, 2, NOTHING);
    Random random = new Random(2);
    for (int i = 0; i < 8000; i++) {
      double[] row = {random.nextGaussian(), random.nextGaussian()};
      model.learn(row, draw(random, softmax(truth, row)));
    }
    for (int i = 0; i < 6; i++) {
      double[] weight = model.weight(i / 3, i % 3);
      assertThat(weight[1]).isLessThan(0.06);
      assertThat(weight[0]).isCloseTo(truth[i], within(4 * weight[1]));
    }
  }

  @Test
  void forgettingFollowsADrift() {
    double forgets = driftLoss(0.99);
    double remembers = driftLoss(1);
    assertThat(forgets).isLessThan(remembers - 0.05);
    // a fair coin costs ln 2 = 0.69 a row
    assertThat(forgets).isLessThan(0.6);
  }

  private static double driftLoss(double retention) {
    AdfSoftmax model = new AdfSoftmax(2, 1, 2, new ConstantForgetting(retention));
    Random random = new Random(3);
    double loss = 0;
    for (int i = 0; i < 4000; i++) {
      double[] row = {random.nextGaussian()};
      double slope = 2 * Math.sin(2 * Math.PI * i / 2000);
      int label = draw(random, softmax(new double[] {0, slope}, row));
      loss -= Math.log(forecast(model, row)[label]);
      model.learn(row, label);
    }
    return loss / 4000;
  }

  @Test
  void forgetsBackToThePrior() {
    AdfSoftmax model = new AdfSoftmax(2, 1, 2, new ConstantForgetting(0.5));
    for (int i = 0; i < 20; i++) {
      model.learn(new double[] {1}, 0);
    }
    double[] before = model.weight(0, 1);
    // a column of 0 says nothing of the slope, which is left to forgetting alone, apart from what
    // it shares with the intercept
    for (int i = 0; i < 60; i++) {
      model.learn(new double[] {0}, i % 2);
    }
    double[] after = model.weight(0, 1);
    assertThat(before[0]).isGreaterThan(0.5);
    assertThat(after[0]).isCloseTo(0, within(1e-6));
    assertThat(after[1]).isCloseTo(2, within(1e-6));
    assertThat(model.observations()).isCloseTo(2, within(1e-9));
  }

  @Test
  void staysFiniteOnRowsFarOut() {
    AdfSoftmax model = new AdfSoftmax(3, 2, 3, new ConstantForgetting(0.999));
    Random random = new Random(4);
    for (int i = 0; i < 5000; i++) {
      double scale = i % 50 == 0 ? 1000 : 1;
      double[] row = {scale * random.nextGaussian(), scale * random.nextGaussian()};
      double[] p = forecast(model, row);
      assertThat(p[0] + p[1] + p[2]).isCloseTo(1, within(1e-9));
      model.learn(row, random.nextInt(3));
    }
  }

  @Test
  void goesOnFromItsBytesToTheLastBit() {
    AdfSoftmax model =
        new AdfSoftmax(
            3, 2, 1, new ChangeForgetting(new RunLengths(new Dirichlet(3, 1), 0.01, 20), 5));
    Random random = new Random(5);
    for (int i = 0; i < 50; i++) {
      model.learn(new double[] {random.nextGaussian(), 1}, i % 3);
    }
    byte[] early = model.state();
    AdfSoftmax restored = AdfSoftmax.restore(early);
    assertThat(restored.state()).isEqualTo(early);
    double[] row = {0.3, -2};
    assertThat(forecast(restored, row)).isEqualTo(forecast(model, row));
    assertThat(model.state()).isEqualTo(early);
    model.learn(row, 2);
    restored.learn(row, 2);
    assertThat(restored.state()).isEqualTo(model.state()).hasSameSizeAs(early);
  }

  @Test
  void refusesWhatItCannotLearn() {
    AdfSoftmax model = new AdfSoftmax(3, 1, 1, NOTHING);
    byte[] before = model.state();
    assertThatThrownBy(() -> model.learn(new double[] {1, 2}, 0))
        .hasMessage("Invalid row: 2 values (must be 1)");
    assertThatThrownBy(() -> model.learn(new double[] {Double.NaN}, 0))
        .hasMessage("Invalid value in column 0: NaN (must be finite)");
    assertThatThrownBy(() -> model.learn(new double[] {1}, 3))
        .hasMessage("Invalid class: 3 (must be 0 to 2)");
    assertThat(model.state()).isEqualTo(before);
  }

  @Test
  void refusesSettingsOutOfRange() {
    assertThatThrownBy(() -> new AdfSoftmax(4, 1, 1, NOTHING))
        .hasMessage("Invalid classes: 4 (must be 2 or 3)");
    assertThatThrownBy(() -> new AdfSoftmax(3, 0, 1, NOTHING))
        .hasMessage("Invalid columns: 0 (must be 1 or more)");
    assertThatThrownBy(() -> new AdfSoftmax(3, 1, 4, NOTHING))
        .hasMessage("Invalid priorSd: 4.0 (must be above 0, at most 3)");
  }
}

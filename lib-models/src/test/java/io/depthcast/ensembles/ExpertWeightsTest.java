package io.depthcast.ensembles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ExpertWeightsTest {

  private static final double LN2 = Math.log(2);

  /**
   * Rate 1 and losses -ln p: weights are multiplied by p. After p = 1/2, 1/4: (1/2, 1/4) / (3/4) =
   * (2/3, 1/3). Again: (1/3, 1/12) / (5/12) = (4/5, 1/5).
   */
  @Test
  void hedgeMultipliesByTheExponentialOfTheLoss() {
    ExpertWeights weights = new ExpertWeights(2, 1, 0);
    assertThat(weights.weights()).containsExactly(0.5, 0.5);
    weights.learn(new double[] {LN2, 2 * LN2});
    assertThat(weights.weights()).containsExactly(new double[] {2.0 / 3, 1.0 / 3}, within(1e-15));
    weights.learn(new double[] {LN2, 2 * LN2});
    assertThat(weights.weights()).containsExactly(new double[] {0.8, 0.2}, within(1e-15));
  }

  /** Rate 2: after losses ln 2 and 2 ln 2 weights are as 1/4 to 1/16, (4/5, 1/5). */
  @Test
  void theRateIsThePaceOfLearning() {
    ExpertWeights weights = new ExpertWeights(2, 2, 0);
    weights.learn(new double[] {LN2, 2 * LN2});
    assertThat(weights.weights()).containsExactly(new double[] {0.8, 0.2}, within(1e-15));
  }

  /**
   * Three experts, share 0.3: learnt weights (1/2, 1/4, 1/8) / (7/8) = (4/7, 2/7, 1/7); each keeps
   * 0.7 and gets 0.15 of what the others had: 0.7 * 4/7 + 0.15 * 3/7 = 3.25/7, 0.7 * 2/7 + 0.15 *
   * 5/7 = 2.15/7, 0.7 * 1/7 + 0.15 * 6/7 = 1.6/7.
   */
  @Test
  void aFixedShareGoesToTheOthers() {
    ExpertWeights weights = new ExpertWeights(3, 1, 0.3);
    weights.learn(new double[] {LN2, 2 * LN2, 3 * LN2});
    assertThat(weights.weights())
        .containsExactly(new double[] {3.25 / 7, 2.15 / 7, 1.6 / 7}, within(1e-15));
  }

  /** An expert 100,000 rounds behind comes back: no weight is lost to underflow. */
  @Test
  void noWeightIsLost() {
    ExpertWeights weights = new ExpertWeights(2, 1, 0);
    for (int i = 0; i < 100_000; i++) {
      weights.learn(new double[] {0, 1});
    }
    assertThat(weights.weights()).containsExactly(1, 0);
    for (int i = 0; i < 100_000; i++) {
      weights.learn(new double[] {1, 0});
    }
    assertThat(weights.weights()).containsExactly(0.5, 0.5);
  }

  /**
   * The loss of the mixture at rate 1 is, summed over rounds, that of the best expert and at most
   * ln n more (the log loss is mixable, V. Vovk 1990).
   */
  @Test
  void losesAtMostTheLogarithmOfTheExpertsMoreThanTheBest() {
    Random random = new Random(3);
    ExpertWeights weights = new ExpertWeights(4, 1, 0);
    double mixture = 0;
    double[] totals = new double[4];
    for (int i = 0; i < 500; i++) {
      double[] losses = new double[4];
      double p = 0;
      double[] now = weights.weights();
      for (int m = 0; m < 4; m++) {
        double ofTruth = 0.05 + 0.9 * random.nextDouble();
        losses[m] = -Math.log(ofTruth);
        totals[m] += losses[m];
        p += now[m] * ofTruth;
      }
      mixture -= Math.log(p);
      weights.learn(losses);
    }
    double best = java.util.Arrays.stream(totals).min().orElseThrow();
    assertThat(mixture).isLessThanOrEqualTo(best + Math.log(4));
  }

  @Test
  void refusesOneExpert() {
    assertThatThrownBy(() -> new ExpertWeights(1, 1, 0))
        .hasMessage("Invalid experts: 1 (must be 2 or more)");
  }
}

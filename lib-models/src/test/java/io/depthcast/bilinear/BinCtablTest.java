package io.depthcast.bilinear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.depthcast.networks.Adam;
import io.depthcast.networks.RandomStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BinCtablTest {

  private static final int FEATURES = 6;
  private static final int STEPS = 4;
  private static final int ROWS = 12;

  /** Windows that overlap, in no order. */
  private static final int[] BEGINS = {0, 6, 42, 12, 30, 18, 6};

  private static final byte[] LABELS = {0, 1, 2, 2, 1, 0, 2};
  private static final float[] CLASS_WEIGHTS = {1, 0.5f, 2};

  private final float[] rows = randomRows(1);
  private final BinCtabl network = started(2);

  private static float[] randomRows(long seed) {
    Random random = new Random(seed);
    float[] rows = new float[ROWS * FEATURES];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (float) random.nextGaussian();
    }
    return rows;
  }

  /** All weights are moved off their round starts, so that each of them matters. */
  private static BinCtabl started(long seed) {
    BinCtabl network = new BinCtabl(FEATURES, STEPS);
    network.begin(seed);
    Random random = new Random(seed);
    float[] weights = network.weights();
    for (int i = 0; i < weights.length; i++) {
      weights[i] += (float) (0.1 * random.nextGaussian());
    }
    network.setWeights(weights);
    return network;
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    Arrays.setAll(doubles, i -> values[i]);
    return doubles;
  }

  private double[] twin(double[] weights, int begin) {
    double[][] x = new double[FEATURES][STEPS];
    for (int d = 0; d < FEATURES; d++) {
      for (int t = 0; t < STEPS; t++) {
        x[d][t] = rows[begin + t * FEATURES + d];
      }
    }
    return NaiveBinCtabl.probabilities(weights, x);
  }

  /** Loss of the batch by the twin. */
  private double loss(double[] weights) {
    double loss = 0;
    double sum = 0;
    for (int i = 0; i < BEGINS.length; i++) {
      double weight = CLASS_WEIGHTS[LABELS[i]];
      loss -= weight * Math.log(twin(weights, BEGINS[i])[LABELS[i]]);
      sum += weight;
    }
    return loss / sum;
  }

  @Test
  void hasAsManyWeightsAsPublished() {
    // LOBCAST's network: 11,446 for 40 columns and 10 rows, 10,206 for 20 columns
    assertThat(new BinCtabl(40, 10).weights()).hasSize(11_446);
    assertThat(new BinCtabl(20, 10).weights()).hasSize(10_206);
  }

  @Test
  void probabilitiesAreTheTwins() {
    float[] out = new float[3];
    for (int begin : BEGINS) {
      network.probabilities(rows, begin, out);
      double[] expected = twin(doubles(network.weights()), begin);
      for (int c = 0; c < 3; c++) {
        assertThat((double) out[c]).isCloseTo(expected[c], within(1e-5));
      }
    }
  }

  /** A feature that stands still has deviation 0, which counts as 1. */
  @Test
  void aConstantFeatureIsNoDivisionByZero() {
    for (int row = 0; row < ROWS; row++) {
      rows[row * FEATURES + 2] = 5;
    }
    probabilitiesAreTheTwins();
  }

  @Test
  void lossAndGradientsAreThoseOfFiniteDifferencesOfTheTwin() {
    double[] weights = doubles(network.weights());
    double loss = network.learn(rows, BEGINS, LABELS, CLASS_WEIGHTS, null);
    assertThat(loss).isCloseTo(loss(weights), within(1e-5));
    float[] gradients = network.gradients();
    double largest = 0;
    int large = 0;
    // All of the normalisation and of the attention, a share of the large matrices.
    int bin = 2 * FEATURES + 2 * STEPS + 2;
    int tabl = 3 * 120 + 5 * 5 + 5 + 3 + 1;
    for (int i = 0; i < weights.length; i += i < bin || i >= weights.length - tabl ? 1 : 17) {
      double weight = weights[i];
      double step = 1e-5;
      weights[i] = weight + step;
      double above = loss(weights);
      weights[i] = weight - step;
      double below = loss(weights);
      weights[i] = weight;
      double expected = (above - below) / (2 * step);
      assertThat((double) gradients[i])
          .as("gradient of weight %s", i)
          .isCloseTo(expected, within(2e-5 + 1e-3 * Math.abs(expected)));
      largest = Math.max(largest, Math.abs(expected));
      large += Math.abs(expected) > 1e-4 ? 1 : 0;
    }
    assertThat(largest).isGreaterThan(0.01);
    assertThat(large).isGreaterThan(200);
  }

  @Test
  void gradientsAreThoseOfTheBatchAlone() {
    network.learn(rows, BEGINS, LABELS, CLASS_WEIGHTS, null);
    float[] once = network.gradients();
    network.learn(rows, new int[] {24}, new byte[] {1}, CLASS_WEIGHTS, null);
    assertThat(network.gradients()).isNotEqualTo(once);
    network.learn(rows, BEGINS, LABELS, CLASS_WEIGHTS, null);
    assertThat(network.gradients()).isEqualTo(once);
  }

  @Test
  void dropoutChangesTheLossAndIsTheSameForASeed() {
    double without = network.learn(rows, BEGINS, LABELS, CLASS_WEIGHTS, null);
    double with = network.learn(rows, BEGINS, LABELS, CLASS_WEIGHTS, new RandomStream(5));
    float[] gradients = network.gradients();
    double again = network.learn(rows, BEGINS, LABELS, CLASS_WEIGHTS, new RandomStream(5));
    assertThat(with).isNotEqualTo(without);
    assertThat(again).isEqualTo(with);
    assertThat(network.gradients()).isEqualTo(gradients);
  }

  @Test
  void weightsThatAreSetAgainGiveTheSameBits() {
    BinCtabl other = new BinCtabl(FEATURES, STEPS);
    other.setWeights(network.weights());
    float[] expected = new float[3];
    float[] actual = new float[3];
    for (int begin : BEGINS) {
      network.probabilities(rows, begin, expected);
      other.probabilities(rows, begin, actual);
      assertThat(actual).isEqualTo(expected);
    }
  }

  @Test
  void learnsARule() {
    // up if the first feature rises over the window, down if it falls
    BinCtabl learner = new BinCtabl(FEATURES, STEPS);
    learner.begin(3);
    Adam adam = learner.adam();
    RandomStream dropout = new RandomStream(4);
    int[] begins = new int[ROWS - STEPS + 1];
    Arrays.setAll(begins, i -> i * FEATURES);
    byte[] labels = new byte[begins.length];
    double loss = 0;
    for (int i = 0; i < 600; i++) {
      float[] x = randomRows(100 + i);
      for (int w = 0; w < labels.length; w++) {
        labels[w] = (byte) (x[begins[w] + (STEPS - 1) * FEATURES] > x[begins[w]] ? 2 : 0);
      }
      double batch = learner.learn(x, begins, labels, new float[] {1, 1, 1}, dropout);
      loss += i >= 550 ? batch / 50 : 0;
      adam.step(3e-3);
      learner.changed();
    }
    // log 2 = 0.69 without any knowledge
    assertThat(loss).isLessThan(0.4);
  }

  @Test
  void refusesAnotherShape() {
    assertThatThrownBy(() -> new BinCtabl(1, 10))
        .hasMessage("Invalid shape: 1 features, 10 steps (must be 2 or more each)");
    assertThatThrownBy(() -> new BinCtabl(40, 10).setWeights(new float[10_206]))
        .hasMessage("Invalid weights: 10206 (must be 11446 for 40 features and 10 steps)");
  }
}

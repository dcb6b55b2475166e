package io.depthcast.bilinear;

import io.depthcast.models.MoveClass;
import io.depthcast.networks.Adam;
import io.depthcast.networks.Network;
import io.depthcast.networks.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The network BiN-CTABL: bilinear normalisation, two bilinear layers of 60 and 120 units, and a
 * temporal attention layer that gives the scores of the three classes.
 *
 * <pre>
 *   steps x features  -&gt;  BiN  -&gt;  BL 10 x 60  -&gt;  BL 5 x 120  -&gt;  TABL 3  -&gt;  softmax
 * </pre>
 *
 * <p>11,446 weights for 40 features and 10 steps. Not safe for use by two threads: it keeps what it
 * computed.
 *
 * <p>Tran, Kanniainen, Gabbouj, Iosifidis 2021, Data Normalization for Bilinear Structures in
 * High-Frequency Financial Time-series; sizes as in LOBCAST (Prata et al. 2023), but softmax once:
 * LOBCAST's loss applies it to probabilities.
 */
public final class BinCtabl implements Network {

  private static final int UNITS_1 = 60;
  private static final int STEPS_1 = 10;
  private static final int UNITS_2 = 120;
  private static final int STEPS_2 = 5;
  private static final double DROP = 0.1;
  private static final double MOST_NORM = 10;

  private final int features;
  private final int steps;
  private final BilinearNormalisation normalisation;
  private final BilinearLayer first;
  private final BilinearLayer second;
  private final TemporalAttentionLayer third;
  private final List<Weights> parameters;
  private final float[] scoreGradient = new float[MoveClass.COUNT];

  /**
   * @param features of a row, 2 or more
   * @param steps rows of a window, 2 or more
   */
  public BinCtabl(int features, int steps) {
    if (features < 2 || steps < 2) {
      throw new IllegalArgumentException(
          "Invalid shape: %d features, %d steps (must be 2 or more each)"
              .formatted(features, steps));
    }
    this.features = features;
    this.steps = steps;
    normalisation = new BilinearNormalisation(features, steps);
    first = new BilinearLayer(features, UNITS_1, steps, STEPS_1, DROP);
    second = new BilinearLayer(UNITS_1, UNITS_2, STEPS_1, STEPS_2, DROP);
    third = new TemporalAttentionLayer(UNITS_2, MoveClass.COUNT, STEPS_2);
    parameters =
        Stream.of(normalisation.weights(), first.weights(), second.weights(), third.weights())
            .flatMap(List::stream)
            .toList();
  }

  @Override
  public int features() {
    return features;
  }

  @Override
  public int steps() {
    return steps;
  }

  /** Adam over these weights; {@link #changed()} is to follow each step. */
  Adam adam() {
    return new Adam(rows(weights -> weights.values), rows(weights -> weights.gradients));
  }

  private List<float[]> rows(Function<Weights, float[][]> part) {
    return parameters.stream().flatMap(weights -> Arrays.stream(part.apply(weights))).toList();
  }

  @Override
  public float[] weights() {
    return flat(parameters.stream().map(weights -> weights.values).toList());
  }

  /** A copy of the gradients that {@link #learn} computed, in the order of the weights. */
  float[] gradients() {
    return flat(parameters.stream().map(weights -> weights.gradients).toList());
  }

  private static float[] flat(List<float[][]> matrices) {
    int size = matrices.stream().mapToInt(m -> m.length * m[0].length).sum();
    float[] all = new float[size];
    int at = 0;
    for (float[][] matrix : matrices) {
      for (float[] row : matrix) {
        System.arraycopy(row, 0, all, at, row.length);
        at += row.length;
      }
    }
    return all;
  }

  /**
   * Replaces all weights.
   *
   * @param all as {@link #weights()} gave them
   */
  public void setWeights(float[] all) {
    int at = 0;
    for (Weights weights : parameters) {
      for (float[] row : weights.values) {
        if (at + row.length > all.length) {
          throw invalid(all.length);
        }
        System.arraycopy(all, at, row, 0, row.length);
        at += row.length;
      }
    }
    if (at != all.length) {
      throw invalid(all.length);
    }
    changed();
  }

  private IllegalArgumentException invalid(int length) {
    return new IllegalArgumentException(
        "Invalid weights: %d (must be %d for %d features and %d steps)"
            .formatted(length, weights().length, features, steps));
  }

  /** Sets the weights that a fit begins with, the same for a seed. */
  void begin(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    normalisation.begin(random);
    first.begin(random);
    second.begin(random);
    third.begin(random);
    changed();
  }

  /** Puts weights that have changed back into their ranges. */
  void changed() {
    normalisation.constrain();
    first.constrain(MOST_NORM);
    second.constrain(MOST_NORM);
    third.constrain(MOST_NORM);
    first.turn();
    second.turn();
  }

  /**
   * Computes the probabilities of a window.
   *
   * @param rows features row by row, time rising; finite
   * @param begin where the window's first row begins
   * @param out probabilities of down, flat and up, overwritten
   */
  public void probabilities(float[] rows, int begin, float[] out) {
    softmax(scores(rows, begin, null), out);
  }

  @Override
  public void probabilities(float[] rows, int[] begins, float[][] out) {
    for (int i = 0; i < begins.length; i++) {
      probabilities(rows, begins[i], out[i]);
    }
  }

  private float[] scores(float[] rows, int begin, RandomStream dropout) {
    float[][] normalised = normalisation.forward(rows, begin);
    return third.forward(second.forward(first.forward(normalised, dropout), dropout));
  }

  private static void softmax(float[] scores, float[] out) {
    float most = Math.max(scores[0], Math.max(scores[1], scores[2]));
    float sum = 0;
    for (int c = 0; c < MoveClass.COUNT; c++) {
      out[c] = (float) Math.exp(scores[c] - most);
      sum += out[c];
    }
    for (int c = 0; c < MoveClass.COUNT; c++) {
      out[c] /= sum;
    }
  }

  /**
   * Computes the loss of a batch and its gradients: cross entropy, each window with the weight of
   * its class over the sum of these weights.
   *
   * @param rows features row by row, time rising within each window
   * @param begins where the first row of each window begins
   * @param labels class of each window
   * @param classWeights weight of each class
   * @param dropout source of dropout; null for none
   * @return the loss
   */
  double learn(
      float[] rows, int[] begins, byte[] labels, float[] classWeights, RandomStream dropout) {
    for (Weights weights : parameters) {
      for (float[] row : weights.gradients) {
        Arrays.fill(row, 0);
      }
    }
    double sum = 0;
    for (byte label : labels) {
      sum += classWeights[label];
    }
    double loss = 0;
    for (int i = 0; i < begins.length; i++) {
      int label = labels[i];
      double weight = classWeights[label] / sum;
      softmax(scores(rows, begins[i], dropout), scoreGradient);
      loss -= weight * Math.log(Math.max(scoreGradient[label], Float.MIN_NORMAL));
      scoreGradient[label] -= 1;
      for (int c = 0; c < MoveClass.COUNT; c++) {
        scoreGradient[c] *= (float) weight;
      }
      normalisation.backward(first.backward(second.backward(third.backward(scoreGradient))));
    }
    first.finish();
    second.finish();
    return loss;
  }
}

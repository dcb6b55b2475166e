package io.depthcast.bilinear;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Temporal attention augmented bilinear layer, without an activation of its output:
 *
 * <pre>
 *   X' = W1 X,  E = X' W,  A = softmax of each row of E over the steps
 *   Y  = (l X' + (1 - l) X' A) W2 + B      (X' A by element)
 * </pre>
 *
 * <p>The diagonal of W is fixed at 1 / steps, l stays in 0 to 1.
 *
 * <p>Tran, Iosifidis, Kanniainen, Gabbouj 2019, Temporal Attention-Augmented Bilinear Network for
 * Financial Time-Series Data Analysis, equations 4 to 8.
 */
final class TemporalAttentionLayer {

  private final int steps;
  private final Weights left;
  private final Weights attention;
  private final Weights right;
  private final Weights bias;
  private final Weights mix;

  // Of the last window.
  private float[][] input;
  private final float[][] combined;
  private final float[][] mask;
  private final float[] output;
  private final float[] energyGradient;
  private final float[] combinedGradient;
  private final float[][] inputGradient;

  TemporalAttentionLayer(int in, int out, int steps) {
    this.steps = steps;
    left = new Weights(out, in);
    attention = new Weights(steps, steps);
    right = new Weights(1, steps);
    bias = new Weights(1, out);
    mix = new Weights(1, 1);
    combined = new float[out][steps];
    mask = new float[out][steps];
    output = new float[out];
    energyGradient = new float[steps];
    combinedGradient = new float[steps];
    inputGradient = new float[steps][in];
  }

  List<Weights> weights() {
    return List.of(left, attention, right, bias, mix);
  }

  /** W1 and W2 as in {@link BilinearLayer}; attention begins even, and mixed half and half. */
  void begin(SplittableRandom random) {
    left.uniform(Math.sqrt(6.0 / left.values[0].length), random);
    right.uniform(Math.sqrt(6.0), random);
    attention.fill(1f / steps);
    bias.fill(0);
    mix.fill(0.5f);
  }

  void constrain(double mostNorm) {
    left.limitNorm(mostNorm);
    attention.limitNorm(mostNorm);
    right.limitNorm(mostNorm);
    for (int t = 0; t < steps; t++) {
      attention.values[t][t] = 1f / steps;
    }
    mix.values[0][0] = Math.min(1, Math.max(0, mix.get(0, 0)));
  }

  /**
   * @param x {@code [steps][in]}
   * @return {@code [out]}, valid until the next call
   */
  float[] forward(float[][] x) {
    input = x;
    float share = mix.get(0, 0);
    for (int c = 0; c < output.length; c++) {
      for (int t = 0; t < steps; t++) {
        combined[c][t] = Vectors.dot(left.values[c], x[t]);
      }
      attend(combined[c], mask[c]);
      float sum = bias.get(0, c);
      for (int t = 0; t < steps; t++) {
        sum += combined[c][t] * (share + (1 - share) * mask[c][t]) * right.get(0, t);
      }
      output[c] = sum;
    }
    return output;
  }

  /** Softmax of the energies, less the largest so that none overflows. */
  private void attend(float[] values, float[] weights) {
    Arrays.fill(weights, 0);
    Vectors.addRows(weights, values, attention.values);
    float most = weights[0];
    for (float energy : weights) {
      most = Math.max(most, energy);
    }
    float sum = 0;
    for (int t = 0; t < steps; t++) {
      weights[t] = (float) Math.exp(weights[t] - most);
      sum += weights[t];
    }
    for (int t = 0; t < steps; t++) {
      weights[t] /= sum;
    }
  }

  /**
   * Adds the weights' gradients of the last window.
   *
   * @return the input's gradient, valid until the next call
   */
  float[][] backward(float[] dy) {
    for (float[] gradient : inputGradient) {
      Arrays.fill(gradient, 0);
    }
    Vectors.add(bias.gradients[0], 1, dy);
    for (int c = 0; c < dy.length; c++) {
      backward(dy[c], combined[c], mask[c]);
      for (int t = 0; t < steps; t++) {
        Vectors.add(inputGradient[t], combinedGradient[t], left.values[c]);
      }
      Vectors.addRows(left.gradients[c], combinedGradient, input);
    }
    return inputGradient;
  }

  /** Gradients of one row, down to that of X' in {@link #combinedGradient}. */
  private void backward(float dy, float[] value, float[] weight) {
    float share = mix.get(0, 0);
    // The gradients of the attention weights, and their mean by the weights themselves.
    float mean = 0;
    for (int t = 0; t < steps; t++) {
      float ofMixed = dy * right.get(0, t);
      right.gradients[0][t] += dy * value[t] * (share + (1 - share) * weight[t]);
      mix.gradients[0][0] += ofMixed * value[t] * (1 - weight[t]);
      combinedGradient[t] = ofMixed * (share + (1 - share) * weight[t]);
      energyGradient[t] = ofMixed * value[t] * (1 - share);
      mean += energyGradient[t] * weight[t];
    }
    for (int t = 0; t < steps; t++) {
      energyGradient[t] = weight[t] * (energyGradient[t] - mean);
    }
    for (int from = 0; from < steps; from++) {
      for (int to = 0; to < steps; to++) {
        combinedGradient[from] += energyGradient[to] * attention.get(from, to);
        // The diagonal is fixed.
        attention.gradients[from][to] += from == to ? 0 : energyGradient[to] * value[from];
      }
    }
  }
}

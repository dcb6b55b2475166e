package io.depthcast.bilinear;

import io.depthcast.networks.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * {@code Y = ReLU(W1 X W2 + B)}, with dropout of its output in training.
 *
 * <p>Tran, Iosifidis, Kanniainen, Gabbouj 2019, Temporal Attention-Augmented Bilinear Network for
 * Financial Time-Series Data Analysis, equation 1.
 */
final class BilinearLayer {

  private static final int DROP_BITS = 16;

  private final double drop;

  /** W1, turned: {@code [in][out]}. */
  private final Weights left;

  private final Weights right;

  /** B, turned: {@code [steps out][out]}. */
  private final Weights bias;

  /** W1 as it is, {@code [out][in]}: a copy since the last step of the optimiser. */
  private final float[][] straight;

  /** By step in and step out: products of the combined input and the output's gradient, summed. */
  private final float[][][] products;

  // Of the last window.
  private float[][] input;
  private final float[][] combined;
  private final float[][] output;

  /** What the output was multiplied with: 0 where the unit was off, by ReLU or by dropout. */
  private final float[][] gate;

  private final float[][] gated;
  private final float[][] combinedGradient;
  private final float[][] inputGradient;
  private final float[] column;

  BilinearLayer(int in, int out, int stepsIn, int stepsOut, double drop) {
    this.drop = drop;
    left = new Weights(in, out);
    right = new Weights(stepsIn, stepsOut);
    bias = new Weights(stepsOut, out);
    straight = new float[out][in];
    products = new float[stepsIn][stepsOut][out];
    combined = new float[stepsIn][out];
    output = new float[stepsOut][out];
    gate = new float[stepsOut][out];
    gated = new float[stepsOut][out];
    combinedGradient = new float[stepsIn][out];
    inputGradient = new float[stepsIn][in];
    column = new float[stepsIn];
  }

  List<Weights> weights() {
    return List.of(left, right, bias);
  }

  /**
   * Uniform in plus and minus sqrt(6 / columns): He, Zhang, Ren, Sun 2015, Delving Deep into
   * Rectifiers, as PyTorch's kaiming_uniform_ does for W1 and W2.
   */
  void begin(SplittableRandom random) {
    left.uniform(Math.sqrt(6.0 / left.values.length), random);
    right.uniform(Math.sqrt(6.0 / right.values[0].length), random);
    bias.fill(0);
  }

  void constrain(double mostNorm) {
    left.limitNorm(mostNorm);
    right.limitNorm(mostNorm);
  }

  /**
   * @param x {@code [steps in][in]}
   * @param dropout null for none
   * @return {@code [steps out][out]}, valid until the next call
   */
  float[][] forward(float[][] x, RandomStream dropout) {
    input = x;
    for (int t = 0; t < combined.length; t++) {
      Arrays.fill(combined[t], 0);
      Vectors.addRows(combined[t], x[t], left.values);
    }
    for (int to = 0; to < output.length; to++) {
      float[] y = output[to];
      System.arraycopy(bias.values[to], 0, y, 0, y.length);
      for (int from = 0; from < combined.length; from++) {
        column[from] = right.get(from, to);
      }
      Vectors.addRows(y, column, combined);
      float[] open = gate[to];
      for (int i = 0; i < y.length; i++) {
        open[i] = y[i] > 0 ? 1 : 0;
      }
      if (dropout != null) {
        drop(open, dropout);
      }
      for (int i = 0; i < y.length; i++) {
        y[i] *= open[i];
      }
    }
    return output;
  }

  /** Closes a share of the units and scales the others, so that the mean stays. */
  private void drop(float[] open, RandomStream random) {
    float kept = (float) (1 / (1 - drop));
    int threshold = (int) (drop * (1 << DROP_BITS));
    long bits = 0;
    for (int i = 0; i < open.length; i++) {
      bits = i % (Long.SIZE / DROP_BITS) == 0 ? random.nextLong() : bits >>> DROP_BITS;
      open[i] *= (int) (bits & (1 << DROP_BITS) - 1) < threshold ? 0 : kept;
    }
  }

  /** To be called when the weights have changed, before {@link #backward}. */
  void turn() {
    for (int k = 0; k < left.values.length; k++) {
      for (int i = 0; i < straight.length; i++) {
        straight[i][k] = left.values[k][i];
      }
    }
  }

  /**
   * Adds the weights' gradients of the last window, those of W2 into sums that {@link #finish}
   * takes.
   *
   * @return the input's gradient, valid until the next call
   */
  float[][] backward(float[][] dy) {
    for (int to = 0; to < gated.length; to++) {
      Arrays.fill(gated[to], 0);
      Vectors.addProducts(gated[to], dy[to], gate[to]);
      Vectors.add(bias.gradients[to], 1, gated[to]);
    }
    for (int from = 0; from < combined.length; from++) {
      for (int to = 0; to < gated.length; to++) {
        Vectors.addProducts(products[from][to], combined[from], gated[to]);
      }
      Arrays.fill(combinedGradient[from], 0);
      Vectors.addRows(combinedGradient[from], right.values[from], gated);
    }
    for (int k = 0; k < left.values.length; k++) {
      for (int t = 0; t < column.length; t++) {
        column[t] = input[t][k];
      }
      Vectors.addRows(left.gradients[k], column, combinedGradient);
    }
    for (int t = 0; t < inputGradient.length; t++) {
      Arrays.fill(inputGradient[t], 0);
      Vectors.addRows(inputGradient[t], combinedGradient[t], straight);
    }
    return inputGradient;
  }

  /** Ends a batch. */
  void finish() {
    for (int from = 0; from < products.length; from++) {
      for (int to = 0; to < products[from].length; to++) {
        right.gradients[from][to] = Vectors.sum(products[from][to]);
        Arrays.fill(products[from][to], 0);
      }
    }
  }
}

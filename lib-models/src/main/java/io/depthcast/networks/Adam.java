package io.depthcast.networks;

import java.util.ArrayList;
import java.util.List;

/**
 * Adam, with decays of 0.9 and 0.999 and an epsilon of 1e-8: Kingma, Ba 2015, Adam: A Method for
 * Stochastic Optimization, algorithm 1.
 */
public final class Adam {

  private static final float DECAY_1 = 0.9f;
  private static final float DECAY_2 = 0.999f;
  private static final float EPSILON = 1e-8f;

  private final List<float[]> values;
  private final List<float[]> gradients;
  private final List<float[]> means = new ArrayList<>();
  private final List<float[]> squares = new ArrayList<>();
  private double decayed1 = 1;
  private double decayed2 = 1;

  /**
   * @param values of the weights, which each step changes in place
   * @param gradients that each step reads, of the same lengths
   */
  public Adam(List<float[]> values, List<float[]> gradients) {
    this.values = List.copyOf(values);
    this.gradients = List.copyOf(gradients);
    for (float[] part : values) {
      means.add(new float[part.length]);
      squares.add(new float[part.length]);
    }
  }

  /** Moves the weights against their gradients. */
  public void step(double rate) {
    decayed1 *= DECAY_1;
    decayed2 *= DECAY_2;
    float size = (float) (rate / (1 - decayed1));
    float root = (float) (1 / Math.sqrt(1 - decayed2));
    for (int i = 0; i < values.size(); i++) {
      step(values.get(i), gradients.get(i), means.get(i), squares.get(i), size, root);
    }
  }

  /** Means of the gradients, then those of their squares, in the order of the weights. */
  public float[] moments() {
    int size = means.stream().mapToInt(part -> part.length).sum();
    float[] all = new float[2 * size];
    int at = 0;
    for (List<float[]> moment : List.of(means, squares)) {
      for (float[] part : moment) {
        System.arraycopy(part, 0, all, at, part.length);
        at += part.length;
      }
    }
    return all;
  }

  /** Both decays to the power of the steps. */
  public double[] decayed() {
    return new double[] {decayed1, decayed2};
  }

  /**
   * Goes to where another stood.
   *
   * @throws IllegalArgumentException if it had another number of weights
   */
  public void resume(float[] moments, double[] decayed) {
    if (moments.length != moments().length) {
      throw new IllegalArgumentException(
          "Invalid moments: %d (must be %d)".formatted(moments.length, moments().length));
    }
    int at = 0;
    for (List<float[]> moment : List.of(means, squares)) {
      for (float[] part : moment) {
        System.arraycopy(moments, at, part, 0, part.length);
        at += part.length;
      }
    }
    decayed1 = decayed[0];
    decayed2 = decayed[1];
  }

  private static void step(
      float[] value, float[] slope, float[] mean, float[] square, float size, float root) {
    for (int i = 0; i < value.length; i++) {
      float gradient = slope[i];
      mean[i] = DECAY_1 * mean[i] + (1 - DECAY_1) * gradient;
      square[i] = DECAY_2 * square[i] + (1 - DECAY_2) * gradient * gradient;
      value[i] -= size * mean[i] / ((float) Math.sqrt(square[i]) * root + EPSILON);
    }
  }
}

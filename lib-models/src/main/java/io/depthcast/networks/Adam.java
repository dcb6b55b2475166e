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

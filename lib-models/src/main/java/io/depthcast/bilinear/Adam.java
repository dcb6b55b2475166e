package io.depthcast.bilinear;

import java.util.ArrayList;
import java.util.List;

/**
 * Adam, with decays of 0.9 and 0.999 and an epsilon of 1e-8: Kingma, Ba 2015, Adam: A Method for
 * Stochastic Optimization, algorithm 1.
 */
final class Adam {

  private static final float DECAY_1 = 0.9f;
  private static final float DECAY_2 = 0.999f;
  private static final float EPSILON = 1e-8f;

  private final BinCtabl network;
  private final List<float[]> means = new ArrayList<>();
  private final List<float[]> squares = new ArrayList<>();
  private double decayed1 = 1;
  private double decayed2 = 1;

  Adam(BinCtabl network) {
    this.network = network;
    for (Weights weights : network.parameters()) {
      for (float[] row : weights.values) {
        means.add(new float[row.length]);
        squares.add(new float[row.length]);
      }
    }
  }

  /** Moves the network's weights against their gradients. */
  void step(double rate) {
    decayed1 *= DECAY_1;
    decayed2 *= DECAY_2;
    float size = (float) (rate / (1 - decayed1));
    float root = (float) (1 / Math.sqrt(1 - decayed2));
    int next = 0;
    for (Weights weights : network.parameters()) {
      for (int r = 0; r < weights.values.length; r++) {
        step(
            weights.values[r],
            weights.gradients[r],
            means.get(next),
            squares.get(next),
            size,
            root);
        next++;
      }
    }
    network.changed();
  }

  private static void step(
      float[] values, float[] gradients, float[] mean, float[] square, float size, float root) {
    for (int i = 0; i < values.length; i++) {
      float gradient = gradients[i];
      mean[i] = DECAY_1 * mean[i] + (1 - DECAY_1) * gradient;
      square[i] = DECAY_2 * square[i] + (1 - DECAY_2) * gradient * gradient;
      values[i] -= size * mean[i] / ((float) Math.sqrt(square[i]) * root + EPSILON);
    }
  }
}

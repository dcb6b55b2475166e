package io.depthcast.bilinear;

import java.util.Arrays;
import java.util.SplittableRandom;

/** A matrix of weights, and of their gradients. */
final class Weights {

  final float[][] values;
  final float[][] gradients;

  Weights(int rows, int columns) {
    values = new float[rows][columns];
    gradients = new float[rows][columns];
  }

  float get(int row, int column) {
    return values[row][column];
  }

  void fill(float value) {
    for (float[] row : values) {
      Arrays.fill(row, value);
    }
  }

  /** Uniform in plus and minus a bound. */
  void uniform(double bound, SplittableRandom random) {
    for (float[] row : values) {
      for (int i = 0; i < row.length; i++) {
        row[i] = (float) ((2 * random.nextDouble() - 1) * bound);
      }
    }
  }

  /** Normal around 0. */
  void normal(double deviation, SplittableRandom random) {
    for (float[] row : values) {
      for (int i = 0; i < row.length; i++) {
        row[i] = (float) (random.nextGaussian() * deviation);
      }
    }
  }

  /** Scales the matrix down where its Frobenius norm is above a limit. */
  void limitNorm(double limit) {
    double squares = 0;
    for (float[] row : values) {
      for (float value : row) {
        squares += (double) value * value;
      }
    }
    if (squares > limit * limit) {
      float scale = (float) (limit / Math.sqrt(squares));
      for (float[] row : values) {
        for (int i = 0; i < row.length; i++) {
          row[i] *= scale;
        }
      }
    }
  }
}

package io.depthcast.bilinear;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Bilinear normalisation: the window's own mean and deviation, along time and across the features,
 * with learnt scales:
 *
 * <pre>
 *   Y = y1 (l1 Z1 + b1) + y2 (l2 Z2 + b2)
 *   Z1: each step less its mean over the features, over its deviation; l1, b1 by step
 *   Z2: each feature less its mean over the steps, over its deviation; l2, b2 by feature
 * </pre>
 *
 * <p>Deviations divide by n - 1; one below 1e-4 counts as 1. y1 and y2 stay above 0.
 *
 * <p>Tran, Kanniainen, Gabbouj, Iosifidis 2021, Data Normalization for Bilinear Structures in
 * High-Frequency Financial Time-series; details as in LOBCAST.
 */
final class BilinearNormalisation {

  private static final double LEAST_DEVIATION = 1e-4;
  private static final float LEAST_SHARE = 0.01f;

  private final int features;
  private final int steps;
  private final Weights stepScale;
  private final Weights stepShift;
  private final Weights featureScale;
  private final Weights featureShift;
  private final Weights shares;

  // Of the last window.
  private final float[][] acrossFeatures;
  private final float[][] alongTime;
  private final float[][] output;
  private final float[] mean;
  private final float[] inverse;

  BilinearNormalisation(int features, int steps) {
    this.features = features;
    this.steps = steps;
    stepScale = new Weights(1, steps);
    stepShift = new Weights(1, steps);
    featureScale = new Weights(1, features);
    featureShift = new Weights(1, features);
    shares = new Weights(1, 2);
    acrossFeatures = new float[steps][features];
    alongTime = new float[steps][features];
    output = new float[steps][features];
    mean = new float[features];
    inverse = new float[features];
  }

  List<Weights> weights() {
    return List.of(stepScale, stepShift, featureScale, featureShift, shares);
  }

  /**
   * Glorot, Bengio 2010, Understanding the Difficulty of Training Deep Feedforward Neural Networks:
   * variance 2 / (rows + columns) of a matrix of one column.
   */
  void begin(SplittableRandom random) {
    stepScale.normal(Math.sqrt(2.0 / (steps + 1)), random);
    featureScale.normal(Math.sqrt(2.0 / (features + 1)), random);
    stepShift.fill(0);
    featureShift.fill(0);
    shares.fill(0.5f);
  }

  /** Keeps the shares above 0. */
  void constrain() {
    float[] share = shares.values[0];
    for (int i = 0; i < share.length; i++) {
      share[i] = share[i] <= 0 ? LEAST_SHARE : share[i];
    }
  }

  /**
   * @param rows features row by row, time rising
   * @param begin where the window's first row begins
   * @return {@code [steps][features]}, valid until the next call
   */
  float[][] forward(float[] rows, int begin) {
    Arrays.fill(mean, 0);
    Arrays.fill(inverse, 0);
    for (int t = 0; t < steps; t++) {
      System.arraycopy(rows, begin + t * features, alongTime[t], 0, features);
      acrossFeatures(alongTime[t], acrossFeatures[t]);
      Vectors.add(mean, 1f / steps, alongTime[t]);
    }
    for (float[] z : alongTime) {
      Vectors.add(z, -1, mean);
      Vectors.addProducts(inverse, z, z);
    }
    for (int d = 0; d < features; d++) {
      inverse[d] = inverseDeviation(inverse[d] / (steps - 1));
    }
    float y1 = shares.get(0, 0);
    float y2 = shares.get(0, 1);
    float[] scale2 = featureScale.values[0];
    float[] shift2 = featureShift.values[0];
    for (int t = 0; t < steps; t++) {
      float[] z1 = acrossFeatures[t];
      float[] z2 = alongTime[t];
      float[] y = output[t];
      float scale1 = stepScale.get(0, t);
      float shift1 = stepShift.get(0, t);
      for (int d = 0; d < y.length; d++) {
        z2[d] *= inverse[d];
        y[d] = y1 * (scale1 * z1[d] + shift1) + y2 * (scale2[d] * z2[d] + shift2[d]);
      }
    }
    return output;
  }

  private static void acrossFeatures(float[] x, float[] z) {
    float average = Vectors.sum(x) / x.length;
    for (int d = 0; d < z.length; d++) {
      z[d] = x[d] - average;
    }
    float scale = inverseDeviation(Vectors.dot(z, z) / (z.length - 1));
    for (int d = 0; d < z.length; d++) {
      z[d] *= scale;
    }
  }

  private static float inverseDeviation(float variance) {
    double deviation = Math.sqrt(variance);
    return (float) (deviation < LEAST_DEVIATION ? 1 : 1 / deviation);
  }

  /** Adds the weights' gradients of the last window; nothing lies below this layer. */
  void backward(float[][] dy) {
    float y1 = shares.get(0, 0);
    float y2 = shares.get(0, 1);
    float[] scale2 = featureScale.values[0];
    float[] shift2 = featureShift.values[0];
    for (int t = 0; t < steps; t++) {
      float[] gradient = dy[t];
      float sum = Vectors.sum(gradient);
      float product = Vectors.dot(gradient, acrossFeatures[t]);
      stepScale.gradients[0][t] += y1 * product;
      stepShift.gradients[0][t] += y1 * sum;
      shares.gradients[0][0] += stepScale.get(0, t) * product + stepShift.get(0, t) * sum;
      float[] z2 = alongTime[t];
      float[] dScale = featureScale.gradients[0];
      float ofShare = 0;
      for (int d = 0; d < gradient.length; d++) {
        dScale[d] += y2 * gradient[d] * z2[d];
        ofShare += gradient[d] * (scale2[d] * z2[d] + shift2[d]);
      }
      shares.gradients[0][1] += ofShare;
      Vectors.add(featureShift.gradients[0], y2, gradient);
    }
  }
}

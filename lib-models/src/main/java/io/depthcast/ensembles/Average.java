package io.depthcast.ensembles;

import java.util.Arrays;

/**
 * The mean of the models' forecasts.
 *
 * @param name of its forecasts
 * @param pool which mean
 * @param weighting of the models
 */
public record Average(String name, Pool pool, Weighting weighting) implements Ensemble {

  /** What a model counts. */
  public enum Weighting {
    /** All the same. */
    EQUAL,
    /** By {@code 1 / log loss} on earlier folds. */
    INVERSE_LOG_LOSS
  }

  @Override
  public boolean needsEarlierFolds() {
    return weighting == Weighting.INVERSE_LOG_LOSS;
  }

  /**
   * Weights by model, their sum 1.
   *
   * @param logLosses by model, above 0, of earlier folds; only their number counts for equal
   *     weights
   */
  public double[] weights(double[] logLosses) {
    double[] weights = new double[logLosses.length];
    for (int m = 0; m < weights.length; m++) {
      weights[m] = weighting == Weighting.EQUAL ? 1 : 1 / logLosses[m];
    }
    double sum = Arrays.stream(weights).sum();
    for (int m = 0; m < weights.length; m++) {
      weights[m] /= sum;
    }
    return weights;
  }
}

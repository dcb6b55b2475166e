package io.depthcast.ensembles;

import io.depthcast.models.MoveClass;
import io.depthcast.scores.LogLoss;

/**
 * A weighted mean of forecasts. Source: C. Genest and J. V. Zidek, Combining Probability
 * Distributions, Statistical Science 1 (1986).
 */
public enum Pool {
  /** {@code p_c = sum_m w_m p_mc}. */
  LINEAR {
    @Override
    public double[] combine(double[] forecasts, double[] weights) {
      double[] combined = new double[MoveClass.COUNT];
      for (int m = 0; m < weights.length; m++) {
        for (int c = 0; c < MoveClass.COUNT; c++) {
          combined[c] += weights[m] * forecasts[m * MoveClass.COUNT + c];
        }
      }
      return combined;
    }
  },

  /** {@code p_c ~ exp(sum_m w_m ln p_mc)}, each {@code p_mc} at least 1e-15. */
  LOGARITHMIC {
    @Override
    public double[] combine(double[] forecasts, double[] weights) {
      double[] combined = new double[MoveClass.COUNT];
      for (int m = 0; m < weights.length; m++) {
        for (int c = 0; c < MoveClass.COUNT; c++) {
          combined[c] -= weights[m] * LogLoss.of(forecasts[m * MoveClass.COUNT + c]);
        }
      }
      return ExpertWeights.softmax(combined);
    }
  };

  /**
   * The mean.
   *
   * @param forecasts {@code [3 * models]}; what stands behind that is not read
   * @param weights by model, 0 or more, their sum 1
   * @return probabilities of down, flat and up
   */
  public abstract double[] combine(double[] forecasts, double[] weights);
}

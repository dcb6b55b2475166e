package io.depthcast.ensembles;

import io.depthcast.models.MoveClass;
import io.depthcast.scores.LogLoss;
import io.depthcast.training.Range;
import java.io.Serializable;

/**
 * The mean of the forecasts with weights that follow recent performance: {@link ExpertWeights} of
 * the models' log losses, of rows whose label has ended, see {@link CausalWeights}.
 *
 * @param name of its forecasts
 * @param rate how fast weights follow the losses, above 0 and at most 10; 1 makes the forecast the
 *     Bayesian mixture of the models
 * @param share of its weight that a model gives to the others after each row, 0 (Hedge) to 0.5
 * @param delayMs milliseconds after a label's end until it is known, 0 to 86400000
 */
public record Hedge(String name, double rate, double share, long delayMs)
    implements Ensemble, Serializable {

  private static final long serialVersionUID = 1L;

  private static final long DAY_MS = 86_400_000;
  private static final long NS_PER_MS = 1_000_000;

  public Hedge {
    if (!(rate > 0 && rate <= 10)) {
      throw new IllegalArgumentException(
          "Invalid rate: " + rate + " (must be above 0 and at most 10)");
    }
    Range.check("share", share, 0, 0.5);
    if (delayMs < 0 || delayMs > DAY_MS) {
      throw new IllegalArgumentException(
          "Invalid delayMs: " + delayMs + " (must be 0 to " + DAY_MS + ")");
    }
  }

  @Override
  public boolean needsEarlierFolds() {
    return false;
  }

  /** Equal weights, of nothing learnt yet. */
  public CausalWeights start(int models) {
    return new CausalWeights(new ExpertWeights(models, rate, share), delayMs * NS_PER_MS);
  }

  /**
   * Losses of the models at a row, by {@link LogLoss}.
   *
   * @param forecasts {@code [3 * models]}; what stands behind that is not read
   * @param truth the class that came, 0 to 2
   */
  public static double[] losses(double[] forecasts, int models, int truth) {
    double[] losses = new double[models];
    for (int m = 0; m < models; m++) {
      losses[m] = LogLoss.of(forecasts[m * MoveClass.COUNT + truth]);
    }
    return losses;
  }
}

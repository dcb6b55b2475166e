package io.depthcast.ensembles;

import io.depthcast.scores.LogLoss;
import io.depthcast.training.Trainer;

/**
 * A model on the models' forecasts: its inputs are their log probabilities of every label at the
 * row, so that a forecast of a short horizon helps a longer one. Fitted on out-of-fold forecasts of
 * earlier folds. Source: D. H. Wolpert, Stacked Generalization, Neural Networks 5 (1992).
 *
 * @param name of its forecasts
 * @param model what is fitted; one that needs the row only
 * @param validationShare share of the rows of earlier folds, latest first, that decide when to
 *     stop; 0 to 0.5
 */
public record Stack(String name, Trainer model, double validationShare) implements Ensemble {

  public Stack {
    if (model.history() > 0) {
      throw new IllegalArgumentException(
          "Invalid model: " + model.name() + " (must be one that needs the row only)");
    }
    if (!(validationShare >= 0 && validationShare <= 0.5)) {
      throw new IllegalArgumentException(
          "Invalid validationShare: " + validationShare + " (must be 0 to 0.5)");
    }
  }

  @Override
  public boolean needsEarlierFolds() {
    return true;
  }

  /**
   * The inputs of a row: the logarithm of each probability, which counts as 1e-15 where it is less.
   *
   * @param probabilities of all labels and models; NaN where there is no forecast, and so in the
   *     inputs
   */
  public static float[] inputs(double[] probabilities) {
    float[] inputs = new float[probabilities.length];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = (float) -LogLoss.of(probabilities[i]);
    }
    return inputs;
  }
}

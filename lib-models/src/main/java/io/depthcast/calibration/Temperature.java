package io.depthcast.calibration;

import io.depthcast.models.MoveClass;

/**
 * Temperature scaling: probabilities {@code p_c^(1/T)}, made to sum to 1. It changes no ranking of
 * the classes of a row, so no prediction, only how sure it is. For a softmax it divides the logits
 * by T. Source: C. Guo, G. Pleiss, Y. Sun, K. Q. Weinberger, ICML 2017 (arXiv 1706.04599).
 *
 * @param value T, {@link #LEAST} to {@link #MOST}; above 1 makes a forecast less sure
 */
public record Temperature(double value) {

  public static final double LEAST = 0.05;
  public static final double MOST = 20;

  /** Of a forecast that is left as it is. */
  public static final Temperature NONE = new Temperature(1);

  private static final double LEAST_PROBABILITY = 1e-15;
  private static final int HALVINGS = 60;

  public Temperature {
    if (!(value >= LEAST && value <= MOST)) {
      throw new IllegalArgumentException(
          "Invalid temperature: " + value + " (must be " + LEAST + " to " + MOST + ")");
    }
  }

  /**
   * The temperature with the least log loss on given rows. The loss is convex in {@code 1 / T}, so
   * the place where its slope changes sign is found by halving.
   *
   * @param truth class by row; without a row the answer is {@link #NONE}
   * @param probabilities {@code [3][rows]}; less than 1e-15 counts as that
   */
  public static Temperature fit(byte[] truth, double[][] probabilities) {
    if (truth.length == 0) {
      return NONE;
    }
    double[][] logs = new double[MoveClass.COUNT][truth.length];
    for (int c = 0; c < MoveClass.COUNT; c++) {
      for (int i = 0; i < truth.length; i++) {
        logs[c][i] = StrictMath.log(Math.max(probabilities[c][i], LEAST_PROBABILITY));
      }
    }
    double low = 1 / MOST;
    double high = 1 / LEAST;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (slope(truth, logs, middle) < 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return new Temperature(Math.min(MOST, Math.max(LEAST, 2 / (low + high))));
  }

  /** Slope of the log loss in {@code 1 / T}: the mean of E[ln p] less ln p of what came. */
  private static double slope(byte[] truth, double[][] logs, double inverse) {
    double slope = 0;
    double[] weight = new double[MoveClass.COUNT];
    for (int i = 0; i < truth.length; i++) {
      double sum = weights(logs, i, inverse, weight);
      double mean = 0;
      for (int c = 0; c < weight.length; c++) {
        mean += weight[c] / sum * logs[c][i];
      }
      slope += mean - logs[truth[i]][i];
    }
    return slope;
  }

  /** Fills in {@code p^inverse}, the greatest as 1; answers the sum. */
  private static double weights(double[][] logs, int row, double inverse, double[] weight) {
    double greatest = Math.max(logs[0][row], Math.max(logs[1][row], logs[2][row]));
    double sum = 0;
    for (int c = 0; c < weight.length; c++) {
      weight[c] = StrictMath.exp((logs[c][row] - greatest) * inverse);
      sum += weight[c];
    }
    return sum;
  }

  /**
   * Applies it.
   *
   * @param probabilities {@code [3][rows]}, changed in place
   */
  public void apply(double[][] probabilities) {
    if (value == 1) {
      return;
    }
    double[][] logs = new double[MoveClass.COUNT][1];
    double[] weight = new double[MoveClass.COUNT];
    for (int i = 0; i < probabilities[0].length; i++) {
      for (int c = 0; c < weight.length; c++) {
        logs[c][0] = StrictMath.log(Math.max(probabilities[c][i], LEAST_PROBABILITY));
      }
      double sum = weights(logs, 0, 1 / value, weight);
      for (int c = 0; c < weight.length; c++) {
        probabilities[c][i] = weight[c] / sum;
      }
    }
  }
}

package io.depthcast.scores;

import io.depthcast.models.MoveClass;
import java.util.Arrays;

/**
 * Scores of a three-class forecast. Predicted is the most probable class, of equals the lower. All
 * are NaN for no rows; for other undefined cases see each score and {@link ConfusionMatrix}.
 */
public enum ForecastScore {
  /** Share of the rows whose class was predicted, 0 to 1. */
  ACCURACY("accuracy"),

  /** {@link ConfusionMatrix#macroF1()}, 0 to 1. */
  MACRO_F1("macro_f1"),

  /** {@link ConfusionMatrix#weightedF1()}, 0 to 1. */
  WEIGHTED_F1("weighted_f1"),

  /** {@link ConfusionMatrix#mcc()}, -1 to 1. */
  MCC("mcc"),

  /**
   * Mean of {@code -ln p} of the true class's probability, in nats, 0 or more; less is better.
   * {@code p} is raised to 1e-15 where it is less, so that one sure miss costs 34.5, not infinity.
   */
  LOG_LOSS("log_loss"),

  /**
   * Area under the ROC curve, one class against the rest, mean of the classes, 0 to 1. For a class
   * it is {@link RocArea} of the rows of the class against the others, ranked by the probability of
   * it. The mean is over the classes that have rows both in and out of them; NaN where there is
   * none (scikit-learn refuses a truth without all classes).
   */
  ROC_AUC("roc_auc");

  private static final double LEAST_PROBABILITY = 1e-15;

  private final String metric;

  ForecastScore(String metric) {
    this.metric = metric;
  }

  /** The name in tables, for example {@code macro_f1}. */
  public String metric() {
    return metric;
  }

  /**
   * The score of a forecast.
   *
   * @param truth by row, 0 to 2
   * @param probabilities {@code [3][rows]}
   */
  public double of(byte[] truth, double[][] probabilities) {
    for (double[] p : probabilities) {
      if (p.length != truth.length) {
        throw new IllegalArgumentException(
            "Invalid probabilities: " + p.length + " rows (must be " + truth.length + ")");
      }
    }
    return switch (this) {
      case ACCURACY, MACRO_F1, WEIGHTED_F1, MCC -> of(ConfusionMatrix.of(truth, probabilities));
      case LOG_LOSS -> logLoss(truth, probabilities);
      case ROC_AUC -> rocAuc(truth, probabilities);
    };
  }

  /**
   * The score of a confusion matrix.
   *
   * @throws IllegalArgumentException for a score that needs the probabilities
   */
  public double of(ConfusionMatrix matrix) {
    return switch (this) {
      case ACCURACY -> matrix.accuracy();
      case MACRO_F1 -> matrix.macroF1();
      case WEIGHTED_F1 -> matrix.weightedF1();
      case MCC -> matrix.mcc();
      case LOG_LOSS, ROC_AUC ->
          throw new IllegalArgumentException(metric + " needs probabilities, not counts");
    };
  }

  private static double logLoss(byte[] truth, double[][] probabilities) {
    double sum = 0;
    for (int i = 0; i < truth.length; i++) {
      sum -= Math.log(Math.max(probabilities[truth[i]][i], LEAST_PROBABILITY));
    }
    return sum / truth.length;
  }

  private static double rocAuc(byte[] truth, double[][] probabilities) {
    double sum = 0;
    int classes = 0;
    for (int c = 0; c < MoveClass.COUNT; c++) {
      double auc = rocAuc(truth, probabilities[c], c);
      if (!Double.isNaN(auc)) {
        sum += auc;
        classes++;
      }
    }
    return sum / classes;
  }

  private static double rocAuc(byte[] truth, double[] probability, int label) {
    double[] in = new double[truth.length];
    double[] out = new double[truth.length];
    int ins = 0;
    int outs = 0;
    for (int i = 0; i < truth.length; i++) {
      if (truth[i] == label) {
        in[ins++] = probability[i];
      } else {
        out[outs++] = probability[i];
      }
    }
    return RocArea.of(Arrays.copyOf(in, ins), Arrays.copyOf(out, outs));
  }
}

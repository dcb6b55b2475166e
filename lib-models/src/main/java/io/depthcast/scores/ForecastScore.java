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

  /** Mean {@link LogLoss} of the true class's probability, in nats, 0 or more; less is better. */
  LOG_LOSS("log_loss"),

  /**
   * Area under the ROC curve, one class against the rest, mean of the classes, 0 to 1. For a class
   * it is {@link RocArea} of the rows of the class against the others, ranked by the probability of
   * it. The mean is over the classes that have rows both in and out of them; NaN where there is
   * none (scikit-learn refuses a truth without all classes).
   */
  ROC_AUC("roc_auc"),

  /**
   * Area under the curve of precision over recall, one class against the rest, mean of the classes
   * that have rows, 0 to 1: {@link AveragePrecision}. A forecast that ranks by chance has the
   * class's share of the rows.
   */
  PR_AUC("pr_auc"),

  /** {@link SureMoves#precision} of the surest twentieth of the moves, 0 to 1. */
  PRECISION_AT_5PCT("precision_at_5pct"),

  /**
   * Mean of the squared distances of the three probabilities from 1 for the class that came and 0
   * for the others, 0 to 2; less is better. Source: G. W. Brier, Monthly Weather Review 78 (1950).
   */
  BRIER("brier"),

  /** {@link Calibration#expectedError}, 0 to 1; less is better. */
  CALIBRATION_ERROR("calibration_error");

  private static final double SUREST = 0.05;

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
      case ROC_AUC -> mean(RocArea::of, truth, probabilities);
      case PR_AUC -> mean(AveragePrecision::of, truth, probabilities);
      case PRECISION_AT_5PCT -> SureMoves.precision(truth, probabilities, SUREST);
      case BRIER -> brier(truth, probabilities);
      case CALIBRATION_ERROR -> Calibration.of(truth, probabilities).expectedError();
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
      case LOG_LOSS, ROC_AUC, PR_AUC, PRECISION_AT_5PCT, BRIER, CALIBRATION_ERROR ->
          throw new IllegalArgumentException(metric + " needs probabilities, not counts");
    };
  }

  private static double logLoss(byte[] truth, double[][] probabilities) {
    double sum = 0;
    for (int i = 0; i < truth.length; i++) {
      sum += LogLoss.of(probabilities[truth[i]][i]);
    }
    return sum / truth.length;
  }

  /** An area of positives and negatives, by what they are ranked by. */
  private interface Area {
    double of(double[] positives, double[] negatives);
  }

  /** Mean of an area, each class against the rest, over those for which there is one. */
  private static double mean(Area area, byte[] truth, double[][] probabilities) {
    double sum = 0;
    int classes = 0;
    for (int c = 0; c < MoveClass.COUNT; c++) {
      double ofClass = of(area, truth, probabilities[c], c);
      if (!Double.isNaN(ofClass)) {
        sum += ofClass;
        classes++;
      }
    }
    return sum / classes;
  }

  private static double of(Area area, byte[] truth, double[] probability, int label) {
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
    return area.of(Arrays.copyOf(in, ins), Arrays.copyOf(out, outs));
  }

  private static double brier(byte[] truth, double[][] probabilities) {
    double sum = 0;
    for (int i = 0; i < truth.length; i++) {
      for (int c = 0; c < MoveClass.COUNT; c++) {
        double miss = probabilities[c][i] - (truth[i] == c ? 1 : 0);
        sum += miss * miss;
      }
    }
    return sum / truth.length;
  }
}

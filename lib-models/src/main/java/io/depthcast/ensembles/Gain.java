package io.depthcast.ensembles;

import io.depthcast.scores.BlockBootstrap;
import io.depthcast.scores.ConfusionMatrix;
import io.depthcast.scores.ForecastScore;
import io.depthcast.scores.Interval;
import io.depthcast.scores.LogLoss;

/**
 * How much better or worse a forecast is than another on the same rows.
 *
 * @param value the score less the other's
 * @param interval of it, by paired block bootstrap
 */
public record Gain(double value, Interval interval) {

  /** What an interval allows to say. */
  public enum Verdict {
    GAIN("gain"),
    LOSS("loss"),
    /** The interval covers zero. */
    UNKNOWN("cannot be told");

    private final String words;

    Verdict(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }

  /**
   * The gain in macro-F1; more is better.
   *
   * @param truth by row, in the order of time, 0 to 2
   * @param forecast {@code [3][rows]}
   * @param other {@code [3][rows]}, what it is held against
   * @param blocks 2 to the number of rows
   */
  public static Gain macroF1(
      byte[] truth, double[][] forecast, double[][] other, BlockBootstrap bootstrap, int blocks) {
    ForecastScore score = ForecastScore.MACRO_F1;
    return new Gain(
        score.of(truth, forecast) - score.of(truth, other),
        bootstrap.difference(
            ConfusionMatrix.inBlocks(truth, forecast, blocks),
            ConfusionMatrix.inBlocks(truth, other, blocks),
            score));
  }

  /** The gain in log loss, in nats; less is better. As {@link #macroF1}. */
  public static Gain logLoss(
      byte[] truth, double[][] forecast, double[][] other, BlockBootstrap bootstrap, int blocks) {
    double[] differences = new double[truth.length];
    double sum = 0;
    for (int i = 0; i < truth.length; i++) {
      differences[i] = LogLoss.of(forecast[truth[i]][i]) - LogLoss.of(other[truth[i]][i]);
      sum += differences[i];
    }
    return new Gain(sum / truth.length, bootstrap.mean(differences, blocks));
  }

  /**
   * The verdict.
   *
   * @param moreIsBetter whether a higher score is the better one
   */
  public Verdict verdict(boolean moreIsBetter) {
    if (interval.low() > 0) {
      return moreIsBetter ? Verdict.GAIN : Verdict.LOSS;
    }
    if (interval.high() < 0) {
      return moreIsBetter ? Verdict.LOSS : Verdict.GAIN;
    }
    return Verdict.UNKNOWN;
  }
}

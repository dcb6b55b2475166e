package io.depthcast.scores;

import java.util.Arrays;

/** The area under the curve of precision over recall. */
public final class AveragePrecision {

  private AveragePrecision() {}

  /**
   * The sum over the distinct values, from the highest down, of the recall gained times the
   * precision there, without interpolation: {@code average_precision_score} of scikit-learn.
   *
   * @param positives what they are ranked by; sorted by this
   * @param negatives likewise
   * @return 0 to 1, NaN where there are no positives
   */
  public static double of(double[] positives, double[] negatives) {
    Arrays.sort(positives);
    Arrays.sort(negatives);
    double area = 0;
    int positive = positives.length;
    int negative = negatives.length;
    while (positive > 0) {
      double value = positives[positive - 1];
      int before = positive;
      while (positive > 0 && positives[positive - 1] == value) {
        positive--;
      }
      while (negative > 0 && negatives[negative - 1] >= value) {
        negative--;
      }
      int hits = positives.length - positive;
      area += (double) (before - positive) * hits / (hits + negatives.length - negative);
    }
    return area / positives.length;
  }
}

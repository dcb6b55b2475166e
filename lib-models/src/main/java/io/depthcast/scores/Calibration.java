package io.depthcast.scores;

import java.util.ArrayList;
import java.util.List;

/**
 * How far the probability of the predicted class is how often it comes: the reliability diagram.
 * Source: C. Guo, G. Pleiss, Y. Sun, K. Q. Weinberger, ICML 2017 (arXiv 1706.04599), section 2,
 * with its 15 bins of equal width.
 *
 * @param bins those that hold rows, from the least sure up
 */
public record Calibration(List<Bin> bins) {

  private static final int BINS = 15;

  /**
   * Rows whose predicted class has a probability in one of the bins, lower end left out.
   *
   * @param rows how many
   * @param confidence their mean probability of the predicted class, 0 to 1
   * @param accuracy share whose predicted class came, 0 to 1
   */
  public record Bin(long rows, double confidence, double accuracy) {}

  public Calibration {
    bins = List.copyOf(bins);
  }

  /**
   * Of a forecast.
   *
   * @param truth class by row
   * @param probabilities {@code [3][rows]}; predicted is the most probable class, of equals the
   *     lower
   */
  public static Calibration of(byte[] truth, double[][] probabilities) {
    long[] rows = new long[BINS];
    double[] confidence = new double[BINS];
    long[] hits = new long[BINS];
    for (int i = 0; i < truth.length; i++) {
      int predicted = 0;
      for (int c = 1; c < probabilities.length; c++) {
        predicted = probabilities[c][i] > probabilities[predicted][i] ? c : predicted;
      }
      double sure = probabilities[predicted][i];
      int bin = Math.min(BINS - 1, Math.max(0, (int) Math.ceil(sure * BINS) - 1));
      rows[bin]++;
      confidence[bin] += sure;
      hits[bin] += truth[i] == predicted ? 1 : 0;
    }
    List<Bin> bins = new ArrayList<>();
    for (int b = 0; b < BINS; b++) {
      if (rows[b] > 0) {
        bins.add(new Bin(rows[b], confidence[b] / rows[b], (double) hits[b] / rows[b]));
      }
    }
    return new Calibration(bins);
  }

  /** Mean distance of accuracy from confidence over the rows, by bin; NaN for no rows. */
  public double expectedError() {
    double sum = 0;
    long rows = 0;
    for (Bin bin : bins) {
      sum += bin.rows() * Math.abs(bin.accuracy() - bin.confidence());
      rows += bin.rows();
    }
    return sum / rows;
  }
}

package io.depthcast.scores;

import java.util.Arrays;

/** The area under the receiver operating characteristic. */
public final class RocArea {

  private RocArea() {}

  /**
   * The chance that a random positive stands above a random negative, ties counted half: the
   * statistic of Mann and Whitney over the number of pairs. Source: J. A. Hanley and B. J. McNeil,
   * Radiology 143 (1982).
   *
   * @param positives what they are ranked by; sorted by this
   * @param negatives likewise
   * @return 0 to 1, NaN where there are none of one kind
   */
  public static double of(double[] positives, double[] negatives) {
    Arrays.sort(positives);
    Arrays.sort(negatives);
    long twiceWon = 0;
    int below = 0;
    int notAbove = 0;
    for (double positive : positives) {
      while (below < negatives.length && negatives[below] < positive) {
        below++;
      }
      while (notAbove < negatives.length && negatives[notAbove] <= positive) {
        notAbove++;
      }
      twiceWon += below + notAbove;
    }
    return twiceWon / (2.0 * positives.length * negatives.length);
  }
}

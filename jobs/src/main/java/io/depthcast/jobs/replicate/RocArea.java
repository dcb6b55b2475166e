package io.depthcast.jobs.replicate;

import java.util.Comparator;
import java.util.stream.IntStream;

/** The area under the receiver operating characteristic. */
final class RocArea {

  private RocArea() {}

  /**
   * The chance that a random positive stands above a random negative, ties counted half (the
   * statistic of Mann and Whitney over the number of pairs).
   *
   * @param scores what is ranked
   * @param positive the truth
   * @param from first, inclusive
   * @param to last, exclusive
   * @return 0 to 1, or NaN where one of the classes is missing
   */
  static double of(double[] scores, boolean[] positive, int from, int to) {
    int[] order =
        IntStream.range(from, to)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> scores[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double positives = 0;
    double rankSum = 0;
    int i = 0;
    while (i < order.length) {
      int end = i;
      double among = 0;
      while (end < order.length && scores[order[end]] == scores[order[i]]) {
        among += positive[order[end]] ? 1 : 0;
        end++;
      }
      // Ranks i+1 .. end share their mean.
      rankSum += among * (i + 1 + end) / 2.0;
      positives += among;
      i = end;
    }
    double negatives = order.length - positives;
    return (rankSum - positives * (positives + 1) / 2) / (positives * negatives);
  }
}

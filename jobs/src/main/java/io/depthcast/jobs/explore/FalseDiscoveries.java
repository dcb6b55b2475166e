package io.depthcast.jobs.explore;

import java.util.Arrays;

/** How many of many findings are expected to be false. */
final class FalseDiscoveries {

  private FalseDiscoveries() {}

  /**
   * q-values: the least rate of false ones among the findings at which each is still a finding,
   * {@code min over p' >= p of m p' / rank(p')}. Source: Y. Benjamini and Y. Hochberg, Controlling
   * the False Discovery Rate, Journal of the Royal Statistical Society B 57 (1995).
   *
   * @param p p-values; NaN where nothing was tested, which does not count
   * @return in the order of p
   */
  static double[] qValues(double[] p) {
    double[] sorted = Arrays.stream(p).filter(value -> !Double.isNaN(value)).sorted().toArray();
    int m = sorted.length;
    double[] q = new double[m];
    double least = 1;
    for (int i = m - 1; i >= 0; i--) {
      least = Math.min(least, m * sorted[i] / (i + 1));
      q[i] = least;
    }
    double[] values = new double[p.length];
    for (int i = 0; i < p.length; i++) {
      values[i] = Double.isNaN(p[i]) ? Double.NaN : q[Arrays.binarySearch(sorted, p[i])];
    }
    return values;
  }
}

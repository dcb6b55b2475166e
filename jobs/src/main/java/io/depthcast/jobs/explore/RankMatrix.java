package io.depthcast.jobs.explore;

import java.util.List;

/**
 * Spearman's correlation of each pair of columns, over the rows where both are there. The ranks are
 * those among all values of a column, so that they are taken once.
 *
 * @param correlations at {@link SliceFacts#pair(int, int)}; NaN where a column has one value only
 * @param rows that each comes from
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record RankMatrix(float[] correlations, int[] rows) {

  static RankMatrix of(List<Codes> columns) {
    int n = columns.size();
    double[][] ranks = columns.stream().map(Codes::shareBelow).toArray(double[][]::new);
    float[] correlations = new float[n * (n - 1) / 2];
    int[] rows = new int[correlations.length];
    for (int j = 1; j < n; j++) {
      for (int i = 0; i < j; i++) {
        correlate(ranks[i], ranks[j], SliceFacts.pair(i, j), correlations, rows);
      }
    }
    return new RankMatrix(correlations, rows);
  }

  private static void correlate(
      double[] x, double[] y, int pair, float[] correlations, int[] rows) {
    int n = 0;
    double sumX = 0;
    double sumY = 0;
    double squaresX = 0;
    double squaresY = 0;
    double products = 0;
    for (int i = 0; i < x.length; i++) {
      // About the middle, so that little is lost in the sums.
      double a = x[i] - 0.5;
      double b = y[i] - 0.5;
      double product = a * b;
      if (!Double.isNaN(product)) {
        n++;
        sumX += a;
        sumY += b;
        squaresX += a * a;
        squaresY += b * b;
        products += product;
      }
    }
    double varianceX = squaresX - sumX * sumX / n;
    double varianceY = squaresY - sumY * sumY / n;
    double scale = Math.sqrt(varianceX * varianceY);
    rows[pair] = n;
    correlations[pair] =
        n < 3 || !(scale > 1e-9 * n)
            ? Float.NaN
            : (float) Math.max(-1, Math.min(1, (products - sumX * sumY / n) / scale));
  }
}

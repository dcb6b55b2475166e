package io.depthcast.jobs.benchmark;

/**
 * Running mean and standard deviation of each column of some rows, and their z-scores. The standard
 * deviation has divisor n.
 */
final class ZScore {

  private final double[] mean;
  private final double[] squares;
  private long rows;

  ZScore(int columns) {
    mean = new double[columns];
    squares = new double[columns];
  }

  /** B. P. Welford's running mean and sum of squares, Technometrics 4 (1962). */
  void add(double[] row) {
    rows++;
    for (int j = 0; j < mean.length; j++) {
      double before = row[j] - mean[j];
      mean[j] += before / rows;
      squares[j] += before * (row[j] - mean[j]);
    }
  }

  double of(int column, double value) {
    double sd = Math.sqrt(squares[column] / rows);
    return sd == 0 ? 0 : (value - mean[column]) / sd;
  }
}

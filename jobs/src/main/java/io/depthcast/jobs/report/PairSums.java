package io.depthcast.jobs.report;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;

/** Sums over rows for the Pearson correlation of each pair of n columns. */
final class PairSums implements Serializable {

  private static final long serialVersionUID = 1L;

  /** A variance below this share of the mean square is rounding: the column is constant. */
  private static final double CONSTANT = 1e-13;

  private final int n;
  private final double[] row;
  private final int[] present;

  /** {@code [i * n + j]}: rows where i and j are present, and over these the sums of i, i², i j. */
  private final long[] count;

  private final double[] sum;
  private final double[] squares;
  private final double[] products;

  PairSums(int n) {
    this.n = n;
    row = new double[n];
    present = new int[n];
    count = new long[n * n];
    sum = new double[n * n];
    squares = new double[n * n];
    products = new double[n * n];
  }

  /** Adds a row of n doubles, each of which may be null. */
  void add(InternalRow values) {
    int size = 0;
    for (int i = 0; i < n; i++) {
      if (!values.isNullAt(i)) {
        row[i] = values.getDouble(i);
        present[size++] = i;
      }
    }
    for (int a = 0; a < size; a++) {
      double x = row[present[a]];
      int from = present[a] * n;
      for (int b = 0; b < size; b++) {
        int pair = from + present[b];
        count[pair]++;
        sum[pair] += x;
        squares[pair] += x * x;
        products[pair] += x * row[present[b]];
      }
    }
  }

  /** Adds the rows of another, and answers this. */
  PairSums plus(PairSums other) {
    for (int pair = 0; pair < count.length; pair++) {
      count[pair] += other.count[pair];
      sum[pair] += other.sum[pair];
      squares[pair] += other.squares[pair];
      products[pair] += other.products[pair];
    }
    return this;
  }

  boolean isEmpty() {
    for (long rows : count) {
      if (rows > 0) {
        return false;
      }
    }
    return true;
  }

  /** n x n, -1 to 1; NaN where a column is constant or a pair has fewer than two rows. */
  List<List<Double>> correlations() {
    List<List<Double>> matrix = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      List<Double> line = new ArrayList<>();
      for (int j = 0; j < n; j++) {
        line.add(correlation(i * n + j, j * n + i));
      }
      matrix.add(line);
    }
    return matrix;
  }

  private double correlation(int ij, int ji) {
    double rows = count[ij];
    double covariance = products[ij] - sum[ij] * sum[ji] / rows;
    double varianceI = squares[ij] - sum[ij] * sum[ij] / rows;
    double varianceJ = squares[ji] - sum[ji] * sum[ji] / rows;
    if (rows < 2 || varianceI <= CONSTANT * squares[ij] || varianceJ <= CONSTANT * squares[ji]) {
      return Double.NaN;
    }
    double correlation = covariance / Math.sqrt(varianceI * varianceJ);
    return Math.max(-1, Math.min(1, correlation));
  }
}

package io.depthcast.jobs.replicate;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;

/**
 * Least squares of one column on others with a constant, from sums of products: memory does not
 * grow with the observations, and a fit on one set of sums is scored on another.
 */
final class Regression {

  private final int columns;
  private final double[] sums;
  private final double[][] products;
  private long n;

  /**
   * @param columns length of an observation
   */
  Regression(int columns) {
    this.columns = columns;
    sums = new double[columns];
    products = new double[columns][columns];
  }

  /** Adds an observation; one with a NaN is left out. */
  void add(double[] observation) {
    for (double value : observation) {
      if (Double.isNaN(value)) {
        return;
      }
    }
    n++;
    for (int i = 0; i < columns; i++) {
      sums[i] += observation[i];
      for (int j = 0; j <= i; j++) {
        products[i][j] += observation[i] * observation[j];
      }
    }
  }

  /** Adds the observations of another. */
  void add(Regression other) {
    n += other.n;
    for (int i = 0; i < columns; i++) {
      sums[i] += other.sums[i];
      for (int j = 0; j <= i; j++) {
        products[i][j] += other.products[i][j];
      }
    }
  }

  long n() {
    return n;
  }

  double mean(int column) {
    return sums[column] / n;
  }

  /** Covariance of two columns, divided by n. */
  double covariance(int i, int j) {
    return products[Math.max(i, j)][Math.min(i, j)] / n - mean(i) * mean(j);
  }

  /**
   * A fitted line.
   *
   * @param xs columns it reads
   * @param slopes one a column
   * @param constant value where all are 0
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Line(int[] xs, double[] slopes, double constant) {}

  /** The line of column y on columns xs; of several, the shortest slopes. */
  Line fit(int y, int... xs) {
    double[] toY = Arrays.stream(xs).mapToDouble(x -> covariance(x, y)).toArray();
    double[] slopes =
        new SingularValueDecomposition(covariances(xs))
            .getSolver()
            .solve(new ArrayRealVector(toY, false))
            .toArray();
    double constant = mean(y);
    for (int i = 0; i < xs.length; i++) {
      constant -= slopes[i] * mean(xs[i]);
    }
    return new Line(xs, slopes, constant);
  }

  /**
   * Share of the variance of column y, around its own mean, that a line explains here: 1 less the
   * mean squared error over the variance; negative where the line is worse than the mean. NaN where
   * y does not vary.
   */
  double explained(Line line, int y) {
    int[] xs = line.xs();
    double bias = mean(y) - line.constant();
    double squares = covariance(y, y);
    for (int i = 0; i < xs.length; i++) {
      bias -= line.slopes()[i] * mean(xs[i]);
      squares -= 2 * line.slopes()[i] * covariance(xs[i], y);
      for (int j = 0; j < xs.length; j++) {
        squares += line.slopes()[i] * line.slopes()[j] * covariance(xs[i], xs[j]);
      }
    }
    double variance = covariance(y, y);
    return variance > 0 ? 1 - (squares + bias * bias) / variance : Double.NaN;
  }

  /** {@link #explained} by the line fitted here. */
  double explained(int y, int... xs) {
    return explained(fit(y, xs), y);
  }

  /**
   * First principal component of the columns.
   *
   * @param weights one a column, of length 1, positive on the whole
   * @param share of the columns' variance
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Component(double[] weights, double share) {}

  /** The direction in which the columns vary most. */
  Component firstComponent(int... xs) {
    EigenDecomposition eigen = new EigenDecomposition(covariances(xs));
    double[] weights = eigen.getEigenvector(0).toArray();
    double sign = Math.signum(Arrays.stream(weights).sum());
    for (int i = 0; i < weights.length; i++) {
      weights[i] *= sign < 0 ? -1 : 1;
    }
    double total = Arrays.stream(eigen.getRealEigenvalues()).sum();
    return new Component(weights, eigen.getRealEigenvalue(0) / total);
  }

  private RealMatrix covariances(int[] xs) {
    RealMatrix matrix = new Array2DRowRealMatrix(xs.length, xs.length);
    for (int i = 0; i < xs.length; i++) {
      for (int j = 0; j < xs.length; j++) {
        matrix.setEntry(i, j, covariance(xs[i], xs[j]));
      }
    }
    return matrix;
  }
}

package io.depthcast.jobs.explore;

import java.io.Serializable;

/**
 * Count, range and central moments of values, exact up to rounding, in one pass; parts are joined.
 *
 * <p>Source: P. Pebay, Formulas for Robust, One-Pass Parallel Computation of Covariances and
 * Arbitrary-Order Statistical Moments, Sandia report SAND2008-6212.
 */
final class Moments implements Serializable {

  private static final long serialVersionUID = 1L;

  /** A variance below this share of the mean square is rounding: the column is constant. */
  private static final double CONSTANT = 1e-20;

  private long rows;
  private long count;
  private double mean;
  private double m2;
  private double m3;
  private double m4;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;

  /** Counts a row without a value. */
  void addMissing() {
    rows++;
  }

  /** Adds a row's value, finite. */
  void add(double x) {
    rows++;
    double before = count++;
    double n = count;
    double delta = x - mean;
    double step = delta / n;
    double term = delta * step * before;
    mean += step;
    m4 += term * step * step * (n * n - 3 * n + 3) + 6 * step * step * m2 - 4 * step * m3;
    m3 += term * step * (n - 2) - 3 * step * m2;
    m2 += term;
    min = Math.min(min, x);
    max = Math.max(max, x);
  }

  /** Adds the rows of another. */
  void add(Moments other) {
    rows += other.rows;
    if (other.count == 0) {
      return;
    }
    double a = count;
    double b = other.count;
    double n = a + b;
    double delta = other.mean - mean;
    double step = delta / n;
    m4 +=
        other.m4
            + delta * step * step * step * a * b * (a * a - a * b + b * b)
            + 6 * step * step * (a * a * other.m2 + b * b * m2)
            + 4 * step * (a * other.m3 - b * m3);
    m3 += other.m3 + delta * step * step * a * b * (a - b) + 3 * step * (a * other.m2 - b * m2);
    m2 += other.m2 + delta * step * a * b;
    mean += step * b;
    count += other.count;
    min = Math.min(min, other.min);
    max = Math.max(max, other.max);
  }

  /** Rows, with and without a value. */
  long rows() {
    return rows;
  }

  /** Rows with a value. */
  long count() {
    return count;
  }

  /** Share of the rows without a value, 0 to 1; NaN without rows. */
  double missingShare() {
    return rows == 0 ? Double.NaN : (double) (rows - count) / rows;
  }

  /** NaN where there is no value. */
  double mean() {
    return count == 0 ? Double.NaN : mean;
  }

  /** Of the sample, with n - 1; NaN below two values. */
  double standardDeviation() {
    return count < 2 ? Double.NaN : Math.sqrt(m2 / (count - 1));
  }

  /** {@code m3 / m2^1.5} of central moments; NaN where all values are one. */
  double skewness() {
    double variance = m2 / count;
    return isConstant() ? Double.NaN : m3 / count / (variance * Math.sqrt(variance));
  }

  /** {@code m4 / m2^2 - 3} of central moments, 0 for a normal one; NaN where all values are one. */
  double excessKurtosis() {
    double variance = m2 / count;
    return isConstant() ? Double.NaN : m4 / count / (variance * variance) - 3;
  }

  private boolean isConstant() {
    return count < 2 || min == max || m2 / count <= CONSTANT * mean * mean;
  }

  /** NaN where there is no value. */
  double min() {
    return count == 0 ? Double.NaN : min;
  }

  /** NaN where there is no value. */
  double max() {
    return count == 0 ? Double.NaN : max;
  }
}

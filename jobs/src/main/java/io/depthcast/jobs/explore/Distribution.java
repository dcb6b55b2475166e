package io.depthcast.jobs.explore;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How the values of a column are spread, from values of slices that stand for equal shares of them.
 *
 * @param points ascending, each with the number of values it stands for
 */
record Distribution(List<Point> points) {

  /** Bars of a histogram. */
  static final int BARS = 24;

  record Point(double value, double weight) {}

  /** Joins the points of slices: those of a slice stand for equal shares of its values. */
  static Distribution of(List<SliceFacts.ColumnFacts> slices) {
    List<Point> points = new ArrayList<>();
    for (SliceFacts.ColumnFacts slice : slices) {
      double weight = (double) slice.moments().count() / slice.points().length;
      for (double value : slice.points()) {
        points.add(new Point(value, weight));
      }
    }
    points.sort(Comparator.comparingDouble(Point::value));
    return new Distribution(points);
  }

  /**
   * The least value that at least a share of the values does not exceed; NaN without values.
   *
   * @param share 0 to 1
   */
  double quantile(double share) {
    double wanted = share * points.stream().mapToDouble(Point::weight).sum();
    double below = 0;
    for (Point point : points) {
      below += point.weight;
      if (below >= wanted) {
        return point.value;
      }
    }
    return points.isEmpty() ? Double.NaN : points.get(points.size() - 1).value;
  }

  /**
   * Shares of the values in bars of equal width between the quantiles of 1 % and of 99 %; values
   * beyond are left out.
   *
   * @return empty where these are one value
   */
  double[] histogram() {
    double low = quantile(0.01);
    double high = quantile(0.99);
    if (!(high > low)) {
      return new double[0];
    }
    double total = points.stream().mapToDouble(Point::weight).sum();
    double[] bars = new double[BARS];
    for (Point point : points) {
      if (point.value >= low && point.value <= high) {
        int bar = (int) ((point.value - low) / (high - low) * BARS);
        bars[Math.min(BARS - 1, bar)] += point.weight / total;
      }
    }
    return bars;
  }
}

package io.depthcast.jobs.report;

import io.depthcast.jobs.report.ReportData.EquityCurve;
import io.depthcast.jobs.report.ReportData.EquityPoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Equity of all symbol-days together. At each time it is the sum, over the symbol-days, of the last
 * known equity: 0 before a day's first point, the final value after its last.
 *
 * @param points one per distinct time, in time order
 */
record PortfolioEquity(List<EquityPoint> points) {

  /** A pause in trading longer than this, in nanoseconds, is left out of time axes. */
  static final long PAUSE_NS = 3_600_000_000_000L;

  static PortfolioEquity of(List<EquityCurve> curves) {
    List<EquityPoint> steps = new ArrayList<>();
    for (EquityCurve curve : curves) {
      EquityPoint before = new EquityPoint(0, 0, 0);
      for (EquityPoint point : curve.points()) {
        steps.add(
            new EquityPoint(
                point.tsNs(), point.gross() - before.gross(), point.net() - before.net()));
        before = point;
      }
    }
    steps.sort(Comparator.comparingLong(EquityPoint::tsNs));
    List<EquityPoint> points = new ArrayList<>();
    double gross = 0;
    double net = 0;
    for (int i = 0; i < steps.size(); i++) {
      EquityPoint step = steps.get(i);
      gross += step.gross();
      net += step.net();
      if (i + 1 == steps.size() || steps.get(i + 1).tsNs() > step.tsNs()) {
        points.add(new EquityPoint(step.tsNs(), gross, net));
      }
    }
    return new PortfolioEquity(points);
  }

  boolean isEmpty() {
    return points.isEmpty();
  }

  double[] gross() {
    return values(EquityPoint::gross);
  }

  double[] net() {
    return values(EquityPoint::net);
  }

  /** Net equity less its running maximum, which starts at 0; quote currency, at most 0. */
  double[] drawdown() {
    double[] drawdown = net();
    double peak = 0;
    for (int i = 0; i < drawdown.length; i++) {
      peak = Math.max(peak, drawdown[i]);
      drawdown[i] -= peak;
    }
    return drawdown;
  }

  /** Indices i where the time from point i to point i + 1 is a pause. */
  int[] pauses() {
    return IntStream.range(0, Math.max(0, points.size() - 1))
        .filter(i -> points.get(i + 1).tsNs() - points.get(i).tsNs() > PAUSE_NS)
        .toArray();
  }

  private double[] values(ToDoubleFunction<EquityPoint> value) {
    return points.stream().mapToDouble(value).toArray();
  }
}

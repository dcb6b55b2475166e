package io.depthcast.jobs.replicate;

import io.depthcast.jobs.replicate.Intervals.Interval;
import io.depthcast.jobs.replicate.Regression.Component;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What order flow says about the move of the same interval, window by window (30 minutes in the
 * papers), by the regressions of Cont, Kukanov and Stoikov (2014) and of Cont, Cucuringu and Zhang
 * (2023): flows of each level over the mean depth of the levels in the window, moves in basis
 * points of the mid.
 */
final class OrderFlowFacts {

  /** Columns of an observation: the move, trades, the raw flow of level 1, then scaled flows. */
  private static final int MOVE = 0;

  private static final int TRADES = 1;
  private static final int RAW = 2;
  private static final int LEVELS = 3;

  /** Fewer intervals than this make no window: three for each regressor. */
  private static final int LEAST_INTERVALS = 30;

  private final SliceFacts facts;
  private final List<Interval> intervals;
  private final int levels;

  private OrderFlowFacts(SliceFacts facts, List<Interval> intervals) {
    this.facts = facts;
    this.intervals = intervals;
    levels = Intervals.filledLevels(intervals);
  }

  /** Measures a slice and notes each window's values. */
  static void measure(List<Interval> intervals, long windowNanos, SliceFacts facts) {
    OrderFlowFacts measured = new OrderFlowFacts(facts, intervals);
    if (measured.levels > 0) {
      measured.measure(windowNanos);
    }
  }

  private void measure(long windowNanos) {
    Map<Long, List<Interval>> windows = new TreeMap<>();
    for (Interval interval : intervals) {
      windows
          .computeIfAbsent(Math.floorDiv(interval.begin(), windowNanos), w -> new ArrayList<>())
          .add(interval);
    }
    windows.values().removeIf(window -> window.size() < LEAST_INTERVALS);
    Regression before = null;
    long lastWindow = Long.MIN_VALUE;
    for (Map.Entry<Long, List<Interval>> window : windows.entrySet()) {
      Regression sums = sums(window.getValue());
      if (sums.n() < LEAST_INTERVALS || !(sums.covariance(MOVE, MOVE) > 0)) {
        continue;
      }
      measure(sums, window.getValue());
      if (window.getKey() == lastWindow + 1) {
        measureForward(before, sums);
      }
      before = sums;
      lastWindow = window.getKey();
    }
  }

  private Regression sums(List<Interval> window) {
    double depth = window.stream().mapToDouble(Interval::levelsDepth).average().orElseThrow();
    Regression sums = new Regression(LEVELS + levels);
    for (Interval interval : window) {
      double[] observation = new double[LEVELS + levels];
      observation[MOVE] = interval.move() / interval.mid() * 1e4;
      observation[TRADES] = interval.signedVolume();
      observation[RAW] = interval.ofi()[0];
      for (int level = 0; level < levels; level++) {
        observation[LEVELS + level] = interval.ofi()[level] / depth;
      }
      sums.add(observation);
    }
    return sums;
  }

  private int[] allLevels() {
    return IntStream.range(LEVELS, LEVELS + levels).toArray();
  }

  private void measure(Regression sums, List<Interval> window) {
    double ofi = sums.explained(MOVE, RAW);
    facts.add(Fact.OFI_R2, ofi);
    if (sums.covariance(TRADES, TRADES) > 0) {
      double trades = sums.explained(MOVE, TRADES);
      facts.add(Fact.TRADE_IMBALANCE_R2, trades);
      facts.add(Fact.OFI_OVER_TRADES, ofi - trades);
    }
    double impact = sums.fit(MOVE, RAW).slopes()[0];
    double depth = window.stream().mapToDouble(Interval::depth).average().orElseThrow();
    facts.add(new SliceFacts.ImpactAtDepth(impact, depth));
    if (levels < 2) {
      return;
    }
    Component component = sums.firstComponent(allLevels());
    facts.add(Fact.FIRST_COMPONENT_SHARE, component.share());
    facts.add(Fact.INTEGRATED_OFI_R2, sums.explained(line(sums, component), MOVE));
    facts.add(
        Fact.MORE_LEVELS_HELP,
        adjusted(sums.explained(MOVE, allLevels()), sums.n(), levels) - adjusted(ofi, sums.n(), 1));
  }

  private void measureForward(Regression before, Regression now) {
    facts.add(Fact.OFI_R2_NEXT_WINDOW, now.explained(before.fit(MOVE, LEVELS), MOVE));
    if (levels >= 2) {
      Component component = before.firstComponent(allLevels());
      facts.add(Fact.INTEGRATED_OFI_R2_NEXT_WINDOW, now.explained(line(before, component), MOVE));
    }
  }

  /** The line of the move on the component. */
  private Regression.Line line(Regression sums, Component component) {
    int[] xs = allLevels();
    double[] weights = component.weights();
    double toMove = 0;
    double own = 0;
    double mean = 0;
    for (int i = 0; i < xs.length; i++) {
      toMove += weights[i] * sums.covariance(xs[i], MOVE);
      mean += weights[i] * sums.mean(xs[i]);
      for (int j = 0; j < xs.length; j++) {
        own += weights[i] * weights[j] * sums.covariance(xs[i], xs[j]);
      }
    }
    double slope = own > 0 ? toMove / own : 0;
    double[] slopes = Arrays.stream(weights).map(weight -> slope * weight).toArray();
    return new Regression.Line(xs, slopes, sums.mean(MOVE) - slope * mean);
  }

  /** R2 adjusted for the number of regressors. */
  private static double adjusted(double r2, long n, int regressors) {
    return 1 - (1 - r2) * (n - 1) / (n - regressors - 1);
  }
}

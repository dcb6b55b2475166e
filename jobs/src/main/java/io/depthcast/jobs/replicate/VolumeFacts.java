package io.depthcast.jobs.replicate;

import io.depthcast.jobs.replicate.Intervals.Interval;
import io.depthcast.jobs.replicate.SliceFacts.HalfHour;
import io.depthcast.jobs.replicate.SliceFacts.VolumeMove;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** What trades say: how the move grows with signed volume, and when in the day volume is traded. */
final class VolumeFacts {

  private static final long HALF_HOUR = 1_800_000_000_000L;

  /** Half hours of fewer minutes are not compared. */
  private static final double LEAST_MINUTES = 20;

  private VolumeFacts() {}

  /** Measures a slice. */
  static void measure(List<Interval> intervals, double intervalMinutes, SliceFacts facts) {
    double total = intervals.stream().mapToDouble(Interval::volume).sum();
    if (!(total > 0)) {
      return;
    }
    TreeMap<Long, List<Interval>> halfHours = new TreeMap<>();
    for (Interval interval : intervals) {
      if (interval.signedVolume() != 0) {
        double move = interval.move() / interval.mid() * 1e4;
        facts.add(
            new VolumeMove(
                Math.abs(interval.signedVolume()) / total,
                move * Math.signum(interval.signedVolume())));
      }
      halfHours
          .computeIfAbsent(Math.floorDiv(interval.begin(), HALF_HOUR), h -> new ArrayList<>())
          .add(interval);
    }
    List<HalfHour> shape = new ArrayList<>();
    halfHours.forEach((begin, of) -> shape.add(halfHour(begin * HALF_HOUR, of, intervalMinutes)));
    shape.forEach(facts::add);
    measureEdges(shape, facts);
  }

  private static HalfHour halfHour(long begin, List<Interval> of, double intervalMinutes) {
    return new HalfHour(
        begin,
        of.size() * intervalMinutes,
        of.stream().mapToDouble(Interval::volume).sum(),
        of.stream()
            .mapToDouble(interval -> Math.pow(interval.move() / interval.mid() * 1e4, 2))
            .sum());
  }

  /** Only sessions of at least two hours have a middle. */
  private static void measureEdges(List<HalfHour> all, SliceFacts facts) {
    List<HalfHour> shape = all.stream().filter(half -> half.minutes() >= LEAST_MINUTES).toList();
    int last = shape.size() - 1;
    if (last < 3) {
      return;
    }
    HalfHour open = shape.get(0);
    HalfHour close = shape.get(last);
    double edges = (open.volume() + close.volume()) / (open.minutes() + close.minutes());
    List<HalfHour> between = shape.subList(1, last);
    double middle =
        between.stream().mapToDouble(HalfHour::volume).sum()
            / between.stream().mapToDouble(HalfHour::minutes).sum();
    facts.add(Fact.EDGES_OVER_MIDDAY, edges / middle);
  }
}

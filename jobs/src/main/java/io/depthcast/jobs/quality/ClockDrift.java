package io.depthcast.jobs.quality;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How fast the receiver's clock gains on the venue's, as far as one pair of clocks can tell.
 *
 * <p>The least latency of a span of time is the offset of the clocks and the least time that a
 * message takes, which cannot be told apart. Its slope is a drift of the clocks as long as the
 * least way stays the same. The slope is the median over all pairs of spans (Theil 1950, Sen 1968),
 * which a third of wild spans does not move far.
 *
 * @param ppm parts per million; positive where the receiver's clock is the faster one, or messages
 *     take ever longer
 * @param spans spans of time it is taken from
 */
record ClockDrift(double ppm, int spans) {

  /** Two points make a line whatever they are. */
  static final int LEAST_SPANS = 3;

  /**
   * The earliest of the least late messages of a span.
   *
   * @param recvNs when it was received, nanoseconds UTC
   * @param latencyNs receive time less venue time
   */
  record Least(long recvNs, long latencyNs) {}

  /**
   * The drift through the least latencies of spans; empty for fewer than {@link #LEAST_SPANS}.
   *
   * @param least one of each span, at rising times
   */
  static Optional<ClockDrift> of(List<Least> least) {
    if (least.size() < LEAST_SPANS) {
      return Optional.empty();
    }
    List<Double> slopes = new ArrayList<>();
    for (int i = 0; i < least.size(); i++) {
      for (int j = 0; j < i; j++) {
        double time = least.get(i).recvNs - least.get(j).recvNs;
        slopes.add((least.get(i).latencyNs - least.get(j).latencyNs) / time);
      }
    }
    double[] sorted = slopes.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return Optional.of(new ClockDrift(1e6 * median, least.size()));
  }
}

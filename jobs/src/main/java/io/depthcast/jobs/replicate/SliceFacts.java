package io.depthcast.jobs.replicate;

import io.depthcast.jobs.table.Slice;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;

/** What was measured on one slice: small, whatever the slice's size. */
final class SliceFacts implements Serializable {

  private static final long serialVersionUID = 1L;

  /**
   * A window's price impact.
   *
   * @param impact slope of the move, bps, on the order flow of level 1, base units
   * @param depth mean size at the best prices, base units
   */
  record ImpactAtDepth(double impact, double depth) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /**
   * An interval's trades and move.
   *
   * @param share absolute signed volume over the slice's volume
   * @param moveBps the move in the direction of the trades
   */
  record VolumeMove(double share, double moveBps) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /**
   * A half hour of the slice.
   *
   * @param begin nanoseconds since 1970 UTC
   * @param minutes that had sound intervals
   * @param volume traded, base units
   * @param squaredMove sum of squared moves, bps^2
   */
  record HalfHour(long begin, double minutes, double volume, double squaredMove)
      implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /**
   * A point of the volatility signature plot.
   *
   * @param seconds between samples
   * @param variance mean squared move over the seconds, bps^2 a second
   * @param samples moves
   */
  record SignaturePoint(int seconds, double variance, long samples) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Rows of a bucket of queue imbalance; sums over them, bps.
   *
   * @param odd whether of the second, fourth and so on of the slice's tested windows
   * @param bucket 0 is the least imbalance, only asks
   * @param drift of the mid over its next moves
   * @param weighted size-weighted micro-price less mid
   * @param stoikov Stoikov's micro-price less mid
   */
  record ImbalanceBucket(
      boolean odd, int bucket, long rows, double drift, double weighted, double stoikov)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    ImbalanceBucket plus(ImbalanceBucket other) {
      return new ImbalanceBucket(
          odd,
          bucket,
          rows + other.rows,
          drift + other.drift,
          weighted + other.weighted,
          stoikov + other.stoikov);
    }
  }

  private final Slice slice;
  private final EnumMap<Fact, List<Double>> values = new EnumMap<>(Fact.class);
  private final List<ImpactAtDepth> impacts = new ArrayList<>();
  private final List<VolumeMove> volumeMoves = new ArrayList<>();
  private final List<HalfHour> halfHours = new ArrayList<>();
  private final List<SignaturePoint> signature = new ArrayList<>();
  private final List<ImbalanceBucket> imbalanceBuckets = new ArrayList<>();

  SliceFacts(Slice slice) {
    this.slice = slice;
  }

  Slice slice() {
    return slice;
  }

  /** Notes a value of a window or of the slice; one that is not finite is left out. */
  void add(Fact fact, double value) {
    if (Double.isFinite(value)) {
      values.computeIfAbsent(fact, f -> new ArrayList<>()).add(value);
    }
  }

  void add(ImpactAtDepth window) {
    impacts.add(window);
  }

  void add(VolumeMove interval) {
    volumeMoves.add(interval);
  }

  void add(HalfHour halfHour) {
    halfHours.add(halfHour);
  }

  void add(ImbalanceBucket bucket) {
    imbalanceBuckets.add(bucket);
  }

  void add(SignaturePoint point) {
    signature.add(point);
  }

  /** Values of a fact, one a window or one a slice. */
  List<Double> values(Fact fact) {
    return values.getOrDefault(fact, List.of());
  }

  List<ImpactAtDepth> impacts() {
    return impacts;
  }

  List<VolumeMove> volumeMoves() {
    return volumeMoves;
  }

  List<HalfHour> halfHours() {
    return halfHours;
  }

  List<ImbalanceBucket> imbalanceBuckets() {
    return imbalanceBuckets;
  }

  List<SignaturePoint> signature() {
    return signature;
  }
}

package io.depthcast.jobs.replicate;

import io.depthcast.jobs.replicate.SliceFacts.HalfHour;
import io.depthcast.jobs.replicate.SliceFacts.ImbalanceBucket;
import io.depthcast.jobs.replicate.SliceFacts.ImpactAtDepth;
import io.depthcast.jobs.replicate.SliceFacts.SignaturePoint;
import io.depthcast.jobs.replicate.SliceFacts.VolumeMove;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.apache.commons.math3.stat.regression.SimpleRegression;

/**
 * The facts of one symbol over its slices.
 *
 * @param slices number of slices
 * @param estimates by fact; none for a fact that could not be measured
 * @param impact by tenth of the size of signed volume: its mean over the slice's volume, and the
 *     mean move
 * @param signature variance a second by time between samples, over all slices
 * @param volume share of the volume by half hour of the UTC day, from 0
 * @param imbalanceBuckets drift of the mid and of micro-prices over all slices
 */
record SymbolFacts(
    String venue,
    String symbol,
    int slices,
    Map<Fact, Estimate> estimates,
    List<VolumeMove> impact,
    List<SignaturePoint> signature,
    Map<Integer, Double> volume,
    List<ImbalanceBucket> imbalanceBuckets) {

  private static final double CONFIDENCE = 0.95;
  private static final int BINS = 10;
  private static final int LEAST_IN_BIN = 20;
  private static final int LEAST_WINDOWS = 8;
  private static final long HALF_HOUR = 1_800_000_000_000L;
  private static final int HALF_HOURS = 48;

  /**
   * A value with its 95 % interval, by Student's distribution.
   *
   * @param low lower end; NaN where there is one observation only
   * @param high upper end
   * @param n windows, slices or bins that it comes from
   */
  record Estimate(double value, double low, double high, long n) {}

  /** Joins the slices of a symbol. */
  static SymbolFacts of(List<SliceFacts> slices) {
    Map<Fact, Estimate> estimates = new EnumMap<>(Fact.class);
    for (Fact fact : Fact.values()) {
      SummaryStatistics values = new SummaryStatistics();
      slices.forEach(slice -> slice.values(fact).forEach(values::addValue));
      if (values.getN() > 0) {
        estimates.put(fact, mean(values));
      }
    }
    SimpleRegression depth = new SimpleRegression();
    for (SliceFacts slice : slices) {
      for (ImpactAtDepth window : slice.impacts()) {
        if (window.impact() > 0 && window.depth() > 0) {
          depth.addData(Math.log(window.depth()), -Math.log(window.impact()));
        }
      }
    }
    if (depth.getN() >= LEAST_WINDOWS) {
      estimates.put(Fact.IMPACT_DEPTH_EXPONENT, slope(depth));
    }
    List<VolumeMove> impact = impact(slices);
    SimpleRegression volume = new SimpleRegression();
    for (VolumeMove bin : impact) {
      if (bin.moveBps() > 0) {
        volume.addData(Math.log(bin.share()), Math.log(bin.moveBps()));
      }
    }
    if (volume.getN() >= LEAST_WINDOWS) {
      estimates.put(Fact.IMPACT_EXPONENT, slope(volume));
    }
    double drift = unforeseen(slices, bucket -> 0);
    double left = unforeseen(slices, ImbalanceBucket::stoikov);
    double leftByWeighted = unforeseen(slices, ImbalanceBucket::weighted);
    List<ImbalanceBucket> buckets = imbalanceBuckets(slices, bucket -> true);
    put(estimates, Fact.STOIKOV_DRIFT_LEFT, left / drift, buckets.size());
    put(estimates, Fact.STOIKOV_OVER_WEIGHTED, left / leftByWeighted, buckets.size());
    return new SymbolFacts(
        slices.get(0).slice().venue(),
        slices.get(0).slice().symbol(),
        slices.size(),
        estimates,
        impact,
        signature(slices),
        volume(slices),
        buckets);
  }

  private static void put(Map<Fact, Estimate> estimates, Fact fact, double value, int n) {
    if (Double.isFinite(value)) {
      estimates.put(fact, new Estimate(value, Double.NaN, Double.NaN, n));
    }
  }

  private static List<ImbalanceBucket> imbalanceBuckets(
      List<SliceFacts> slices, Predicate<ImbalanceBucket> wanted) {
    Map<Integer, ImbalanceBucket> byBucket = new TreeMap<>();
    slices.stream()
        .flatMap(slice -> slice.imbalanceBuckets().stream())
        .filter(bucket -> bucket.rows() > 0 && wanted.test(bucket))
        .forEach(bucket -> byBucket.merge(bucket.bucket(), bucket, ImbalanceBucket::plus));
    return List.copyOf(byBucket.values());
  }

  /**
   * Root mean square over the rows of their bucket's mean drift that was not foreseen, less what
   * all buckets share: that is the market's, not the imbalance's. The squares are products of the
   * means of even and of odd windows, so that chance adds nothing on average; 0 where they are
   * negative on the whole.
   */
  private static double unforeseen(
      List<SliceFacts> slices, ToDoubleFunction<ImbalanceBucket> foreseen) {
    Map<Integer, Double> odd = means(imbalanceBuckets(slices, ImbalanceBucket::odd), foreseen);
    List<ImbalanceBucket> even = imbalanceBuckets(slices, bucket -> !bucket.odd());
    Map<Integer, Double> evenMeans = means(even, foreseen);
    double rows = 0;
    double products = 0;
    for (ImbalanceBucket bucket : even) {
      if (odd.containsKey(bucket.bucket())) {
        rows += bucket.rows();
        products += bucket.rows() * evenMeans.get(bucket.bucket()) * odd.get(bucket.bucket());
      }
    }
    return rows > 0 ? Math.sqrt(Math.max(0, products / rows)) : Double.NaN;
  }

  /** By bucket, the mean that was not foreseen, less that of all rows. */
  private static Map<Integer, Double> means(
      List<ImbalanceBucket> buckets, ToDoubleFunction<ImbalanceBucket> foreseen) {
    double rows = buckets.stream().mapToLong(ImbalanceBucket::rows).sum();
    double shared =
        buckets.stream().mapToDouble(b -> b.drift() - foreseen.applyAsDouble(b)).sum() / rows;
    return buckets.stream()
        .collect(
            Collectors.toMap(
                ImbalanceBucket::bucket,
                b -> (b.drift() - foreseen.applyAsDouble(b)) / b.rows() - shared));
  }

  private static Estimate mean(SummaryStatistics values) {
    long n = values.getN();
    double half =
        n < 2
            ? Double.NaN
            : new TDistribution(n - 1.0).inverseCumulativeProbability((1 + CONFIDENCE) / 2)
                * values.getStandardDeviation()
                / Math.sqrt((double) n);
    return new Estimate(values.getMean(), values.getMean() - half, values.getMean() + half, n);
  }

  private static Estimate slope(SimpleRegression regression) {
    double half = regression.getSlopeConfidenceInterval(1 - CONFIDENCE);
    return new Estimate(
        regression.getSlope(),
        regression.getSlope() - half,
        regression.getSlope() + half,
        regression.getN());
  }

  private static List<VolumeMove> impact(List<SliceFacts> slices) {
    List<VolumeMove> sorted =
        slices.stream()
            .flatMap(slice -> slice.volumeMoves().stream())
            .sorted(Comparator.comparingDouble(VolumeMove::share))
            .toList();
    List<VolumeMove> bins = new ArrayList<>();
    for (int bin = 0; bin < BINS && sorted.size() >= BINS * LEAST_IN_BIN; bin++) {
      List<VolumeMove> of =
          sorted.subList(sorted.size() * bin / BINS, sorted.size() * (bin + 1) / BINS);
      bins.add(
          new VolumeMove(
              of.stream().mapToDouble(VolumeMove::share).average().orElseThrow(),
              of.stream().mapToDouble(VolumeMove::moveBps).average().orElseThrow()));
    }
    return bins;
  }

  private static List<SignaturePoint> signature(List<SliceFacts> slices) {
    Map<Integer, List<SignaturePoint>> bySeconds =
        slices.stream()
            .flatMap(slice -> slice.signature().stream())
            .collect(
                Collectors.groupingBy(SignaturePoint::seconds, TreeMap::new, Collectors.toList()));
    List<SignaturePoint> points = new ArrayList<>();
    bySeconds.forEach(
        (seconds, of) -> {
          long samples = of.stream().mapToLong(SignaturePoint::samples).sum();
          double squares = of.stream().mapToDouble(p -> p.variance() * p.samples()).sum();
          points.add(new SignaturePoint(seconds, squares / samples, samples));
        });
    return points;
  }

  private static Map<Integer, Double> volume(List<SliceFacts> slices) {
    List<HalfHour> all = slices.stream().flatMap(slice -> slice.halfHours().stream()).toList();
    double total = all.stream().mapToDouble(HalfHour::volume).sum();
    return all.stream()
        .collect(
            Collectors.toMap(
                half -> (int) (half.begin() / HALF_HOUR % HALF_HOURS),
                half -> half.volume() / total,
                Double::sum,
                TreeMap::new));
  }
}

package io.depthcast.jobs.explore;

import io.depthcast.jobs.explore.SliceFacts.PairFacts;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * What a feature says of a label, over all slices: the mean of the slices by their rows. Slices
 * with too few blocks for an interval are left out where others have enough.
 *
 * @param n sampled rows that have both
 * @param ic rank information coefficient: Spearman's correlation of feature and label within a
 *     slice; NaN where there is none
 * @param error its standard error by the moving block bootstrap; NaN where no slice has enough
 *     blocks
 * @param freedom degrees of freedom of Student's distribution: blocks less one a slice
 * @param bits mutual information; NaN where there is none
 * @param nullBits its mean over the shuffles of the label; NaN as error is
 * @param nullDeviation standard deviation over the shuffles
 * @param parts ic in each slice, or in each part of the day where there is one
 */
record Power(
    long n,
    double ic,
    double error,
    double freedom,
    double bits,
    double nullBits,
    double nullDeviation,
    List<Double> parts) {

  private static final double CONFIDENCE = 0.95;

  /** Of a normal distribution: 5 % lie above it. */
  private static final double ABOVE_NULL =
      new NormalDistribution().inverseCumulativeProbability(CONFIDENCE);

  static Power of(List<PairFacts> slices) {
    List<PairFacts> known = slices.stream().filter(s -> !Double.isNaN(s.ic())).toList();
    List<PairFacts> enough = known.stream().filter(s -> !Double.isNaN(s.variance())).toList();
    List<PairFacts> used = enough.isEmpty() ? known : enough;
    double n = (used.isEmpty() ? slices : used).stream().mapToLong(PairFacts::n).sum();
    double ic = 0;
    double variance = 0;
    double bits = 0;
    double nullBits = 0;
    double nullVariance = 0;
    for (PairFacts slice : used) {
      double weight = slice.n() / n;
      ic += weight * slice.ic();
      variance += weight * weight * slice.variance();
      bits += weight * slice.bits();
      nullBits += weight * slice.nullBits();
      nullVariance += weight * weight * slice.nullDeviation() * slice.nullDeviation();
    }
    List<Double> parts = new ArrayList<>();
    for (PairFacts slice : slices) {
      for (double part : slice.parts()) {
        parts.add(part);
      }
    }
    boolean none = used.isEmpty();
    return new Power(
        (long) n,
        none ? Double.NaN : ic,
        none ? Double.NaN : Math.sqrt(variance),
        used.stream().mapToDouble(PairFacts::blocks).sum() - used.size(),
        none ? Double.NaN : bits,
        none ? Double.NaN : nullBits,
        none ? Double.NaN : Math.sqrt(nullVariance),
        parts);
  }

  boolean hasInterval() {
    return error > 0;
  }

  /** How many errors ic is away from 0. */
  double strength() {
    return Math.abs(ic / error);
  }

  /** Lower end of the 95 % interval of ic; NaN where there is none. */
  double low() {
    return hasInterval() ? Math.max(-1, ic - half()) : Double.NaN;
  }

  /** Upper end. */
  double high() {
    return hasInterval() ? Math.min(1, ic + half()) : Double.NaN;
  }

  private double half() {
    return error * student().inverseCumulativeProbability((1 + CONFIDENCE) / 2);
  }

  /** Probability of an ic that far from 0 if the true one is 0, two-sided; NaN without error. */
  double p() {
    return hasInterval() ? 2 * student().cumulativeProbability(-Math.abs(ic / error)) : Double.NaN;
  }

  private TDistribution student() {
    return new TDistribution(freedom);
  }

  /** What 5 % of shuffled labels exceed, bits; NaN as nullBits. */
  double nullLevel() {
    return nullBits + ABOVE_NULL * nullDeviation;
  }

  boolean isAboveNull() {
    return bits > nullLevel();
  }

  /**
   * What {@link #signAgreement} is on average where nothing is to be found: a part is in the whole,
   * so that their correlation is {@code 1 / sqrt(parts)}, and two normal numbers of correlation r
   * have one sign with probability {@code 1/2 + asin(r) / pi}.
   *
   * @param parts of equal numbers of rows, 1 or more
   */
  static double chanceAgreement(int parts) {
    return 0.5 + Math.asin(1 / Math.sqrt(parts)) / Math.PI;
  }

  /**
   * Share of the parts with an ic of the same sign as the whole, 0 to 1; NaN where no part has one.
   */
  double signAgreement() {
    long there = parts.stream().filter(part -> !Double.isNaN(part)).count();
    long same = parts.stream().filter(part -> Math.signum(part) == Math.signum(ic)).count();
    return there == 0 ? Double.NaN : (double) same / there;
  }
}

package io.depthcast.bayes;

import java.util.Arrays;

/**
 * Bayesian online change-point detection: the probabilities of how many outcomes ago the series
 * changed last. A run is a stretch of independent outcomes of one distribution under the prior; at
 * each outcome it ends with probability {@code hazard}. With {@code pi_r} the predictive of a run
 * of length {@code r}
 *
 * <pre>
 *   P(r_t = r + 1, x_1..t) = P(r_t-1 = r, x_1..t-1) * pi_r(x_t) * (1 - hazard)
 *   P(r_t = 0,     x_1..t) = sum_r P(r_t-1 = r, x_1..t-1) * pi_r(x_t) * hazard
 * </pre>
 *
 * <p>Adams, MacKay 2007, Bayesian Online Changepoint Detection, algorithm 1. A run's length counts
 * its outcomes, the newest included; length 0 says that the next outcome begins a run, and always
 * has the probability {@code hazard}: ask for {@link #probabilityWithin} of some outcomes.
 *
 * <p>Bounded: at most {@code mostRuns} lengths are kept. The least probable is given up for the new
 * one, and the rest is scaled to a sum of 1; up to {@code mostRuns - 1} outcomes the probabilities
 * are exact. Time per outcome grows with {@code mostRuns}.
 *
 * <p>Outcomes that follow from one another, such as the imbalance of one row after the other, break
 * the assumption and look like changes; take outcomes that lie apart or what a forecast left over.
 */
public final class RunLengths {

  private final Conjugate prior;
  private final double hazard;
  private final int mostRuns;

  /** The runs kept, oldest first: lengths, logarithms of the probabilities, statistics. */
  private final double[] lengths;

  private final double[] logMasses;
  private final double[] slots;
  private int runs = 1;

  /**
   * @param hazard above 0, below 1: one over the mean length of a run
   * @param mostRuns 2 or more
   */
  public RunLengths(Conjugate prior, double hazard, int mostRuns) {
    if (!(hazard > 0 && hazard < 1)) {
      throw new IllegalArgumentException(
          "Invalid hazard: " + hazard + " (must be above 0 and below 1)");
    }
    if (mostRuns < 2) {
      throw new IllegalArgumentException("Invalid mostRuns: " + mostRuns + " (must be 2 or more)");
    }
    this.prior = prior;
    this.hazard = hazard;
    this.mostRuns = mostRuns;
    lengths = new double[mostRuns];
    logMasses = new double[mostRuns];
    slots = new double[Math.multiplyExact(mostRuns, prior.statistics())];
  }

  static RunLengths read(StateReader in) {
    Conjugate prior = Conjugate.read(in);
    double hazard = in.next();
    RunLengths read = new RunLengths(prior, hazard, in.count(2));
    read.runs = in.count(1);
    if (read.runs > read.mostRuns) {
      throw in.damaged();
    }
    copy(in.next(read.runs), read.lengths);
    copy(in.next(read.runs), read.logMasses);
    copy(in.next((long) read.runs * prior.statistics()), read.slots);
    return read;
  }

  private static void copy(double[] from, double[] to) {
    System.arraycopy(from, 0, to, 0, from.length);
  }

  void write(StateWriter out) {
    prior.write(out);
    out.put(hazard, mostRuns, runs);
    out.put(Arrays.copyOf(lengths, runs));
    out.put(Arrays.copyOf(logMasses, runs));
    out.put(Arrays.copyOf(slots, runs * prior.statistics()));
  }

  /**
   * Takes note of an outcome.
   *
   * @return logarithm of its predictive density, or probability, given all before it
   * @throws IllegalArgumentException where the prior cannot have the outcome
   */
  public double learn(double outcome) {
    prior.check(outcome);
    int width = prior.statistics();
    for (int i = 0; i < runs; i++) {
      logMasses[i] += prior.logPredictive(slots, i * width, outcome);
      prior.add(slots, i * width, outcome);
      lengths[i]++;
    }
    double logEvidence = scaleTo(1 - hazard);
    if (runs == mostRuns) {
      giveUpLeastProbable();
      scaleTo(1 - hazard);
    }
    lengths[runs] = 0;
    logMasses[runs] = StrictMath.log(hazard);
    Arrays.fill(slots, runs * width, (runs + 1) * width, 0);
    runs++;
    return logEvidence;
  }

  /**
   * Scales the probabilities to a sum.
   *
   * @return logarithm of the sum they had
   */
  private double scaleTo(double sum) {
    double greatest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < runs; i++) {
      greatest = Math.max(greatest, logMasses[i]);
    }
    double had = 0;
    for (int i = 0; i < runs; i++) {
      had += StrictMath.exp(logMasses[i] - greatest);
    }
    double logHad = greatest + StrictMath.log(had);
    double shift = StrictMath.log(sum) - logHad;
    for (int i = 0; i < runs; i++) {
      logMasses[i] += shift;
    }
    return logHad;
  }

  private void giveUpLeastProbable() {
    int least = 0;
    for (int i = 1; i < runs; i++) {
      if (logMasses[i] < logMasses[least]) {
        least = i;
      }
    }
    int width = prior.statistics();
    int behind = runs - least - 1;
    System.arraycopy(lengths, least + 1, lengths, least, behind);
    System.arraycopy(logMasses, least + 1, logMasses, least, behind);
    System.arraycopy(slots, (least + 1) * width, slots, least * width, behind * width);
    runs--;
  }

  /** Probability that the current run has at most so many outcomes, from 0 to 1. */
  public double probabilityWithin(int outcomes) {
    double sum = 0;
    for (int i = 0; i < runs; i++) {
      if (lengths[i] <= outcomes) {
        sum += StrictMath.exp(logMasses[i]);
      }
    }
    return Math.min(1, sum);
  }

  /** The mean length of the current run, in outcomes. */
  public double meanLength() {
    double sum = 0;
    for (int i = 0; i < runs; i++) {
      sum += lengths[i] * StrictMath.exp(logMasses[i]);
    }
    return sum;
  }
}

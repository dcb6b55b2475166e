package io.depthcast.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RegimeFilterTest {

  private static final double[] ROW = {};
  private static final List<Regime> REGIMES =
      List.of(new Regime(0.5, 0.6, 0.1), new Regime(-0.4, 0.2, 0.3));
  private static final double STAY = 0.9;
  private static final double NOISE = 0.2;
  private static final double[] SERIES = {0.5, 0.7, 0.1, -0.5, -0.9, -0.2, 0.4, 0.6};

  private static RegimeFilter filter(int particles, long seed) {
    return new RegimeFilter(REGIMES, STAY, NOISE, particles, seed);
  }

  private static double normal(double value, double mean, double variance) {
    return Math.exp(-(value - mean) * (value - mean) / (2 * variance))
        / Math.sqrt(2 * Math.PI * variance);
  }

  /** Twin: the likelihood of the series over all paths of regimes, split by the last regime. */
  private static double[] allPaths() {
    double[] byLast = new double[2];
    for (int path = 0; path < 1 << (SERIES.length + 1); path++) {
      int at = path & 1;
      double likelihood = 0.5;
      double mean = REGIMES.get(at).mean();
      double sd = REGIMES.get(at).sd();
      double phi = REGIMES.get(at).persistence();
      double variance = sd * sd / (1 - phi * phi);
      for (int t = 0; t < SERIES.length; t++) {
        int to = path >> (t + 1) & 1;
        likelihood *= at == to ? STAY : 1 - STAY;
        at = to;
        phi = REGIMES.get(at).persistence();
        sd = REGIMES.get(at).sd();
        mean = REGIMES.get(at).mean() + phi * (mean - REGIMES.get(at).mean());
        variance = phi * phi * variance + sd * sd;
        likelihood *= normal(SERIES[t], mean, variance + NOISE * NOISE);
        double gain = variance / (variance + NOISE * NOISE);
        mean += gain * (SERIES[t] - mean);
        variance *= 1 - gain;
      }
      byLast[at] += likelihood;
    }
    return byLast;
  }

  private static double logLikelihood(RegimeFilter filter) {
    double sum = 0;
    for (double value : SERIES) {
      sum += filter.predict(ROW).logDensity(value);
      filter.learn(ROW, value);
    }
    return sum;
  }

  @Test
  void forecastsTheFirstOutcomeByHand() {
    RegimeFilter filter =
        new RegimeFilter(List.of(new Regime(1, 0.5, 0.3), new Regime(-1, 0, 0.4)), 0.75, 0.5, 2, 1);
    // particle 0 at 1 with variance .09 / .75 = .12: stays: 1, .25 * .12 + .09 + .25 = .37;
    // goes: -1, .16 + .25 = .41. Particle 1 at -1 with variance .16: stays: -1, .41;
    // goes: 1 + .5 * -2 = 0, .25 * .16 + .09 + .25 = .38. Mean: (.75 - .25 - .75 + 0) / 2
    NormalMixture forecast = filter.predict(ROW);
    assertThat(forecast.mean()).isCloseTo(-0.125, within(1e-15));
    double expected =
        (0.75 * normal(0.3, 1, 0.37)
                + 0.25 * normal(0.3, -1, 0.41)
                + 0.75 * normal(0.3, -1, 0.41)
                + 0.25 * normal(0.3, 0, 0.38))
            / 2;
    assertThat(Math.exp(forecast.logDensity(0.3))).isCloseTo(expected, within(1e-14));
  }

  @Test
  void likelihoodIsRightInTheMeanOverSeeds() {
    // a particle filter's likelihood has the exact one as its mean, with however few particles
    double[] byLast = allPaths();
    double exact = byLast[0] + byLast[1];
    int seeds = 2000;
    double sum = 0;
    double squares = 0;
    for (int seed = 0; seed < seeds; seed++) {
      double ratio = Math.exp(logLikelihood(filter(10, seed))) / exact;
      sum += ratio;
      squares += ratio * ratio;
    }
    double mean = sum / seeds;
    double error = Math.sqrt((squares / seeds - mean * mean) / seeds);
    assertThat(error).isBetween(1e-5, 0.01);
    assertThat(mean).isCloseTo(1, within(4 * error));
  }

  @Test
  void manyParticlesGiveTheExactProbabilitiesOfRegimes() {
    double[] byLast = allPaths();
    RegimeFilter filter = filter(20_000, 3);
    double logLikelihood = logLikelihood(filter);
    double[] regimes = new double[2];
    filter.regimeProbabilities(regimes);
    assertThat(regimes[0]).isCloseTo(byLast[0] / (byLast[0] + byLast[1]), within(0.002));
    assertThat(logLikelihood).isCloseTo(Math.log(byLast[0] + byLast[1]), within(0.002));
  }

  @Test
  void findsTheRegimesOfASeriesAndItsIntervalsHold() {
    RegimeFilter filter = filter(100, 4);
    Random random = new Random(5);
    int regime = 0;
    double level = 0.5;
    int rows = 3000;
    int right = 0;
    int inside = 0;
    double[] probabilities = new double[2];
    for (int t = 0; t < rows; t++) {
      if (random.nextDouble() > STAY) {
        regime = 1 - regime;
      }
      Regime now = REGIMES.get(regime);
      level =
          now.mean() + now.persistence() * (level - now.mean()) + now.sd() * random.nextGaussian();
      double value = level + NOISE * random.nextGaussian();
      NormalMixture forecast = filter.predict(ROW);
      double rank = forecast.cumulative(value);
      if (rank > 0.05 && rank < 0.95) {
        inside++;
      }
      filter.learn(ROW, value);
      filter.regimeProbabilities(probabilities);
      if (probabilities[regime] > 0.5) {
        right++;
      }
    }
    // four standard errors: 4 * sqrt(.09 / 3000) = 0.022
    assertThat(inside / (double) rows).isCloseTo(0.9, within(0.022));
    // the regimes lie 0.9 apart with spreads of at most 0.36: chance would be a half
    assertThat(right / (double) rows).isGreaterThan(0.85);
  }

  @Test
  void quantilesOfAMixtureAreTheNormalsOnes() {
    NormalMixture one = new NormalMixture(new double[] {1}, new double[] {3}, new double[] {2});
    // 1.959964 for 0.975
    assertThat(one.quantile(0.975)).isCloseTo(3 + 2 * 1.959964, within(1e-5));
    NormalMixture two =
        new NormalMixture(new double[] {0.5, 0.5}, new double[] {-9, 9}, new double[] {1, 1});
    // half of the lower half: its median; three quarters: the upper one's
    assertThat(two.quantile(0.25)).isCloseTo(-9, within(1e-6));
    assertThat(two.quantile(0.75)).isCloseTo(9, within(1e-6));
    assertThat(two.mean()).isZero();
    assertThat(two.cumulative(two.quantile(0.6))).isCloseTo(0.6, within(1e-8));
  }

  @Test
  void goesOnFromItsBytesToTheLastBit() {
    for (long seed : new long[] {6, -7, Long.MIN_VALUE}) {
      RegimeFilter filter = filter(20, seed);
      logLikelihood(filter);
      byte[] early = filter.state();
      RegimeFilter restored = RegimeFilter.restore(early);
      assertThat(restored.state()).isEqualTo(early);
      logLikelihood(filter);
      logLikelihood(restored);
      assertThat(restored.state()).isEqualTo(filter.state()).hasSameSizeAs(early);
    }
  }

  @Test
  void staysFiniteOnAnOutcomeFarOut() {
    RegimeFilter filter = filter(20, 8);
    filter.learn(ROW, 1e6);
    filter.learn(ROW, 0.5);
    assertThat(filter.predict(ROW).mean()).isFinite();
    assertThat(RegimeFilter.restore(filter.state()).state()).isEqualTo(filter.state());
  }

  @Test
  void refusesWhatItCannotLearnAndSettingsOutOfRange() {
    RegimeFilter filter = filter(20, 9);
    byte[] before = filter.state();
    assertThatThrownBy(() -> filter.learn(ROW, Double.NaN))
        .hasMessage("Invalid value: NaN (must be finite)");
    assertThatThrownBy(() -> filter.learn(new double[] {1}, 0))
        .hasMessage("Invalid row: 1 values (must be empty)");
    assertThat(filter.state()).isEqualTo(before);
    assertThatThrownBy(() -> filter(0, 1)).hasMessage("Invalid particles: 0 (must be 1 or more)");
    assertThatThrownBy(() -> new Regime(0, 1, 1))
        .hasMessage("Invalid persistence: 1.0 (must be above -1 and below 1)");
    assertThatThrownBy(() -> new RegimeFilter(REGIMES, 1, 1, 1, 1))
        .hasMessage("Invalid stay: 1.0 (must be above 0 and below 1)");
    assertThatThrownBy(() -> new RegimeFilter(REGIMES.subList(0, 1), 0.5, 1, 1, 1))
        .hasMessage("Invalid regimes: 1 (must be 2 or more)");
  }
}

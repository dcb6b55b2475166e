package io.depthcast.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunLengthsTest {

  private static final NormalInverseGamma NORMAL = new NormalInverseGamma(0, 0.1, 2, 2);
  private static final Dirichlet COIN = new Dirichlet(2, 1);

  /**
   * Twin: all ways to cut the series into runs, each with the probability of its cuts and of its
   * runs' values, as probabilities of the length of the last run.
   */
  private static double[] bruteForce(Conjugate prior, double hazard, double[] series) {
    double[] byLength = new double[series.length + 1];
    for (int cuts = 0; cuts < 1 << series.length; cuts++) {
      double logProbability = 0;
      double[] slot = new double[prior.statistics()];
      int length = 0;
      for (int t = 0; t < series.length; t++) {
        logProbability += prior.logPredictive(slot, 0, series[t]);
        prior.add(slot, 0, series[t]);
        length++;
        boolean ends = (cuts >> t & 1) == 1;
        logProbability += Math.log(ends ? hazard : 1 - hazard);
        if (ends) {
          slot = new double[prior.statistics()];
          length = 0;
        }
      }
      byLength[length] += Math.exp(logProbability);
    }
    double sum = 0;
    for (double mass : byLength) {
      sum += mass;
    }
    for (int r = 0; r < byLength.length; r++) {
      byLength[r] /= sum;
    }
    return byLength;
  }

  private static void assertIsTheTwin(Conjugate prior, double hazard, double[] series) {
    RunLengths runs = new RunLengths(prior, hazard, series.length + 1);
    for (double outcome : series) {
      runs.learn(outcome);
    }
    double[] expected = bruteForce(prior, hazard, series);
    double within = 0;
    double mean = 0;
    for (int r = 0; r < expected.length; r++) {
      within += expected[r];
      mean += r * expected[r];
      assertThat(runs.probabilityWithin(r)).isCloseTo(within, within(1e-12));
    }
    assertThat(runs.meanLength()).isCloseTo(mean, within(1e-11));
  }

  @Test
  void twoTossesOfACoinByHand() {
    RunLengths runs = new RunLengths(COIN, 0.25, 10);
    // before anything a run of length 0: the predictive is 1/2
    assertThat(Math.exp(runs.learn(1))).isCloseTo(0.5, within(1e-15));
    // length 1 with 3/4 and predictive 2/3, length 0 with 1/4 and predictive 1/2
    assertThat(Math.exp(runs.learn(1))).isCloseTo(0.625, within(1e-15));
    // length 2: 3/4 * (3/4 * 2/3) / 0.625 = 0.6; length 1: 3/4 * (1/4 * 1/2) / 0.625 = 0.15
    assertThat(runs.probabilityWithin(0)).isCloseTo(0.25, within(1e-15));
    assertThat(runs.probabilityWithin(1)).isCloseTo(0.4, within(1e-15));
    assertThat(runs.probabilityWithin(2)).isCloseTo(1, within(1e-15));
    assertThat(runs.meanLength()).isCloseTo(1.35, within(1e-15));
  }

  @Test
  void isTheSumOverAllWaysToCutTenValues() {
    double[] series = {0.1, -0.4, 0.3, 0.2, 5.1, 4.6, 5.4, 4.9, -3, 0.2};
    assertIsTheTwin(NORMAL, 0.1, series);
    assertIsTheTwin(NORMAL, 0.7, series);
  }

  @Test
  void isTheSumOverAllWaysToCutTenTosses() {
    assertIsTheTwin(COIN, 0.05, new double[] {1, 1, 1, 1, 1, 0, 0, 0, 0, 0});
    assertIsTheTwin(new Dirichlet(3, 0.5), 0.2, new double[] {0, 0, 0, 2, 2, 1, 1, 1, 1, 1});
  }

  @Test
  void findsAShiftOfThreeStandardDeviationsWithinTenOutcomes() {
    int found = 0;
    for (int seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      RunLengths runs = new RunLengths(NORMAL, 1 / 500.0, 100);
      for (int t = 0; t < 300; t++) {
        runs.learn(random.nextGaussian());
      }
      assertThat(runs.probabilityWithin(20)).isLessThan(0.5);
      for (int t = 0; t < 10; t++) {
        runs.learn(3 + random.nextGaussian());
      }
      if (runs.probabilityWithin(20) > 0.5) {
        found++;
        // the run is known to be about ten outcomes long
        assertThat(runs.meanLength()).isBetween(5.0, 160.0);
      }
    }
    assertThat(found).isGreaterThanOrEqualTo(98);
  }

  @Test
  void raisesNoMoreThanOneFalseAlarmInAThousandOutcomesOnASeriesWithoutChange() {
    int alarms = 0;
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(100 + seed);
      RunLengths runs = new RunLengths(NORMAL, 1 / 500.0, 100);
      boolean raised = false;
      for (int t = 0; t < 1000; t++) {
        runs.learn(random.nextGaussian());
        boolean alarm = t > 100 && runs.probabilityWithin(20) > 0.5;
        if (alarm && !raised) {
          alarms++;
        }
        raised = alarm;
      }
    }
    assertThat(alarms).isLessThanOrEqualTo(18);
  }

  @Test
  void probabilitiesMeanWhatTheySayOnSeriesOfItsOwnPrior() {
    // series whose parameters and changes come from the model: among all forecasts the mean
    // probability of a change within 20 outcomes is the share of rows with one
    Random random = new Random(7);
    double hazard = 0.01;
    RunLengths runs = new RunLengths(COIN, hazard, 200);
    double share = random.nextDouble();
    int length = 0;
    double[] stated = new double[2];
    double[] happened = new double[2];
    int[] rows = new int[2];
    for (int t = 0; t < 20_000; t++) {
      runs.learn(random.nextDouble() < share ? 1 : 0);
      length++;
      if (random.nextDouble() < hazard) {
        share = random.nextDouble();
        length = 0;
      }
      double probability = runs.probabilityWithin(20);
      int bin = probability > 0.5 ? 1 : 0;
      stated[bin] += probability;
      happened[bin] += length <= 20 ? 1 : 0;
      rows[bin]++;
    }
    // about 200 changes, of which each moves some 20 rows: errors of a few percent
    for (int bin = 0; bin < 2; bin++) {
      assertThat(rows[bin]).isGreaterThan(500);
      assertThat(happened[bin] / rows[bin]).isCloseTo(stated[bin] / rows[bin], within(0.06));
    }
  }

  @Test
  void fewRunsSayNearlyWhatAllSay() {
    Random random = new Random(8);
    RunLengths few = new RunLengths(NORMAL, 0.01, 100);
    RunLengths all = new RunLengths(NORMAL, 0.01, 2001);
    double largest = 0;
    for (int t = 0; t < 2000; t++) {
      double outcome = random.nextGaussian() + (t / 400 % 2 == 0 ? 0 : 2);
      few.learn(outcome);
      all.learn(outcome);
      largest = Math.max(largest, Math.abs(few.probabilityWithin(20) - all.probabilityWithin(20)));
    }
    assertThat(largest).isLessThan(0.02);
  }

  @Test
  void memoryDoesNotGrow() {
    DirichletByState model =
        new DirichletByState(
            1,
            new Dirichlet(3, 1),
            new ChangeForgetting(new RunLengths(new Dirichlet(3, 1), 0.01, 8), 4));
    IntStream.range(0, 8).forEach(i -> model.learn(new double[] {0}, i % 2));
    int size = model.state().length;
    IntStream.range(0, 1000).forEach(i -> model.learn(new double[] {0}, i % 2));
    assertThat(model.state()).hasSize(size);
  }

  @Test
  void refusesSettingsOutOfRange() {
    assertThatThrownBy(() -> new RunLengths(COIN, 0, 10))
        .hasMessage("Invalid hazard: 0.0 (must be above 0 and below 1)");
    assertThatThrownBy(() -> new RunLengths(COIN, 0.1, 1))
        .hasMessage("Invalid mostRuns: 1 (must be 2 or more)");
    assertThatThrownBy(() -> new RunLengths(COIN, 0.1, 10).learn(2))
        .hasMessage("Invalid class: 2.0 (must be 0 to 1)");
  }
}

package io.depthcast.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class NormalByStateTest {

  private static final double[] ONLY = {0};
  private static final NormalInverseGamma PRIOR = new NormalInverseGamma(0, 1, 2, 2);

  private static NormalByState model(double retention) {
    return new NormalByState(1, PRIOR, new ConstantForgetting(retention));
  }

  @Test
  void forecastsThePriorBeforeTheFirstOutcome() {
    // 2 a = 4, m = 0, scale^2 = b (k + 1) / (a k) = 2 * 2 / (2 * 1) = 2
    StudentT t = model(1).predict(ONLY);
    assertThat(t.degrees()).isEqualTo(4);
    assertThat(t.location()).isZero();
    assertThat(t.scale()).isCloseTo(Math.sqrt(2), within(1e-15));
  }

  @Test
  void learnsThreeValues() {
    NormalByState model = model(1);
    model.learn(ONLY, 1);
    model.learn(ONLY, 2);
    model.learn(ONLY, 3);
    // n = 3, xbar = 2, S = 2: k = 4, m = (0 + 6) / 4 = 1.5, a = 3.5,
    // b = 2 + 2/2 + 1 * 3 * 4 / (2 * 4) = 4.5, scale^2 = 4.5 * 5 / (3.5 * 4) = 22.5 / 14
    StudentT t = model.predict(ONLY);
    assertThat(t.degrees()).isEqualTo(7);
    assertThat(t.location()).isCloseTo(1.5, within(1e-15));
    assertThat(t.scale()).isCloseTo(Math.sqrt(22.5 / 14), within(1e-15));
    assertThat(model.observations()).isEqualTo(3);
  }

  @Test
  void forgetsTowardsThePrior() {
    NormalByState model = model(0.5);
    model.learn(ONLY, 1);
    model.learn(ONLY, 4);
    // weights 1/2 and 1: n = 1.5, xbar = 4.5 / 1.5 = 3, S = 1/2 * 4 + 1 * 1 = 3: k = 2.5,
    // m = 4.5 / 2.5 = 1.8, a = 2.75, b = 2 + 1.5 + 1.5 * 9 / 5 = 6.2,
    // scale^2 = 6.2 * 3.5 / (2.75 * 2.5) = 21.7 / 6.875
    StudentT t = model.predict(ONLY);
    assertThat(t.degrees()).isEqualTo(5.5);
    assertThat(t.location()).isCloseTo(1.8, within(1e-14));
    assertThat(t.scale()).isCloseTo(Math.sqrt(21.7 / 6.875), within(1e-14));
  }

  @Test
  void predictiveIsTheProductOfLikelihoodAndPosteriorIntegrated() {
    NormalByState model = model(1);
    double[] values = {0.3, -0.4};
    for (double value : values) {
      model.learn(ONLY, value);
    }
    // twin: sum over a grid of mean and log variance of prior * likelihood
    double evidence = 0;
    double joint = 0;
    double next = 0.9;
    for (double logVariance = -6; logVariance < 9; logVariance += 0.01) {
      double variance = Math.exp(logVariance);
      for (double mean = -12; mean < 12; mean += 0.02) {
        // inverse gamma(2, 2) density * d variance = variance * d logVariance
        double weight =
            Math.pow(variance, -3)
                * Math.exp(-2 / variance)
                * variance
                * density(mean, 0, variance)
                * density(values[0], mean, variance)
                * density(values[1], mean, variance);
        evidence += weight;
        joint += weight * density(next, mean, variance);
      }
    }
    assertThat(Math.exp(model.predict(ONLY).logDensity(next)))
        .isCloseTo(joint / evidence, within(1e-5));
  }

  private static double density(double value, double mean, double variance) {
    double off = value - mean;
    return Math.exp(-off * off / (2 * variance)) / Math.sqrt(2 * Math.PI * variance);
  }

  @Test
  void quantilesAreThePublishedOnes() {
    // tables of Student's t: 2.776 for 4 degrees and 0.975, 1.812 for 10 degrees and 0.95
    assertThat(new StudentT(4, 0, 1).quantile(0.975)).isCloseTo(2.776, within(5e-4));
    assertThat(new StudentT(10, 5, 2).quantile(0.95)).isCloseTo(5 + 2 * 1.812, within(2e-3));
    assertThat(new StudentT(10, 5, 2).quantile(0.05)).isCloseTo(5 - 2 * 1.812, within(2e-3));
  }

  @Test
  void intervalsHoldTheOutcomesTheyShould() {
    // series of a length at which the prior and the few rows matter, parameters from the prior
    Random random = new Random(4);
    int forecasts = 0;
    int inside = 0;
    for (int series = 0; series < 400; series++) {
      double precision = (exponential(random) + exponential(random)) / 2; // gamma(2, rate 2)
      double sd = Math.sqrt(1 / precision);
      double mean = sd * random.nextGaussian();
      NormalByState model = model(1);
      for (int i = 0; i < 10; i++) {
        double value = mean + sd * random.nextGaussian();
        StudentT t = model.predict(ONLY);
        forecasts++;
        if (value > t.quantile(0.05) && value < t.quantile(0.95)) {
          inside++;
        }
        model.learn(ONLY, value);
      }
    }
    // forecasts of one series are, given the past, right with probability 0.9 each: the sum has a
    // binomial's variance; four standard errors: 4 * sqrt(.09 / 4000) = 0.019
    assertThat(inside / (double) forecasts).isCloseTo(0.9, within(0.019));
  }

  private static double exponential(Random random) {
    return -Math.log(1 - random.nextDouble());
  }

  @Test
  void recoversMeanAndSpreadOfEachState() {
    NormalByState model = new NormalByState(2, PRIOR, new ConstantForgetting(1));
    Random random = new Random(5);
    for (int i = 0; i < 20_000; i++) {
      int state = random.nextInt(2);
      double value =
          state == 0 ? -0.3 + 0.2 * random.nextGaussian() : 0.4 + 0.1 * random.nextGaussian();
      model.learn(new double[] {state}, value);
    }
    StudentT low = model.predict(new double[] {0});
    StudentT high = model.predict(new double[] {1});
    // four standard errors: of the mean 4 * .2 / sqrt(10,000) = 0.008, of the spread 0.006
    assertThat(low.location()).isCloseTo(-0.3, within(0.008));
    assertThat(low.scale()).isCloseTo(0.2, within(0.006));
    assertThat(high.location()).isCloseTo(0.4, within(0.004));
    assertThat(high.scale()).isCloseTo(0.1, within(0.003));
  }

  @Test
  void keepsItsPrecisionFarFromZero() {
    NormalByState model =
        new NormalByState(
            1, new NormalInverseGamma(1e8, 1e-3, 1e-3, 1e-3), new ConstantForgetting(1));
    Random random = new Random(6);
    for (int i = 0; i < 10_000; i++) {
      model.learn(ONLY, 1e8 + random.nextGaussian());
    }
    // four standard errors of a spread of 1: 4 / sqrt(2 * 10,000) = 0.028
    assertThat(model.predict(ONLY).scale()).isCloseTo(1, within(0.028));
  }

  @Test
  void goesOnFromItsBytesToTheLastBit() {
    NormalByState model = model(0.9);
    for (int i = 0; i < 20; i++) {
      model.learn(ONLY, Math.sin(i));
    }
    byte[] early = model.state();
    NormalByState restored = NormalByState.restore(early);
    assertThat(restored.predict(ONLY)).isEqualTo(model.predict(ONLY));
    model.learn(ONLY, 0.1);
    restored.learn(ONLY, 0.1);
    assertThat(restored.state()).isEqualTo(model.state()).hasSameSizeAs(early);
  }

  @Test
  void refusesAValueThatIsMissing() {
    NormalByState model = model(0.9);
    byte[] before = model.state();
    assertThatThrownBy(() -> model.learn(ONLY, Double.NaN))
        .hasMessage("Invalid value: NaN (must be finite)");
    assertThat(model.state()).isEqualTo(before);
  }

  @Test
  void refusesSettingsOutOfRange() {
    assertThatThrownBy(() -> new NormalInverseGamma(0, 1, 0, 1))
        .hasMessage("Invalid shape: 0.0 (must be finite and above 0)");
    assertThatThrownBy(() -> new NormalInverseGamma(Double.NaN, 1, 1, 1))
        .hasMessage("Invalid mean: NaN (must be finite)");
    assertThatThrownBy(() -> new StudentT(4, 0, 1).quantile(1))
        .hasMessage("Invalid probability: 1.0 (must be above 0 and below 1)");
  }
}

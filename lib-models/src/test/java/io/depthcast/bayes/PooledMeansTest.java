package io.depthcast.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PooledMeansTest {

  private static final InverseGamma BETWEEN = new InverseGamma(3, 2);
  private static final InverseGamma WITHIN = new InverseGamma(3, 2);

  private static PooledMeans model(int symbols, double retention) {
    return new PooledMeans(symbols, 0, 1, BETWEEN, WITHIN, new ConstantForgetting(retention));
  }

  private static double[] symbol(int s) {
    return new double[] {s};
  }

  @Test
  void forecastsThePriorBeforeTheFirstOutcome() {
    // P = Q = 3 / 2, v = 1 / Q = 2/3, v Q = 1, w = 1: scale^2 = 2/3 + 2/3 + 1 = 7/3; degrees 6
    StudentT t = model(2, 1).predict(symbol(1));
    assertThat(t.location()).isZero();
    assertThat(t.scale()).isCloseTo(Math.sqrt(7 / 3.0), within(1e-14));
    assertThat(t.degrees()).isEqualTo(6);
  }

  @Test
  void oneOutcomeOfOneSymbolByHand() {
    PooledMeans model = model(1, 1);
    model.learn(symbol(0), 2);
    // first sweep, P = Q = 1.5, h = 0: v = 1/3, m = 1/3 * 2 * 1.5 = 1;
    // w = 1 / (1 + 1.5) = 0.4, h = 0.4 * 1.5 * 1 = 0.6;
    // between: 3.5, 2 + (0.16 + 1/3 + 0.4) / 2; within: 3.5, 2 + (1 + 1/3) / 2
    double q = 3.5 / (2 + (0.16 + 1 / 3.0 + 0.4) / 2);
    double p = 3.5 / (2 + (1 + 1 / 3.0) / 2);
    // second sweep
    double v = 1 / (p + q);
    double m = v * (2 * p + 0.6 * q);
    double w = 1 / (1 + q);
    double h = w * q * m;
    assertThat(model.predict(symbol(0)).location()).isCloseTo(m, within(1e-14));
    assertThat(model.commonMean()).isCloseTo(h, within(1e-14));
    assertThat(model.between().shape()).isEqualTo(3.5);
    assertThat(model.between().scale())
        .isCloseTo(2 + ((m - h) * (m - h) + v + w) / 2, within(1e-14));
    assertThat(model.within().scale()).isCloseTo(2 + ((2 - m) * (2 - m) + v) / 2, within(1e-14));
  }

  @Test
  void isNearTheExactPosterior() {
    // three symbols of 12, 4 and 1 outcomes
    int[] counts = {12, 4, 1};
    double[] truth = {0.8, -0.6, 0.3};
    Random random = new Random(1);
    double[][] values = new double[3][];
    PooledMeans model = model(3, 1);
    for (int s = 0; s < 3; s++) {
      double level = truth[s];
      values[s] = random.doubles(counts[s]).map(u -> level + random.nextGaussian()).toArray();
      for (double value : values[s]) {
        model.learn(symbol(s), value);
      }
    }
    double[] exact = exactMeans(values);
    for (int s = 0; s < 3; s++) {
      // the means' spreads are 0.3 to 0.7; independent factors are near, not exact
      assertThat(model.predict(symbol(s)).location()).isCloseTo(exact[s], within(0.06));
    }
  }

  /**
   * Twin: a grid over both variances. Given these, a symbol's mean ybar is normal around m with
   * between + within / n, which gives m and the symbols' means in closed form.
   */
  private static double[] exactMeans(double[][] values) {
    double[] means = new double[values.length];
    double evidence = 0;
    for (double logBetween = -5; logBetween < 6; logBetween += 0.05) {
      for (double logWithin = -4; logWithin < 4; logWithin += 0.05) {
        double between = Math.exp(logBetween);
        double within = Math.exp(logWithin);
        double logWeight = -3 * logBetween - 2 / between - 3 * logWithin - 2 / within;
        double precision = 1;
        double sum = 0;
        double squares = 0;
        for (double[] of : values) {
          double ybar = mean(of);
          for (double value : of) {
            logWeight -= (value - ybar) * (value - ybar) / (2 * within);
          }
          double variance = between + within / of.length;
          logWeight -= (of.length - 1) * logWithin / 2 + Math.log(variance) / 2;
          precision += 1 / variance;
          sum += ybar / variance;
          squares += ybar * ybar / variance;
        }
        double common = sum / precision;
        logWeight -= Math.log(precision) / 2 + (squares - common * sum) / 2;
        double weight = Math.exp(logWeight);
        evidence += weight;
        for (int s = 0; s < values.length; s++) {
          double n = values[s].length;
          double own = n / within;
          means[s] += weight * (own * mean(values[s]) + common / between) / (own + 1 / between);
        }
      }
    }
    for (int s = 0; s < means.length; s++) {
      means[s] /= evidence;
    }
    return means;
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  @Test
  void recoversTheWorldAndBeatsMeansThatLearnAlone() {
    int symbols = 40;
    Random random = new Random(2);
    double[] truth = random.doubles(symbols).map(u -> 0.5 + 0.3 * random.nextGaussian()).toArray();
    PooledMeans model = model(symbols, 1);
    double[] sums = new double[symbols];
    for (int i = 0; i < 5; i++) {
      for (int s = 0; s < symbols; s++) {
        double value = truth[s] + random.nextGaussian();
        sums[s] += value;
        model.learn(symbol(s), value);
      }
    }
    double pooled = 0;
    double alone = 0;
    for (int s = 0; s < symbols; s++) {
      pooled += Math.pow(model.predict(symbol(s)).location() - truth[s], 2);
      alone += Math.pow(sums[s] / 5 - truth[s], 2);
    }
    // alone 1/5; pooled at best 1 / (5 + 1 / 0.09) = 0.06
    assertThat(pooled).isLessThan(0.7 * alone);
    // standard errors: of the common mean sqrt((.09 + 1/5) / 40) = 0.085, of within
    // sqrt(2 / 160) = 0.11
    assertThat(model.commonMean()).isCloseTo(0.5, within(0.34));
    assertThat(1 / model.within().meanPrecision()).isCloseTo(1, within(0.45));
  }

  @Test
  void intervalsHoldTheOutcomesTheyShould() {
    Random random = new Random(3);
    int forecasts = 0;
    int inside = 0;
    for (int series = 0; series < 60; series++) {
      int symbols = 10;
      double between = 1 / gamma3(random);
      double sd = Math.sqrt(1 / gamma3(random));
      double common = random.nextGaussian();
      double[] truth =
          random
              .doubles(symbols)
              .map(u -> common + Math.sqrt(between) * random.nextGaussian())
              .toArray();
      PooledMeans model = model(symbols, 1);
      for (int i = 0; i < 60; i++) {
        int s = random.nextInt(symbols);
        double value = truth[s] + sd * random.nextGaussian();
        StudentT t = model.predict(symbol(s));
        forecasts++;
        if (value > t.quantile(0.05) && value < t.quantile(0.95)) {
          inside++;
        }
        model.learn(symbol(s), value);
      }
    }
    // four standard errors: 4 * sqrt(.09 / 3600) = 0.02
    assertThat(inside / (double) forecasts).isCloseTo(0.9, within(0.02));
  }

  /** Gamma of shape 3 and rate 2. */
  private static double gamma3(Random random) {
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      sum -= Math.log(1 - random.nextDouble());
    }
    return sum / 2;
  }

  @Test
  void forgettingFollowsADrift() {
    PooledMeans forgets = model(2, 0.98);
    PooledMeans remembers = model(2, 1);
    Random random = new Random(4);
    for (int i = 0; i < 2000; i++) {
      double value = (i < 1000 ? -1 : 1) + 0.5 * random.nextGaussian();
      forgets.learn(symbol(i % 2), value);
      remembers.learn(symbol(i % 2), value);
    }
    // 25 outcomes a symbol: four standard errors 4 * 0.5 / 5 = 0.4, and some shrinkage
    assertThat(forgets.predict(symbol(0)).location()).isCloseTo(1, within(0.45));
    assertThat(remembers.predict(symbol(0)).location()).isCloseTo(0, within(0.2));
    assertThat(forgets.observations()).isCloseTo(50, within(1e-9));
  }

  @Test
  void goesOnFromItsBytesToTheLastBit() {
    PooledMeans model = model(3, 0.95);
    for (int i = 0; i < 30; i++) {
      model.learn(symbol(i % 3), Math.sin(i));
    }
    byte[] early = model.state();
    PooledMeans restored = PooledMeans.restore(early);
    assertThat(restored.state()).isEqualTo(early);
    assertThat(restored.predict(symbol(1))).isEqualTo(model.predict(symbol(1)));
    model.learn(symbol(1), 0.2);
    restored.learn(symbol(1), 0.2);
    assertThat(restored.state()).isEqualTo(model.state()).hasSameSizeAs(early);
  }

  @Test
  void refusesWhatItCannotLearnAndSettingsOutOfRange() {
    PooledMeans model = model(2, 1);
    byte[] before = model.state();
    assertThatThrownBy(() -> model.learn(symbol(2), 0))
        .hasMessage("Invalid state: 2.0 (must be a whole number from 0 to 1)");
    assertThatThrownBy(() -> model.learn(symbol(0), Double.POSITIVE_INFINITY))
        .hasMessage("Invalid value: Infinity (must be finite)");
    assertThat(model.state()).isEqualTo(before);
    assertThatThrownBy(() -> new PooledMeans(1, 0, 0, BETWEEN, WITHIN, new ConstantForgetting(1)))
        .hasMessage("Invalid meanSd: 0.0 (must be finite and above 0)");
    assertThatThrownBy(() -> new InverseGamma(0, 1))
        .hasMessage("Invalid shape: 0.0 (must be finite and above 0)");
  }
}

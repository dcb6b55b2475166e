package io.depthcast.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ChangeForgettingTest {

  private static final double[] ONLY = {0};
  private static final NormalInverseGamma PRIOR = new NormalInverseGamma(0, 0.1, 2, 2);

  private static NormalByState model(Forgetting forgetting) {
    return new NormalByState(1, PRIOR, forgetting);
  }

  private static Forgetting byChange() {
    return new ChangeForgetting(new RunLengths(PRIOR, 1 / 500.0, 100), 20);
  }

  @Test
  void retentionBringsTheModelToTheMeanLengthOfTheRun() {
    Forgetting forgetting = new ChangeForgetting(new RunLengths(new Dirichlet(2, 1), 0.25, 10), 5);
    assertThat(forgetting.retention(1, 0)).isEqualTo(1);
    // the mean length after two equal tosses is 1.35 (see RunLengthsTest): (1.35 - 1) / 1
    assertThat(forgetting.retention(1, 1)).isCloseTo(0.35, within(1e-15));
  }

  @Test
  void retentionIsTheFallOfTheProbabilityOfALongRun() {
    RunLengths twin = new RunLengths(new Dirichlet(2, 1), 0.1, 50);
    Forgetting forgetting = new ChangeForgetting(new RunLengths(new Dirichlet(2, 1), 0.1, 50), 3);
    for (int i = 0; i < 20; i++) {
      twin.learn(1);
      forgetting.retention(1, 1);
    }
    double before = 1 - twin.probabilityWithin(3);
    twin.learn(0);
    double after = 1 - twin.probabilityWithin(3);
    assertThat(after).isLessThan(before);
    // one observation is far below the mean length, which leaves the second ratio
    assertThat(forgetting.retention(0, 1)).isCloseTo(after / before, within(1e-12));
  }

  @Test
  void remembersASeriesWithoutChange() {
    NormalByState model = model(byChange());
    Random random = new Random(1);
    for (int i = 0; i < 400; i++) {
      model.learn(ONLY, random.nextGaussian());
    }
    assertThat(model.observations()).isBetween(300.0, 400.0);
  }

  @Test
  void dropsWhatLiesBeforeAChange() {
    NormalByState model = model(byChange());
    NormalByState slow = model(new ConstantForgetting(1 - 1 / 400.0));
    Random random = new Random(2);
    for (int i = 0; i < 400; i++) {
      double value = random.nextGaussian();
      model.learn(ONLY, value);
      slow.learn(ONLY, value);
    }
    for (int i = 0; i < 20; i++) {
      double value = 4 + random.nextGaussian();
      model.learn(ONLY, value);
      slow.learn(ONLY, value);
    }
    // four standard errors of a mean of twenty values: 4 / sqrt(20) = 0.9
    assertThat(model.predict(ONLY).location()).isCloseTo(4, within(0.9));
    assertThat(model.observations()).isBetween(10.0, 25.0);
    // with constant forgetting: 4 * 20 / (20 + 250) = 0.3
    assertThat(slow.predict(ONLY).location()).isLessThan(1);
  }

  @Test
  void forecastsBetterThanAnyConstantForgettingWhereTheSeriesJumps() {
    double byChange = logLoss(byChange());
    for (double retention : new double[] {0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 1}) {
      assertThat(byChange).isLessThan(logLoss(new ConstantForgetting(retention)));
    }
  }

  private static double logLoss(Forgetting forgetting) {
    NormalByState model = model(forgetting);
    Random random = new Random(3);
    double loss = 0;
    for (int i = 0; i < 4000; i++) {
      double value = random.nextGaussian() + (i / 400 % 2 == 0 ? -2 : 2);
      loss -= model.predict(ONLY).logDensity(value);
      model.learn(ONLY, value);
    }
    return loss / 4000;
  }

  @Test
  void goesOnFromItsBytesToTheLastBit() {
    NormalByState model = model(byChange());
    Random random = new Random(4);
    for (int i = 0; i < 150; i++) {
      model.learn(ONLY, random.nextGaussian());
    }
    NormalByState restored = NormalByState.restore(model.state());
    for (int i = 0; i < 50; i++) {
      double value = random.nextGaussian();
      model.learn(ONLY, value);
      restored.learn(ONLY, value);
    }
    assertThat(restored.state()).isEqualTo(model.state());
  }
}

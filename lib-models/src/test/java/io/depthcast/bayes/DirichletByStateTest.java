package io.depthcast.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DirichletByStateTest {

  private static DirichletByState model(int states, double retention) {
    return new DirichletByState(states, new Dirichlet(3, 1), new ConstantForgetting(retention));
  }

  private static double[] forecast(OnlineClassifier model, double... row) {
    double[] out = new double[model.classes()];
    model.probabilities(row, out);
    return out;
  }

  @Test
  void forecastsThePriorsMeanBeforeTheFirstOutcome() {
    assertThat(forecast(model(2, 0.5), 1)).containsExactly(1 / 3.0, 1 / 3.0, 1 / 3.0);
    assertThat(model(2, 0.5).observations()).isZero();
  }

  @Test
  void learnsByState() {
    DirichletByState model = model(2, 1);
    model.learn(new double[] {0}, 2);
    model.learn(new double[] {1}, 0);
    model.learn(new double[] {0}, 2);
    // state 0: counts 0, 0, 2 on a prior of 1, 1, 1: 1/5, 1/5, 3/5; state 1: 2/4, 1/4, 1/4
    assertThat(forecast(model, 0)).containsExactly(0.2, 0.2, 0.6);
    assertThat(forecast(model, 1)).containsExactly(0.5, 0.25, 0.25);
    assertThat(model.observations()).isEqualTo(3);
  }

  @Test
  void eachOutcomeHalvesTheWeightOfTheEarlierOnesInAllStates() {
    DirichletByState model = model(2, 0.5);
    model.learn(new double[] {0}, 2);
    model.learn(new double[] {1}, 0);
    model.learn(new double[] {0}, 1);
    // state 0: 2 weighs 1/4, 1 weighs 1: (1, 2, 1.25) / 4.25; state 1: 0 weighs 1/2: (1.5, 1,
    // 1)/3.5
    assertThat(forecast(model, 0)).containsExactly(1 / 4.25, 2 / 4.25, 1.25 / 4.25);
    assertThat(forecast(model, 1)).containsExactly(1.5 / 3.5, 1 / 3.5, 1 / 3.5);
    assertThat(model.observations()).isEqualTo(1.75);
  }

  @Test
  void isTheSumOfWeightedCounts() {
    double retention = 0.9;
    DirichletByState model = model(3, retention);
    Random random = new Random(1);
    List<int[]> seen = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      int[] row = {random.nextInt(3), random.nextInt(3)};
      seen.add(row);
      model.learn(new double[] {row[0]}, row[1]);
    }
    for (int state = 0; state < 3; state++) {
      double[] expected = {1, 1, 1};
      for (int i = 0; i < seen.size(); i++) {
        if (seen.get(i)[0] == state) {
          expected[seen.get(i)[1]] += Math.pow(retention, seen.size() - 1 - i);
        }
      }
      double sum = Arrays.stream(expected).sum();
      double[] actual = forecast(model, state);
      for (int c = 0; c < 3; c++) {
        assertThat(actual[c]).isCloseTo(expected[c] / sum, within(1e-12));
      }
    }
  }

  @Test
  void recoversTheProbabilitiesOfEachState() {
    double[][] truth = {{0.7, 0.2, 0.1}, {0.1, 0.3, 0.6}};
    DirichletByState model = model(2, 1);
    Random random = new Random(2);
    for (int i = 0; i < 20_000; i++) {
      int state = random.nextInt(2);
      double u = random.nextDouble();
      int label = u < truth[state][0] ? 0 : u < truth[state][0] + truth[state][1] ? 1 : 2;
      model.learn(new double[] {state}, label);
    }
    for (int state = 0; state < 2; state++) {
      double[] actual = forecast(model, state);
      for (int c = 0; c < 3; c++) {
        // four standard errors of a share in 10,000 rows are at most 4 * sqrt(.25 / 10,000) = 0.02
        assertThat(actual[c]).isCloseTo(truth[state][c], within(0.02));
      }
    }
  }

  @Test
  void forgettingFollowsADrift() {
    DirichletByState forgets = model(1, 0.99);
    DirichletByState remembers = model(1, 1);
    Random random = new Random(3);
    double[] row = {0};
    double lossForgets = 0;
    double lossRemembers = 0;
    for (int i = 0; i < 4000; i++) {
      double up = 0.5 + 0.4 * Math.sin(2 * Math.PI * i / 2000);
      int label = random.nextDouble() < up ? 2 : 0;
      lossForgets -= Math.log(forecast(forgets, row)[label]);
      lossRemembers -= Math.log(forecast(remembers, row)[label]);
      forgets.learn(row, label);
      remembers.learn(row, label);
    }
    // the entropy of the truth is about 0.58 a row, that of its mean ln 2 = 0.69
    assertThat(lossRemembers / 4000).isGreaterThan(0.68);
    assertThat(lossForgets / 4000).isLessThan(0.63);
    // 1 / (1 - 0.99)
    assertThat(forgets.observations()).isCloseTo(100, within(1e-9));
  }

  @Test
  void goesOnFromItsBytesToTheLastBit() {
    DirichletByState model = model(2, 0.9);
    for (int i = 0; i < 20; i++) {
      model.learn(new double[] {i % 2}, i % 3);
    }
    byte[] early = model.state();
    DirichletByState restored = DirichletByState.restore(early);
    assertThat(restored.state()).isEqualTo(early);
    model.learn(new double[] {1}, 2);
    restored.learn(new double[] {1}, 2);
    assertThat(restored.state()).isEqualTo(model.state()).hasSameSizeAs(early);
    assertThat(forecast(restored, 1)).isEqualTo(forecast(model, 1));
  }

  @Test
  void aForecastChangesNothing() {
    DirichletByState model = model(2, 0.9);
    byte[] before = model.state();
    forecast(model, 1);
    assertThat(model.state()).isEqualTo(before);
  }

  @Test
  void refusesWhatItCannotLearn() {
    DirichletByState model = model(2, 0.9);
    byte[] before = model.state();
    assertThatThrownBy(() -> model.learn(new double[] {2}, 0))
        .hasMessage("Invalid state: 2.0 (must be a whole number from 0 to 1)");
    assertThatThrownBy(() -> model.learn(new double[] {Double.NaN}, 0))
        .hasMessage("Invalid state: NaN (must be a whole number from 0 to 1)");
    assertThatThrownBy(() -> model.learn(new double[] {0, 1}, 0))
        .hasMessage("Invalid row: 2 values (must be 1, the state)");
    assertThatThrownBy(() -> model.learn(new double[] {0}, 3))
        .hasMessage("Invalid class: 3.0 (must be 0 to 2)");
    assertThatThrownBy(() -> model.probabilities(new double[] {0}, new double[2]))
        .hasMessage("Invalid out: 2 values (must be 3)");
    assertThat(model.state()).isEqualTo(before);
  }

  @Test
  void refusesDamagedBytes() {
    byte[] state = model(2, 0.9).state();
    assertThatThrownBy(() -> DirichletByState.restore(Arrays.copyOf(state, state.length - 1)))
        .hasMessageStartingWith("Invalid dirichlet_by_state state: ")
        .hasMessageContaining("damaged");
    assertThatThrownBy(() -> DirichletByState.restore(Arrays.copyOf(state, state.length + 1)))
        .hasMessageContaining("damaged");
    assertThatThrownBy(() -> NormalByState.restore(state)).hasMessageContaining("of another model");
  }

  @Test
  void refusesSettingsOutOfRange() {
    assertThatThrownBy(() -> model(0, 0.9)).hasMessage("Invalid states: 0 (must be 1 or more)");
    assertThatThrownBy(() -> model(1, 0))
        .hasMessage("Invalid retention: 0.0 (must be above 0, at most 1)");
    assertThatThrownBy(() -> new Dirichlet(1, 1))
        .hasMessage("Invalid classes: 1 (must be 2 or more)");
    assertThatThrownBy(() -> new Dirichlet(3, 0))
        .hasMessage("Invalid strength: 0.0 (must be finite and above 0)");
  }
}

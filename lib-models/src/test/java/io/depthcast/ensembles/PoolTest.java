package io.depthcast.ensembles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.depthcast.ensembles.Average.Weighting;
import io.depthcast.linear.Majority;
import org.junit.jupiter.api.Test;

class PoolTest {

  private static final double[] FORECASTS = {0.8, 0.1, 0.1, 0.2, 0.4, 0.4};

  /** 3/4 * 0.8 + 1/4 * 0.2 = 0.65, 3/4 * 0.1 + 1/4 * 0.4 = 0.175. */
  @Test
  void meanOfProbabilities() {
    assertThat(Pool.LINEAR.combine(FORECASTS, new double[] {0.75, 0.25}))
        .containsExactly(new double[] {0.65, 0.175, 0.175}, within(1e-15));
  }

  /** Geometric means sqrt(0.16) = 0.4, sqrt(0.04) = 0.2, 0.2; divided by their sum 0.8. */
  @Test
  void meanOfLogProbabilities() {
    assertThat(Pool.LOGARITHMIC.combine(FORECASTS, new double[] {0.5, 0.5}))
        .containsExactly(new double[] {0.5, 0.25, 0.25}, within(1e-15));
  }

  /** Means of the logarithms ln(1e-15) / 2 twice, ln(1e-15): as 1 to 1 to sqrt(1e-15). */
  @Test
  void aProbabilityOfZeroIsNoVeto() {
    double[] sure = {1, 0, 0, 0, 1, 0};
    assertThat(Pool.LOGARITHMIC.combine(sure, new double[] {0.5, 0.5}))
        .containsExactly(new double[] {0.5, 0.5, Math.sqrt(1e-15) / 2}, within(1e-8));
  }

  /** Log losses 0.5 and 1: 2 to 1. */
  @Test
  void weightsByInverseLogLoss() {
    Average average = new Average("a", Pool.LINEAR, Weighting.INVERSE_LOG_LOSS);
    assertThat(average.weights(new double[] {0.5, 1}))
        .containsExactly(new double[] {2.0 / 3, 1.0 / 3}, within(1e-15));
    assertThat(new Average("a", Pool.LINEAR, Weighting.EQUAL).weights(new double[] {0.5, 1}))
        .containsExactly(0.5, 0.5);
  }

  @Test
  void inputsOfAStackerAreLogarithms() {
    assertThat(Stack.inputs(new double[] {1, Math.exp(-2), 0, Double.NaN}))
        .containsExactly(0f, -2f, (float) Math.log(1e-15), Float.NaN);
  }

  @Test
  void refusesParametersOutOfRange() {
    assertThatThrownBy(() -> new Hedge("h", 0, 0, 0))
        .hasMessage("Invalid rate: 0.0 (must be above 0 and at most 10)");
    assertThatThrownBy(() -> new Hedge("h", 1, 0.6, 0)).hasMessageContaining("Invalid share: 0.6");
    assertThatThrownBy(() -> new Hedge("h", 1, 0, -1)).hasMessageContaining("Invalid delayMs: -1");
    assertThatThrownBy(() -> new Stack("s", new Majority(), 0.7))
        .hasMessage("Invalid validationShare: 0.7 (must be 0 to 0.5)");
  }
}

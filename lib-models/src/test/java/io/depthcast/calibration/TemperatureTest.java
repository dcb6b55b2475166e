package io.depthcast.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.depthcast.scores.ForecastScore;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TemperatureTest {

  /**
   * Classes drawn from probabilities, which are then made surer: p^2, as by a temperature of 0.5.
   */
  @Test
  void findsTheTemperatureThatMakesASureForecastHonest() {
    SplittableRandom random = new SplittableRandom(3);
    int rows = 40_000;
    double[][] p = new double[3][rows];
    byte[] truth = new byte[rows];
    for (int i = 0; i < rows; i++) {
      double[] w = {random.nextDouble(), random.nextDouble(), random.nextDouble()};
      double sum = w[0] + w[1] + w[2];
      double draw = random.nextDouble() * sum;
      truth[i] = (byte) (draw < w[0] ? 0 : draw < w[0] + w[1] ? 1 : 2);
      double squares = w[0] * w[0] + w[1] * w[1] + w[2] * w[2];
      for (int c = 0; c < 3; c++) {
        p[c][i] = w[c] * w[c] / squares;
      }
    }
    double lossBefore = ForecastScore.LOG_LOSS.of(truth, p);
    double errorBefore = ForecastScore.CALIBRATION_ERROR.of(truth, p);
    double accuracyBefore = ForecastScore.ACCURACY.of(truth, p);
    Temperature temperature = Temperature.fit(truth, p);
    temperature.apply(p);

    // the estimate's standard error is about 0.02 here: (slope's sd / sqrt n) over the curvature
    assertThat(temperature.value()).isCloseTo(2, within(0.1));
    assertThat(ForecastScore.LOG_LOSS.of(truth, p)).isLessThan(lossBefore);
    assertThat(ForecastScore.CALIBRATION_ERROR.of(truth, p)).isLessThan(errorBefore / 4);
    assertThat(ForecastScore.ACCURACY.of(truth, p)).isEqualTo(accuracyBefore);
  }

  /** 0.8, 0.1, 0.1 at T = 2: square roots 0.894427, 0.316228 twice, sum 1.526883. */
  @Test
  void raisesProbabilitiesToOneOverT() {
    double[][] p = {{0.8}, {0.1}, {0.1}};
    new Temperature(2).apply(p);
    assertThat(p[0][0]).isCloseTo(0.585786, within(1e-6));
    assertThat(p[1][0]).isEqualTo(p[2][0]).isCloseTo(0.207107, within(1e-6));
  }

  @Test
  void aForecastThatIsAlwaysRightGetsAsSureAsItMay() {
    byte[] truth = {0, 1, 2};
    double[][] p = {{0.5, 0.2, 0.2}, {0.25, 0.6, 0.2}, {0.25, 0.2, 0.6}};
    assertThat(Temperature.fit(truth, p).value()).isCloseTo(Temperature.LEAST, within(1e-9));
  }

  @Test
  void aForecastThatIsAlwaysWrongGetsAsUnsureAsItMay() {
    byte[] truth = {1, 2, 0};
    double[][] p = {{0.5, 0.2, 0.2}, {0.25, 0.6, 0.2}, {0.25, 0.2, 0.6}};
    assertThat(Temperature.fit(truth, p).value()).isCloseTo(Temperature.MOST, within(1e-9));
  }

  @Test
  void withoutRowsNothingIsChanged() {
    assertThat(Temperature.fit(new byte[0], new double[3][0])).isEqualTo(Temperature.NONE);
  }

  @Test
  void aProbabilityOfZeroIsNoTrouble() {
    double[][] p = {{1, 1}, {0, 0}, {0, 0}};
    Temperature temperature = Temperature.fit(new byte[] {0, 1}, p);
    temperature.apply(p);
    assertThat(p[0][0] + p[1][0] + p[2][0]).isCloseTo(1, within(1e-15));
    assertThat(p[1][1]).isPositive();
  }

  @Test
  void refusesATemperatureOutOfItsRange() {
    assertThatThrownBy(() -> new Temperature(0))
        .hasMessage("Invalid temperature: 0.0 (must be 0.05 to 20.0)");
  }
}

package io.depthcast.jobs.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;
import org.junit.jupiter.api.Test;

class RankCorrelationTest {

  @Test
  void putsEqualValuesAtTheirMeanRank() {
    // Ranks of x: 1.5, 1.5, 3, 4; of y: 1, 2.5, 2.5, 4; means 2.5. Products of the deviations:
    // 1.5 + 0 + 0 + 2.25 = 3.75; squares 1 + 1 + 0.25 + 2.25 = 4.5 and 2.25 + 2.25 = 4.5.
    double[] x = {5, 5, 7, 9};
    double[] y = {1, 2, 2, 3};
    assertThat(RankCorrelation.of(Codes.of(x), Codes.of(y)).value())
        .isCloseTo(3.75 / 4.5, within(1e-12));
  }

  @Test
  void leavesOutRowsWithoutOneOfThem() {
    double[] x = {Double.NaN, 5, 5, 100, 7, 9};
    double[] y = {50, 1, 2, Double.NaN, 2, 3};
    RankCorrelation correlation = RankCorrelation.of(Codes.of(x), Codes.of(y));
    assertThat(correlation.n()).isEqualTo(4);
    assertThat(correlation.value()).isCloseTo(3.75 / 4.5, within(1e-12));
    assertThat(RankCorrelation.value(Codes.of(x), Codes.of(y), 1, 6))
        .isEqualTo(correlation.value());
  }

  @Test
  void isNoneWhereASideHasOneValue() {
    double[] x = {1, 1, 1, 1};
    double[] y = {1, 2, 3, 4};
    RankCorrelation correlation = RankCorrelation.of(Codes.of(x), Codes.of(y));
    assertThat(correlation.value()).isNaN();
    assertThat(correlation.influence()).isEmpty();
    // Zeros of either sign are one value.
    assertThat(Codes.of(new double[] {0.0, -0.0}).distinct()).isEqualTo(1);
  }

  @Test
  void isSpearmansOfTheApacheLibrary() {
    double[][] columns = columns(500, 11);
    double expected = new SpearmansCorrelation().correlation(columns[0], columns[1]);
    Codes x = Codes.of(columns[0]);
    Codes y = Codes.of(columns[1]);
    assertThat(RankCorrelation.of(x, y).value()).isCloseTo(expected, within(1e-12));
    assertThat((double) RankMatrix.of(List.of(x, y)).correlations()[0])
        .isCloseTo(expected, within(1e-6));
  }

  /** The derivative, by counting a row a little more than once in the definition. */
  @Test
  void influenceIsTheDerivativeByTheWeightOfARow() {
    double[][] columns = columns(60, 5);
    RankCorrelation correlation = RankCorrelation.of(Codes.of(columns[0]), Codes.of(columns[1]));
    double step = 1e-6;
    for (int row = 0; row < 60; row += 7) {
      double[] weights = new double[60];
      Arrays.fill(weights, (1 - step) / 60);
      weights[row] += step;
      double more = weighted(columns[0], columns[1], weights);
      weights[row] -= 2 * step;
      for (int i = 0; i < 60; i++) {
        weights[i] += 2 * step / 60;
      }
      double less = weighted(columns[0], columns[1], weights);
      assertThat(correlation.influence()[row]).isCloseTo((more - less) / (2 * step), within(1e-5));
    }
    assertThat(Arrays.stream(correlation.influence()).sum()).isCloseTo(0, within(1e-9));
  }

  /** The definition with weights that add up to 1, in a loop over all pairs of rows. */
  private static double weighted(double[] x, double[] y, double[] weights) {
    double[] u = below(x, weights);
    double[] v = below(y, weights);
    double products = 0;
    double squaresU = 0;
    double squaresV = 0;
    for (int i = 0; i < x.length; i++) {
      products += weights[i] * (u[i] - 0.5) * (v[i] - 0.5);
      squaresU += weights[i] * (u[i] - 0.5) * (u[i] - 0.5);
      squaresV += weights[i] * (v[i] - 0.5) * (v[i] - 0.5);
    }
    return products / Math.sqrt(squaresU * squaresV);
  }

  private static double[] below(double[] x, double[] weights) {
    double[] shares = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < x.length; j++) {
        shares[i] += weights[j] * (x[j] < x[i] ? 1 : x[j] == x[i] ? 0.5 : 0);
      }
    }
    return shares;
  }

  /** Two columns that go together, with ties. */
  private static double[][] columns(int rows, long seed) {
    Random random = new Random(seed);
    double[][] columns = new double[2][rows];
    for (int i = 0; i < rows; i++) {
      // Plus zero: the library takes -0.0 and 0.0 for two values.
      columns[0][i] = Math.rint(4 * random.nextGaussian()) + 0.0;
      columns[1][i] = Math.rint(columns[0][i] + 5 * random.nextGaussian()) + 0.0;
    }
    return columns;
  }
}

package io.depthcast.jobs.replicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.depthcast.jobs.replicate.Regression.Component;
import io.depthcast.jobs.replicate.Regression.Line;
import java.util.Random;
import org.apache.commons.math3.stat.regression.OLSMultipleLinearRegression;
import org.junit.jupiter.api.Test;

class RegressionTest {

  @Test
  void fitsALineByHand() {
    Regression sums = new Regression(2);
    for (double[] xy : new double[][] {{1, 2}, {2, 2}, {3, 5}}) {
      sums.add(xy);
    }
    sums.add(new double[] {Double.NaN, 7});
    // means 2 and 3; slope (1*1 + 0 + 1*2)/2 = 1.5; constant 3 - 3 = 0
    Line line = sums.fit(1, 0);
    assertThat(sums.n()).isEqualTo(3);
    assertThat(line.slopes()[0]).isCloseTo(1.5, within(1e-12));
    assertThat(line.constant()).isCloseTo(0, within(1e-12));
    // errors 0.5, -1, 0.5: 1.5 of 6
    assertThat(sums.explained(1, 0)).isCloseTo(0.75, within(1e-12));
  }

  @Test
  void scoresALineOnOtherRows() {
    Regression train = new Regression(2);
    train.add(new double[] {0, 0});
    train.add(new double[] {1, 1});
    Regression test = new Regression(2);
    test.add(new double[] {0, 1});
    test.add(new double[] {1, 0});
    // y = x fitted; errors 1 and -1 against deviations of 1/2: 1 - 2 / 0.5
    assertThat(test.explained(train.fit(1, 0), 1)).isCloseTo(-3, within(1e-12));
  }

  @Test
  void equalsOrdinaryLeastSquaresOnTheRows() {
    Random random = new Random(1);
    int n = 400;
    double[][] x = new double[n][3];
    double[] y = new double[n];
    Regression sums = new Regression(4);
    for (int i = 0; i < n; i++) {
      x[i] = new double[] {random.nextGaussian() + 5, 10 * random.nextGaussian(), 0};
      x[i][2] = 0.9 * x[i][0] + 0.1 * random.nextGaussian();
      y[i] = 3 - 2 * x[i][0] + 0.4 * x[i][1] + x[i][2] + random.nextGaussian();
      sums.add(new double[] {x[i][0], x[i][1], x[i][2], y[i]});
    }
    OLSMultipleLinearRegression naive = new OLSMultipleLinearRegression();
    naive.newSampleData(y, x);
    double[] beta = naive.estimateRegressionParameters();
    Line line = sums.fit(3, 0, 1, 2);
    assertThat(line.constant()).isCloseTo(beta[0], within(1e-8));
    for (int i = 0; i < 3; i++) {
      assertThat(line.slopes()[i]).isCloseTo(beta[i + 1], within(1e-8));
    }
    assertThat(sums.explained(line, 3)).isCloseTo(naive.calculateRSquared(), within(1e-10));
  }

  @Test
  void theFirstComponentIsTheDirectionOfMostVariance() {
    Random random = new Random(2);
    Regression sums = new Regression(2);
    for (int i = 0; i < 20_000; i++) {
      double common = random.nextGaussian();
      sums.add(
          new double[] {
            -3 * common + 0.1 * random.nextGaussian(), -4 * common + 0.1 * random.nextGaussian()
          });
    }
    Component component = sums.firstComponent(0, 1);
    // (3, 4) / 5; variance 25 + 0.01 along it of 25 + 0.02
    assertThat(component.weights()[0]).isCloseTo(0.6, within(1e-3));
    assertThat(component.weights()[1]).isCloseTo(0.8, within(1e-3));
    assertThat(component.share()).isCloseTo(25.01 / 25.02, within(1e-4));
  }
}

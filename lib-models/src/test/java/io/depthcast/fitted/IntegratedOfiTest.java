package io.depthcast.fitted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.depthcast.features.Window;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IntegratedOfiTest {

  private static final IntegratedOfi TWO = new IntegratedOfi(2, Window.events(50), false);

  @Test
  void weighsByTheDirectionInWhichTheLevelsVaryMost() {
    // Around the mean (10, -3): +-2 (2, 1) and +-1 (-1, 2), which are at right angles. Most varies
    // along (2, 1); over |2| + |1| that is (2/3, 1/3).
    FittedFeature fitted = fit(TWO, new double[][] {{14, -1}, {6, -5}, {9, -1}, {11, -5}});
    assertThat(fitted.numbers()[0]).isCloseTo(2 / 3.0, within(1e-15));
    assertThat(fitted.numbers()[1]).isCloseTo(1 / 3.0, within(1e-15));
    // 2/3 * 6 + 1/3 * -9
    assertThat(fitted.value(new double[] {6, -9})).isCloseTo(1, within(1e-14));
  }

  @Test
  void weighsWithASignWhereLevelsMoveAgainstEachOther() {
    // +-(3, -1): weights (3, -1) / 4, positive on the whole.
    assertThat(fit(TWO, new double[][] {{3, -1}, {-3, 1}}).numbers())
        .containsExactly(new double[] {0.75, -0.25}, within(1e-15));
    // +-(1, -1): the sum is 0, the first is positive.
    assertThat(fit(TWO, new double[][] {{-1, 1}, {1, -1}}).numbers())
        .containsExactly(new double[] {0.5, -0.5}, within(1e-15));
  }

  @Test
  void weighsAlikeWhereNothingVaries() {
    assertThat(fit(TWO, new double[][] {{5, 7}, {5, 7}}).numbers()).containsExactly(0.5, 0.5);
    assertThat(TWO.start().finish().numbers()).containsExactly(0.5, 0.5);
  }

  @Test
  void agreesWithPowerIteration() {
    IntegratedOfi ten = new IntegratedOfi(10, Window.milliseconds(500), true);
    double[][] rows = correlated(500, 3);
    double[] twin = powerIteration(rows);
    double[] weights = fit(ten, rows).numbers();
    for (int m = 0; m < 10; m++) {
      assertThat(weights[m]).isCloseTo(twin[m], within(1e-9));
    }
    // The same rows give the same bits.
    assertThat(fit(ten, rows).numbers()).containsExactly(weights);
  }

  /** Ten columns that share a factor, the more the deeper, far from 0. */
  private static double[][] correlated(int rows, long seed) {
    Random random = new Random(seed);
    double[][] all = new double[rows][10];
    for (double[] row : all) {
      double factor = random.nextGaussian();
      Arrays.setAll(row, m -> 1000 + (1 + m) * factor + 3 * random.nextGaussian());
    }
    return all;
  }

  /** The covariance in two passes, then v <- C v / |C v| until it stands. */
  private static double[] powerIteration(double[][] rows) {
    int n = rows[0].length;
    double[] mean = new double[n];
    for (double[] row : rows) {
      for (int i = 0; i < n; i++) {
        mean[i] += row[i] / rows.length;
      }
    }
    double[] v = new double[n];
    Arrays.fill(v, 1);
    for (int step = 0; step < 2000; step++) {
      double[] next = new double[n];
      for (double[] row : rows) {
        double dot = 0;
        for (int i = 0; i < n; i++) {
          dot += (row[i] - mean[i]) * v[i];
        }
        for (int i = 0; i < n; i++) {
          next[i] += (row[i] - mean[i]) * dot;
        }
      }
      double l1 = Arrays.stream(next).map(Math::abs).sum();
      Arrays.setAll(v, i -> next[i] / l1);
    }
    return v;
  }

  @Test
  void isRestoredFromItsNumbersToTheLastBit() {
    IntegratedOfi ten = new IntegratedOfi(10, Window.events(1), false);
    FittedFeature fitted = fit(ten, correlated(50, 4));
    FittedFeature restored = ten.restore(fitted.numbers());
    for (double[] row : correlated(50, 5)) {
      assertThat(restored.value(row)).isEqualTo(fitted.value(row));
    }
    assertThatThrownBy(() -> TWO.restore(new double[] {0.5, 0.4}))
        .hasMessage("Invalid weights: [0.5, 0.4] (must be 2, the sum of their absolute values 1)");
    assertThatThrownBy(() -> TWO.restore(new double[] {Double.NaN, 0.4}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void readsTheColumnsOfItsLevels() {
    assertThat(TWO.requires()).containsExactly("ofi_1_50e", "ofi_2_50e");
    assertThat(TWO.produces().name()).isEqualTo("integrated_ofi_50e");
    IntegratedOfi scaled = new IntegratedOfi(3, Window.milliseconds(500), true);
    assertThat(scaled.requires())
        .containsExactly("scaled_ofi_1_500ms", "scaled_ofi_2_500ms", "scaled_ofi_3_500ms");
    assertThat(scaled.produces().name()).isEqualTo("integrated_scaled_ofi_500ms");
    assertThat(new IntegratedOfi(2, Window.events(1), false).produces().name())
        .isEqualTo("integrated_ofi");
  }

  private static FittedFeature fit(IntegratedOfi family, double[][] rows) {
    FeatureFit fit = family.start();
    for (double[] row : rows) {
      fit.add(row, false);
    }
    return fit.finish();
  }
}

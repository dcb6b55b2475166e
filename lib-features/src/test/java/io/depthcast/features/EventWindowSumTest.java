package io.depthcast.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventWindowSumTest {

  @Test
  void sumsTheLastValues() {
    double[] values = {1, 20, 300, 4000, 50000};
    new EventWindowSum(3).slide(1, values, 5);
    // 1+20+300, 20+300+4000, 300+4000+50000; the first two windows are not whole
    assertThat(values).containsExactly(Double.NaN, Double.NaN, 321, 4320, 54300);
  }

  @Test
  void aWindowOfOneGivesTheValues() {
    double[] values = {3, Double.NaN, 5};
    new EventWindowSum(1).slide(7, values, 3);
    assertThat(values).containsExactly(3, Double.NaN, 5);
  }

  @Test
  void aNaNIsInExactlyTheWindowsThatHoldIt() {
    for (int at = 0; at < 12; at++) {
      double[] values = new double[20];
      Arrays.fill(values, 1);
      values[at] = Double.NaN;
      new EventWindowSum(4).slide(0, values, 20);
      for (int n = 3; n < 20; n++) {
        boolean holds = at <= n && at > n - 4;
        assertThat(values[n])
            .as("NaN at %s, row %s", at, n)
            .matches(sum -> holds ? Double.isNaN(sum) : sum == 4);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 64, 1000})
  void equalsTheSumOverTheWindowWithinRounding(int window) {
    double[] values = values(5000);
    double[] sums = values.clone();
    new EventWindowSum(window).slide(1, sums, sums.length);
    for (int n = window - 1; n < values.length; n++) {
      double sum = 0;
      double size = 0;
      for (int i = n - window + 1; i <= n; i++) {
        sum += values[i];
        size += Math.abs(values[i]);
      }
      // Each order of summing w numbers errs by at most w * 2^-53 of the sum of their sizes.
      assertThat(sums[n]).isCloseTo(sum, within(2.0 * window * 0x1p-53 * size));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 64, 1000})
  void dependsOnTheWindowAndItsPlaceOnly(int window) {
    double[] values = values(5000);
    double[] whole = values.clone();
    new EventWindowSum(window).slide(1, whole, whole.length);
    Random random = new Random(2);
    for (int trial = 0; trial < 50; trial++) {
      int start = random.nextInt(4000);
      double[] part = Arrays.copyOfRange(values, start, 5000);
      EventWindowSum sum = new EventWindowSum(window);
      int row = 0;
      while (row < part.length) {
        int end = Math.min(part.length, row + 1 + random.nextInt(700));
        double[] batch = Arrays.copyOfRange(part, row, end);
        sum.slide(1 + start + row, batch, batch.length);
        System.arraycopy(batch, 0, part, row, batch.length);
        row = end;
      }
      assertThat(Arrays.copyOfRange(part, window - 1, part.length))
          .as("start %s", start)
          .isEqualTo(Arrays.copyOfRange(whole, start + window - 1, 5000));
      assertThat(Arrays.copyOf(part, window - 1)).isEqualTo(nans(window - 1));
    }
  }

  @Test
  void refusesAnEmptyWindow() {
    assertThatThrownBy(() -> new EventWindowSum(0)).hasMessage("Invalid window: 0 (must be >= 1)");
  }

  private static double[] nans(int length) {
    double[] nans = new double[length];
    Arrays.fill(nans, Double.NaN);
    return nans;
  }

  /** Magnitudes from 1e-6 to 1e6, so that rounding depends on the order of the sum. */
  private static double[] values(int length) {
    Random random = new Random(1);
    return random
        .doubles(length)
        .map(value -> (value - 0.5) * Math.pow(10, random.nextInt(12) - 6.0))
        .toArray();
  }
}

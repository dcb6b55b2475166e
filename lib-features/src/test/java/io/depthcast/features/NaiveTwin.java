package io.depthcast.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.IntToDoubleFunction;

/** Holds a column to a loop that says what its values are. */
final class NaiveTwin {

  private NaiveTwin() {}

  /**
   * Missing values are missing in both, the others differ by up to {@code error}, and there are
   * some.
   */
  static void assertEqual(
      String column, double[] actual, IntToDoubleFunction expected, double error) {
    int values = 0;
    for (int n = 0; n < actual.length; n++) {
      double value = expected.applyAsDouble(n);
      if (Double.isNaN(value)) {
        assertThat(actual[n]).as("%s, row %s", column, n).isNaN();
      } else {
        values++;
        assertThat(actual[n]).as("%s, row %s", column, n).isCloseTo(value, within(error));
      }
    }
    assertThat(values).as("values of %s", column).isGreaterThan(10);
  }
}

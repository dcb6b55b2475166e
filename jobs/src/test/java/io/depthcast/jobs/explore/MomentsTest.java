package io.depthcast.jobs.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MomentsTest {

  private static final double EXACT = 1e-12;

  @Test
  void areThoseOfTheirDefinition() {
    // 1, 2, 3, 10: mean 4, deviations -3, -2, -1, 6. Squares 9 + 4 + 1 + 36 = 50, cubes
    // -27 - 8 - 1 + 216 = 180, fourth powers 81 + 16 + 1 + 1296 = 1394.
    Moments moments = moments(1, 2, Double.NaN, 3, 10);
    assertThat(moments.rows()).isEqualTo(5);
    assertThat(moments.count()).isEqualTo(4);
    assertThat(moments.missingShare()).isEqualTo(0.2);
    assertThat(moments.mean()).isCloseTo(4, within(EXACT));
    assertThat(moments.standardDeviation()).isCloseTo(Math.sqrt(50 / 3.0), within(EXACT));
    assertThat(moments.skewness()).isCloseTo(45 / Math.pow(12.5, 1.5), within(EXACT));
    assertThat(moments.excessKurtosis()).isCloseTo(348.5 / 156.25 - 3, within(EXACT));
    assertThat(moments.min()).isEqualTo(1);
    assertThat(moments.max()).isEqualTo(10);
  }

  @Test
  void ofPartsAreThoseOfTheWhole() {
    Random random = new Random(3);
    double[] values = random.doubles(1000).map(u -> 500 + Math.exp(3 * u)).toArray();
    Moments joined = new Moments();
    joined.add(new Moments());
    joined.add(moments(Arrays.copyOfRange(values, 0, 1)));
    joined.add(moments(Arrays.copyOfRange(values, 1, 300)));
    joined.add(moments(Arrays.copyOfRange(values, 300, 1000)));
    Moments whole = moments(values);
    assertThat(joined.count()).isEqualTo(1000);
    assertThat(joined.mean()).isCloseTo(whole.mean(), within(1e-10));
    assertThat(joined.standardDeviation()).isCloseTo(whole.standardDeviation(), within(1e-10));
    assertThat(joined.skewness()).isCloseTo(whole.skewness(), within(1e-10));
    assertThat(joined.excessKurtosis()).isCloseTo(whole.excessKurtosis(), within(1e-10));
    assertThat(joined.max()).isEqualTo(whole.max());
  }

  @Test
  void ofOneValueHaveNoShape() {
    Moments constant = moments(0.1, 0.1, 0.1);
    assertThat(constant.skewness()).isNaN();
    assertThat(constant.excessKurtosis()).isNaN();
    assertThat(moments(Double.NaN).mean()).isNaN();
    assertThat(moments(Double.NaN).max()).isNaN();
    assertThat(moments(7).standardDeviation()).isNaN();
  }

  private static Moments moments(double... values) {
    Moments moments = new Moments();
    for (double value : values) {
      if (Double.isNaN(value)) {
        moments.addMissing();
      } else {
        moments.add(value);
      }
    }
    return moments;
  }
}

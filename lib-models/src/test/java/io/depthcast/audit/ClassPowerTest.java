package io.depthcast.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ClassPowerTest {

  @Test
  void isOneWhereTheValuesPartRisesFromFalls() {
    byte[] classes = {0, 1, 2, 0, 2};
    assertThat(ClassPower.of(new float[] {-1, 9, 1, -2, 2}, classes)).isEqualTo(1);
    assertThat(ClassPower.of(new float[] {1, -9, -1, 2, -2}, classes)).isEqualTo(1);
  }

  @Test
  void isZeroForAConstant() {
    assertThat(ClassPower.of(new float[5], new byte[] {0, 1, 2, 0, 2})).isZero();
  }

  @Test
  void countsPairs() {
    // ups 1 and 3, downs 0, 1 and 4: won 1 > 0, 3 > 0, 3 > 1, half of 1 = 1: A = 3.5 / 6
    byte[] classes = {2, 2, 0, 0, 0};
    assertThat(ClassPower.of(new float[] {1, 3, 0, 1, 4}, classes))
        .isCloseTo(2 * 3.5 / 6 - 1, within(1e-15));
  }

  @Test
  void isUnknownWithoutBothClasses() {
    assertThat(ClassPower.of(new float[] {1, 2}, new byte[] {1, 2})).isNaN();
  }
}

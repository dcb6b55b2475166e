package io.depthcast.scores;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RocAreaTest {

  @Test
  void countsThePairsInOrder() {
    // 0.35 above 0.1, 0.8 above 0.1 and 0.4: 3 of 4 pairs
    assertThat(RocArea.of(new double[] {0.8, 0.35}, new double[] {0.1, 0.4})).isEqualTo(0.75);
  }

  @Test
  void countsTiesHalf() {
    // pairs (1,1) half, (1,2) no, (2,1) yes, (2,2) half
    assertThat(RocArea.of(new double[] {1, 2}, new double[] {1, 2})).isEqualTo(0.5);
  }

  @Test
  void isNotKnownForOneClass() {
    assertThat(RocArea.of(new double[] {1, 2}, new double[0])).isNaN();
  }
}

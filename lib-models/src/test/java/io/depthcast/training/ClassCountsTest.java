package io.depthcast.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClassCountsTest {

  @Test
  void balancedWeightsGiveEachClassTheSameSay() {
    ClassCounts counts = new ClassCounts();
    for (int i = 0; i < 12; i++) {
      counts.add(-1 + i % 4, i < 2 ? 0 : i < 8 ? 1 : 2); // 2 down, 6 flat, 4 up
    }

    // 12 / (3 * 2), 12 / (3 * 6), 12 / (3 * 4)
    assertThat(counts.balancedWeight(0)).isEqualTo(2);
    assertThat(counts.balancedWeight(1)).isEqualTo(2.0 / 3);
    assertThat(counts.balancedWeight(2)).isEqualTo(1);
    assertThat(counts.rows()).isEqualTo(12);
    assertThat(counts.classesPresent()).isEqualTo(3);
    assertThat(counts.count(-1, 0)).isEqualTo(1);
  }

  @Test
  void aClassWithoutRowsWeighsOne() {
    ClassCounts counts = new ClassCounts();
    counts.add(0, 0);

    assertThat(counts.balancedWeight(2)).isEqualTo(1);
    assertThat(counts.classesPresent()).isEqualTo(1);
  }
}

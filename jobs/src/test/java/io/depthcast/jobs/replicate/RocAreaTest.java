package io.depthcast.jobs.replicate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RocAreaTest {

  @Test
  void countsThePairsInOrder() {
    double[] scores = {9, 0.1, 0.4, 0.35, 0.8, -9};
    boolean[] positive = {true, false, false, true, true, true};
    // Of rows 1 to 4: positives 0.35 and 0.8, negatives 0.1 and 0.4: 3 of 4 pairs in order
    assertThat(RocArea.of(scores, positive, 1, 5)).isEqualTo(0.75);
  }

  @Test
  void countsTiesHalf() {
    double[] scores = {1, 1, 2, 2};
    boolean[] positive = {true, false, true, false};
    // pairs (1,1) half, (1,2) no, (2,1) yes, (2,2) half
    assertThat(RocArea.of(scores, positive, 0, 4)).isEqualTo(0.5);
  }

  @Test
  void isNotKnownForOneClass() {
    assertThat(RocArea.of(new double[] {1, 2}, new boolean[] {true, true}, 0, 2)).isNaN();
  }
}

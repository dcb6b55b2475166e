package io.depthcast.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SuccessiveHalvingTest {

  /** 10 / 3 = 3 drawn ones in the second rung, 3 / 3 = 1 in the third; rows 1/9, 1/3 and all. */
  @Test
  void givesFewerCandidatesMoreRows() {
    SuccessiveHalving halving = new SuccessiveHalving(10, 3, 3);
    assertThat(halving.first()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    assertThat(new int[] {halving.drawn(0), halving.drawn(1), halving.drawn(2)})
        .containsExactly(10, 3, 1);
    assertThat(new int[] {halving.every(0), halving.every(1), halving.every(2)})
        .containsExactly(9, 3, 1);
    // with the base 11, 4 and 2 candidates on 2 folds
    assertThat(halving.fits(2)).isEqualTo(34);
  }

  @Test
  void keepsTheBestAndAlwaysTheBase() {
    SuccessiveHalving halving = new SuccessiveHalving(6, 2, 3);
    Map<Integer, Double> losses =
        new HashMap<>(Map.of(0, 9.0, 1, 1.05, 2, 1.01, 3, 1.02, 4, 1.04, 5, 1.03, 6, 1.06));
    assertThat(halving.next(0, losses)).containsExactly(0, 2, 3);
    losses.put(0, 0.5);
    assertThat(halving.next(0, losses)).containsExactly(0, 2, 3);
    assertThat(SuccessiveHalving.best(losses)).isEqualTo(0);
  }

  @Test
  void prefersTheLowerNumberOfEqualOnes() {
    SuccessiveHalving halving = new SuccessiveHalving(4, 2, 4);
    Map<Integer, Double> losses = Map.of(0, 2.0, 1, 2.0, 2, 1.0, 3, 1.0, 4, 1.0);
    assertThat(halving.next(0, losses)).containsExactly(0, 2);
    assertThat(SuccessiveHalving.best(losses)).isEqualTo(2);
  }

  @Test
  void refusesMoreRungsThanCandidatesCanFill() {
    assertThatThrownBy(() -> new SuccessiveHalving(8, 3, 3))
        .hasMessage("Invalid candidates: 8 (must be 9 or more for 3 rungs that keep one in 3)");
    assertThat(new SuccessiveHalving(9, 3, 3).drawn(2)).isEqualTo(1);
    assertThatThrownBy(() -> new SuccessiveHalving(0, 1, 3))
        .hasMessage("Invalid candidates: 0 (must be 1 to 10000)");
    assertThatThrownBy(() -> new SuccessiveHalving(5, 1, 1))
        .hasMessage("Invalid keepOneIn: 1 (must be 2 to 10)");
  }
}

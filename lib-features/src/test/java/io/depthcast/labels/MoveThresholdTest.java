package io.depthcast.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoveThresholdTest {

  // Sorted 1, 2, 4, 8. h = 3 q: 0 -> 1; 1 -> 2; 1.5 -> 2 + 0.5 * 2; 2.25 -> 4 + 0.25 * 4; 3 -> 8
  @ParameterizedTest
  @CsvSource({"0, 1", "0.3333333333333333, 2", "0.5, 3", "0.75, 5", "1, 8"})
  void interpolatesBetweenTheSortedMoves(double quantile, double threshold) {
    assertThat(MoveThreshold.fit(new double[] {8, 1, 4, 2}, quantile))
        .isCloseTo(threshold, within(1e-14));
  }

  @Test
  void isTheOnlyMoveThereIs() {
    assertThat(MoveThreshold.fit(new double[] {7}, 0.3)).isEqualTo(7);
  }

  @Test
  void leavesTheMovesAsTheyAre() {
    double[] moves = {3, 1, 2};
    assertThat(MoveThreshold.fit(moves, 0.5)).isEqualTo(2);
    assertThat(moves).containsExactly(3, 1, 2);
  }

  @Test
  void refusesWhatIsNoAbsoluteMove() {
    assertThatThrownBy(() -> MoveThreshold.fit(new double[] {1, Double.NaN}, 0.5))
        .hasMessage("Invalid absMoves: NaN (must be finite and not negative)");
    assertThatThrownBy(() -> MoveThreshold.fit(new double[] {1, -2}, 0.5))
        .hasMessage("Invalid absMoves: -2.0 (must be finite and not negative)");
    assertThatThrownBy(() -> MoveThreshold.fit(new double[] {1, Double.POSITIVE_INFINITY}, 0.5))
        .hasMessage("Invalid absMoves: Infinity (must be finite and not negative)");
    assertThatThrownBy(() -> MoveThreshold.fit(new double[0], 0.5))
        .hasMessage("Invalid absMoves: none (must be at least one)");
  }

  @Test
  void refusesAQuantileOutOfRange() {
    assertThatThrownBy(() -> MoveThreshold.fit(new double[] {1}, 1.1))
        .hasMessage("Invalid quantile: 1.1 (must be from 0 to 1)");
    assertThatThrownBy(() -> MoveThreshold.fit(new double[] {1}, Double.NaN))
        .hasMessage("Invalid quantile: NaN (must be from 0 to 1)");
  }

  @ParameterizedTest
  @CsvSource({"2.1, 1", "2, 0", "0, 0", "-2, 0", "-2.1, -1"})
  void aMoveIsUpOrDownBeyondTheThreshold(double move, int direction) {
    assertThat(MoveThreshold.direction(move, 2)).isEqualTo(direction);
  }

  @Test
  void aMissingMoveHasNoDirection() {
    assertThatThrownBy(() -> MoveThreshold.direction(Double.NaN, 2))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> MoveThreshold.direction(1, -1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

package io.depthcast.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TakerTest {

  private static final Taker TAKER = new Taker(5, 0.5, 0.25, 0);

  @Test
  void takesThePositionFromTheEnterEdgeOn() {
    assertThat(TAKER.target(0.5, 0)).isEqualTo(5);
    assertThat(TAKER.target(-0.5, 0)).isEqualTo(-5);
    assertThat(TAKER.target(-0.9, 5)).isEqualTo(-5);
  }

  @Test
  void leavesThePositionBelowTheExitEdge() {
    assertThat(TAKER.target(0.24, 5)).isZero();
    assertThat(TAKER.target(-0.24, 5)).isZero();
    assertThat(TAKER.target(0, -5)).isZero();
  }

  @Test
  void keepsThePositionBetweenTheEdgesAndWithoutForecast() {
    assertThat(TAKER.target(0.25, 5)).isEqualTo(5);
    assertThat(TAKER.target(-0.49, 5)).isEqualTo(5);
    assertThat(TAKER.target(0.49, 3)).isEqualTo(3);
    assertThat(TAKER.target(Double.NaN, -5)).isEqualTo(-5);
  }

  @Test
  void neverClosesOnAWeakSignalWithExitEdgeZero() {
    assertThat(new Taker(5, 0.5, 0, 0).target(0, 5)).isEqualTo(5);
  }

  @Test
  void refusesValuesOutOfRange() {
    assertThatThrownBy(() -> new Taker(0, 0.5, 0.1, 0))
        .hasMessage("Invalid size: 0.0 (must be > 0 and finite)");
    assertThatThrownBy(() -> new Taker(1, 0, 0, 0))
        .hasMessage("Invalid enterEdge: 0.0 (must be above 0 and up to 1)");
    assertThatThrownBy(() -> new Taker(1, 1.5, 0, 0))
        .hasMessage("Invalid enterEdge: 1.5 (must be above 0 and up to 1)");
    assertThatThrownBy(() -> new Taker(1, 0.5, 0.6, 0))
        .hasMessage("Invalid exitEdge: 0.6 (must be 0 to enterEdge, 0.5)");
    assertThatThrownBy(() -> new Taker(1, 0.5, 0.1, -1))
        .hasMessage("Invalid latencyUs: -1 (must be 0 to 60000000)");
  }
}

package io.depthcast.metrics;

import static io.depthcast.metrics.Fills.fill;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.depthcast.execution.Fill;
import io.depthcast.execution.TradeSide;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundTripTest {

  @Test
  void runsFromFlatToFlat() {
    // long 5 in two steps, out in two steps: -1 - 1 + 3 + 4 = 5; then short 2: -1 - 2 = -3
    List<Fill> fills =
        List.of(
            fill(10, 3, 100, 1, -1, 3),
            fill(11, 2, 100, 1, -1, 5),
            fill(15, -4, 100, 1, 3, 1),
            fill(20, -1, 100, 1, 4, 0),
            fill(30, -2, 100, 1, -1, -2),
            fill(32, 2, 100, 1, -2, 0));
    assertThat(RoundTrip.of(fills))
        .containsExactly(
            new RoundTrip(TradeSide.BUY, 10_000_000_000L, 20_000_000_000L, 5),
            new RoundTrip(TradeSide.SELL, 30_000_000_000L, 32_000_000_000L, -3));
  }

  @Test
  void endsAndBeginsWhereThePositionChangesSides() {
    // Sell 8 turns +5 into -3 and costs 4: 3/8 of it, 1.5, opens the short. Its pnl of 6 is 10 made
    // less 4, so the long ends with -1 + 6 + 1.5 = 6.5 and the short with -1.5 + 2 = 0.5.
    List<Fill> fills =
        List.of(
            fill(0, 5, 100, 1, -1, 5), //
            fill(4, -8, 100, 4, 6, -3),
            fill(6, 3, 100, 1, 2, 0));
    List<RoundTrip> trips = RoundTrip.of(fills);
    assertThat(trips).extracting(RoundTrip::side).containsExactly(TradeSide.BUY, TradeSide.SELL);
    assertThat(trips).extracting(RoundTrip::tsOpen).containsExactly(0L, 4_000_000_000L);
    assertThat(trips)
        .extracting(RoundTrip::tsClose)
        .containsExactly(4_000_000_000L, 6_000_000_000L);
    assertThat(trips.get(0).pnl()).isCloseTo(6.5, within(1e-12));
    assertThat(trips.get(1).pnl()).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void refusesFillsThatDoNotEndFlat() {
    assertThatThrownBy(() -> RoundTrip.of(List.of(fill(0, 5, 100, 0, 0, 5))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The fills end with a position of 5.0 (a slice ends flat)");
  }
}

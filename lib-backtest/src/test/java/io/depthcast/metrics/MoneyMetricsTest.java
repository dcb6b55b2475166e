package io.depthcast.metrics;

import static io.depthcast.metrics.Fills.fill;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.depthcast.costs.CostBreakdown;
import io.depthcast.execution.Fill;
import io.depthcast.execution.TradeSide;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class MoneyMetricsTest {

  private static final Offset<Double> ROUNDING = within(1e-12);

  // buy 5 at 100, sell 5 at 102, each with a fee of 1: pnl -1 and 9
  private static final List<Fill> FILLS =
      List.of(fill(0, 5, 100, 1, -1, 5), fill(10, -5, 102, 1, 9, 0));

  private static final List<RoundTrip> TRIPS =
      List.of(
          new RoundTrip(TradeSide.BUY, 0, 2_000_000_000L, 6),
          new RoundTrip(TradeSide.SELL, 0, 4_000_000_000L, -4),
          new RoundTrip(TradeSide.BUY, 0, 6_000_000_000L, 3),
          new RoundTrip(TradeSide.BUY, 0, 8_000_000_000L, 0));

  @Test
  void addUpFills() {
    assertThat(NetPnl.of(FILLS)).isCloseTo(8, ROUNDING);
    assertThat(GrossPnl.of(FILLS)).isCloseTo(10, ROUNDING);
    assertThat(TotalCosts.of(FILLS)).isEqualTo(new CostBreakdown(2, 0, 0, 0));
    // 5 * 100 + 5 * 102 = 1010
    assertThat(Turnover.of(FILLS)).isCloseTo(1010, ROUNDING);
    // 10 / 1010 = 99.0099 bps
    assertThat(BreakEvenBps.of(FILLS)).isCloseTo(100_000.0 / 1010, within(1e-9));
  }

  @Test
  void judgeRoundTrips() {
    // two of four win; 6 + 3 against 4; (2 + 4 + 6 + 8) / 4 = 5 seconds
    assertThat(WinRate.of(TRIPS)).isEqualTo(0.5);
    assertThat(ProfitFactor.of(TRIPS)).isEqualTo(2.25);
    assertThat(MeanHoldingTime.of(TRIPS)).isEqualTo(5);
  }

  @Test
  void areMissingWhereUndefined() {
    assertThat(NetPnl.of(List.of())).isZero();
    assertThat(Turnover.of(List.of())).isZero();
    assertThat(BreakEvenBps.of(List.of())).isNaN();
    assertThat(WinRate.of(List.of())).isNaN();
    assertThat(MeanHoldingTime.of(List.of())).isNaN();
    assertThat(ProfitFactor.of(TRIPS.subList(0, 1))).isNaN();
  }
}

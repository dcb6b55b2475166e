package io.depthcast.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.depthcast.metrics.DailySharpe.Market;
import org.junit.jupiter.api.Test;

class DailySharpeTest {

  @Test
  void annualisesDailyProfit() {
    // 1, 2, 3, 6: mean 3, squares 4 + 1 + 0 + 9 = 14, deviation sqrt(14 / 3)
    double[] pnl = {1, 2, 3, 6};
    DailySharpe equity = DailySharpe.of(pnl, Market.EQUITY).orElseThrow();
    assertThat(equity.value()).isCloseTo(3 / Math.sqrt(14.0 / 3) * Math.sqrt(252), within(1e-12));
    assertThat(equity.days()).isEqualTo(4);
    DailySharpe crypto = DailySharpe.of(pnl, Market.CRYPTO).orElseThrow();
    assertThat(crypto.value()).isCloseTo(3 / Math.sqrt(14.0 / 3) * Math.sqrt(365), within(1e-12));
  }

  @Test
  void isMissingForOneDay() {
    assertThat(DailySharpe.of(new double[] {5}, Market.EQUITY)).isEmpty();
    assertThat(DailySharpe.of(new double[0], Market.EQUITY)).isEmpty();
  }

  @Test
  void isMissingWhereAllDaysAreTheSame() {
    // a seventh of 0.1 added up seven times is 0.10000000000000002, yet nothing deviates
    assertThat(DailySharpe.of(new double[] {.1, .1, .1, .1, .1, .1, .1}, Market.EQUITY)).isEmpty();
  }
}

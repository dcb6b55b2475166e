package io.depthcast.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeedLimitsTest {

  @ParameterizedTest
  @CsvSource({
    "-1, 1000, 5000, 3600000, 30000, 0, Invalid tickSize: -1.0 (must be 0 to 1e6)",
    "NaN, 1000, 5000, 3600000, 30000, 0, Invalid tickSize: NaN (must be 0 to 1e6)",
    "0, 0, 5000, 3600000, 30000, 0, Invalid clockBackMs: 0 (must be 1 to 3600000)",
    "0, 1000, 3600001, 3600000, 30000, 0, Invalid skewStepMs: 3600001 (must be 1 to 3600000)",
    "0, 1000, 5000, 999, 30000, 0, Invalid maxSkewMs: 999 (must be 1000 to 86400000)",
    "0, 1000, 5000, 3600000, 86400001, 0, Invalid silenceMs: 86400001 (must be 1 to 86400000)",
    "0, 1000, 5000, 3600000, 30000, 1.1, Invalid maxRejectedShare: 1.1 (must be 0 to 1)",
  })
  void refusesValuesOutOfRange(
      double tickSize,
      long clockBackMs,
      long skewStepMs,
      long maxSkewMs,
      long silenceMs,
      double maxRejectedShare,
      String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new FeedLimits(
                    tickSize, clockBackMs, skewStepMs, maxSkewMs, silenceMs, maxRejectedShare))
        .withMessage(message);
  }

  @ParameterizedTest
  @CsvSource({"0.01, 2", "0.00000001, 8", "0.1, 1", "0.5, 0", "5, 0", "0.0001, 4", "0.025, 3"})
  void multiplesOfTheTickAreOnTheGridAndOthersAreNot(String tick, int decimals) {
    FeedLimits limits = new FeedLimits(Double.parseDouble(tick), 1, 1, 1_000, 1, 0);
    BigDecimal step = new BigDecimal(tick);
    BigDecimal off = BigDecimal.ONE.movePointLeft(decimals + 2);
    for (long i = 1; i < 20_000_000; i = i * 3 / 2 + 1) {
      BigDecimal price = step.multiply(BigDecimal.valueOf(i));
      assertThat(limits.isOnGrid(price.doubleValue())).as("%s", price).isTrue();
      assertThat(limits.isOnGrid(price.add(off).doubleValue())).as("%s + %s", price, off).isFalse();
    }
  }

  @Test
  void withoutATickAnyPriceIsOnTheGrid() {
    assertThat(FeedLimits.DEFAULT.isOnGrid(Math.PI)).isTrue();
  }
}

package io.depthcast.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class MaxDrawdownTest {

  @Test
  void fallsFromThePeakAndEndsBackAtIt() {
    // peak 5 at 20, trough 1 at 40, back at 60; the later fall 7 to 4 is smaller
    long[] ts = {10, 20, 30, 40, 50, 60, 70, 80};
    double[] equity = {2, 5, 4, 1, 3, 5, 7, 4};
    assertThat(MaxDrawdown.of(ts, equity)).isEqualTo(new MaxDrawdown(4, 20, 40, 60));
  }

  @Test
  void lastsToTheEndWhereItIsNotRecovered() {
    long[] ts = {0, 2_000_000_000L, 3_000_000_000L, 5_000_000_000L};
    double[] equity = {1, 6, 2, 4};
    MaxDrawdown drawdown = MaxDrawdown.of(ts, equity);
    assertThat(drawdown)
        .isEqualTo(new MaxDrawdown(4, 2_000_000_000L, 3_000_000_000L, 5_000_000_000L));
    assertThat(drawdown.seconds()).isEqualTo(3);
  }

  @Test
  void beginsAtZero() {
    assertThat(MaxDrawdown.of(new long[] {10, 20}, new double[] {-3, -1}))
        .isEqualTo(new MaxDrawdown(3, 10, 10, 20));
  }

  @Test
  void isZeroOnACurveThatNeverFalls() {
    MaxDrawdown drawdown = MaxDrawdown.of(new long[] {10, 20}, new double[] {0, 4});
    assertThat(drawdown.amount()).isZero();
    assertThat(drawdown.seconds()).isZero();
  }

  @Test
  void equalsTheWorstOfAllPairs() {
    Random random = new Random(5);
    for (int round = 0; round < 200; round++) {
      long[] ts = new long[40];
      double[] equity = new double[40];
      double sum = 0;
      for (int i = 0; i < ts.length; i++) {
        ts[i] = 10L * i;
        sum += random.nextInt(7) - 3;
        equity[i] = sum;
      }
      double worst = 0;
      for (int i = 0; i < ts.length; i++) {
        worst = Math.max(worst, -equity[i]);
        for (int j = 0; j < i; j++) {
          worst = Math.max(worst, equity[j] - equity[i]);
        }
      }
      MaxDrawdown drawdown = MaxDrawdown.of(ts, equity);
      assertThat(drawdown.amount()).isEqualTo(worst);
      if (worst > 0) {
        int trough = (int) (drawdown.tsTrough() / 10);
        double peak = equity[trough] + worst;
        int end = trough;
        while (end < ts.length - 1 && equity[end] < peak) {
          end++;
        }
        assertThat(drawdown.tsEnd()).isEqualTo(ts[end]);
      }
    }
  }

  @Test
  void refusesAnEmptyCurve() {
    assertThatThrownBy(() -> MaxDrawdown.of(new long[0], new double[0]))
        .hasMessage("Expected as many times as equities and at least one, got 0 and 0");
  }
}

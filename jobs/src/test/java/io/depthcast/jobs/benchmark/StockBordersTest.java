package io.depthcast.jobs.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class StockBordersTest {

  @Test
  void stocksOneAfterTheOtherHaveFourBorders() {
    // steps at the borders 3.9, 1.9, 5.8, 1; the largest elsewhere 0.1
    float[] ask = {1, 1.1f, 5, 5, 3.1f, 3, 8.8f, 8.8f, 7.8f, 7.8f};

    StockBorders borders = StockBorders.of(ask, 1);

    assertThat(borders.begins()).containsExactly(0, 2, 4, 6, 8);
    assertThat(borders.clarity()).isCloseTo(10, within(1e-4));
  }

  @Test
  void stocksThatRecurEachDayHaveBordersWithinEachDay() {
    // two days of stocks at 1, 5, 3, 9, 7, two events each; the least step is 2, the next 0.1
    float[] ask = {1, 1.1f, 5, 5, 3, 3, 9, 9, 7, 7, 1, 1, 5, 5.1f, 3, 3, 9, 9, 7, 7};

    StockBorders borders = StockBorders.of(ask, 2);

    assertThat(borders.begins()).containsExactly(0, 2, 4, 6, 8, 10, 12, 14, 16, 18);
    assertThat(borders.clarity()).isCloseTo(20, within(1e-3));
  }

  @Test
  void aStepOfOneStockAsLargeAsABorderMakesThemUnclear() {
    // 4, 2, 5 and twice 1: the fourth is no larger than the fifth
    float[] ask = {1, 1, 5, 5, 3, 3, 8, 8, 7, 7, 6, 6};

    assertThat(StockBorders.of(ask, 1).clarity()).isEqualTo(1);
    assertThat(StockBorders.of(new float[20], 1).clarity()).isEqualTo(1);
  }
}

package io.depthcast.scores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BlockBootstrapTest {
  private static final BlockBootstrap BOOTSTRAP = new BlockBootstrap(2000, 5);

  /** A block of 100 rows of class 0 of which this many are predicted. */
  private static ConfusionMatrix block(int hits) {
    ConfusionMatrix block = new ConfusionMatrix();
    for (int i = 0; i < 100; i++) {
      block.add(0, i < hits ? 0 : 1);
    }
    return block;
  }

  private static List<ConfusionMatrix> blocks(Random random, int count, int shift) {
    List<ConfusionMatrix> blocks = new ArrayList<>();
    for (int b = 0; b < count; b++) {
      blocks.add(block(40 + random.nextInt(21) + shift));
    }
    return blocks;
  }

  @Test
  void equalBlocksLeaveNoUncertainty() {
    Interval interval =
        BOOTSTRAP.interval(List.of(block(60), block(60), block(60)), ForecastScore.ACCURACY);

    assertThat(interval).isEqualTo(new Interval(0.6, 0.6));
  }

  @Test
  void twoBlocksGiveTheExtremesAsEnds() {
    // Draws are (0, 0), (0, 1), (1, 1) with chances 1/4, 1/2, 1/4: both extremes have more than
    // 2.5 %.
    Interval interval = BOOTSTRAP.interval(List.of(block(0), block(100)), ForecastScore.ACCURACY);

    assertThat(interval).isEqualTo(new Interval(0, 1));
  }

  @Test
  void widthIsThatOfTheNormalApproximation() {
    // Accuracy is the mean of 200 block accuracies, so the interval is about mean +- 1.96 sd /
    // sqrt(200); 10 % covers the error of 2000 draws (quantile's standard error is about 4 % of the
    // half width).
    List<ConfusionMatrix> blocks = blocks(new Random(3), 200, 0);
    double[] accuracy = blocks.stream().mapToDouble(ConfusionMatrix::accuracy).toArray();
    double mean = java.util.Arrays.stream(accuracy).sum() / 200;
    double squares = java.util.Arrays.stream(accuracy).map(a -> (a - mean) * (a - mean)).sum();
    double half = 1.96 * Math.sqrt(squares / 200) / Math.sqrt(200);

    Interval interval = BOOTSTRAP.interval(blocks, ForecastScore.ACCURACY);

    assertThat(mean - interval.low()).isCloseTo(half, within(0.1 * half));
    assertThat(interval.high() - mean).isCloseTo(half, within(0.1 * half));
  }

  @Test
  void aConstantLeadHasNoUncertaintyThoughTheScoresHave() {
    // In each block the first model has 5 of 100 rows more: accuracy differs by 0.05 in every draw.
    List<ConfusionMatrix> first = blocks(new Random(3), 20, 5);
    List<ConfusionMatrix> second = blocks(new Random(3), 20, 0);

    Interval difference = BOOTSTRAP.difference(first, second, ForecastScore.ACCURACY);

    assertThat(difference.low()).isCloseTo(0.05, within(1e-12));
    assertThat(difference.high()).isCloseTo(0.05, within(1e-12));
    assertThat(BOOTSTRAP.interval(second, ForecastScore.ACCURACY))
        .satisfies(i -> assertThat(i.high() - i.low()).isGreaterThan(0.01));
  }

  @Test
  void aModelDoesNotDifferFromItself() {
    List<ConfusionMatrix> blocks = blocks(new Random(3), 20, 0);

    assertThat(BOOTSTRAP.difference(blocks, blocks, ForecastScore.MACRO_F1))
        .isEqualTo(new Interval(0, 0));
  }

  @Test
  void theSameSeedGivesTheSameInterval() {
    List<ConfusionMatrix> blocks = blocks(new Random(3), 20, 0);
    Interval first = BOOTSTRAP.interval(blocks, ForecastScore.MACRO_F1);

    assertThat(new BlockBootstrap(2000, 5).interval(blocks, ForecastScore.MACRO_F1))
        .isEqualTo(first);
    assertThat(new BlockBootstrap(2000, 6).interval(blocks, ForecastScore.MACRO_F1))
        .isNotEqualTo(first);
  }

  @Test
  void refusesWhatItCannotDraw() {
    List<ConfusionMatrix> two = List.of(block(1), block(2));
    ConfusionMatrix shorter = new ConfusionMatrix();
    shorter.add(0, 0);

    assertThatThrownBy(() -> new BlockBootstrap(99, 1))
        .hasMessage("Invalid draws: 99 (must be 100 to 100000)");
    assertThatThrownBy(() -> BOOTSTRAP.interval(List.of(block(1)), ForecastScore.MCC))
        .hasMessage("Invalid blocks: 1 (must be 2 or more)");
    assertThatThrownBy(() -> BOOTSTRAP.difference(two, List.of(block(1)), ForecastScore.MACRO_F1))
        .hasMessage("Invalid blocks: 1 against 2 (must be the same)");
    assertThatThrownBy(
            () -> BOOTSTRAP.difference(two, List.of(block(1), shorter), ForecastScore.MACRO_F1))
        .hasMessage("Invalid block 1: 1 rows against 100 (must be the same rows)");
  }
}

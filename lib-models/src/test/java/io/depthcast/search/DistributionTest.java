package io.depthcast.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.depthcast.search.Distribution.Choice;
import io.depthcast.search.Distribution.Integers;
import io.depthcast.search.Distribution.LogUniform;
import io.depthcast.search.Distribution.Uniform;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DistributionTest {

  private static final int DRAWS = 20_000;

  private static double[] draws(Distribution distribution, ToDoubleFunction<Object> value) {
    SplittableRandom random = new SplittableRandom(3);
    return Stream.generate(() -> distribution.draw(random))
        .limit(DRAWS)
        .mapToDouble(value)
        .toArray();
  }

  /** Share of the draws below a value; its standard deviation is at most 0.5 / sqrt(20000). */
  private static double below(double[] draws, double value) {
    return Arrays.stream(draws).filter(d -> d < value).count() / (double) DRAWS;
  }

  @Test
  void drawsEachPartOfARangeAsOften() {
    double[] draws = draws(new Uniform(0.5, 0.9), Double.class::cast);
    assertThat(Arrays.stream(draws)).allMatch(d -> d >= 0.5 && d <= 0.9);
    assertThat(below(draws, 0.6)).isCloseTo(0.25, within(0.015));
    assertThat(below(draws, 0.8)).isCloseTo(0.75, within(0.015));
  }

  /** Each factor of ten of 0.001 to 1 has a third of the draws. */
  @Test
  void drawsEachFactorOfALogarithmicRangeAsOften() {
    double[] draws = draws(new LogUniform(0.001, 1), Double.class::cast);
    assertThat(Arrays.stream(draws)).allMatch(d -> d >= 0.001 && d <= 1);
    assertThat(below(draws, 0.01)).isCloseTo(1 / 3.0, within(0.015));
    assertThat(below(draws, 0.1)).isCloseTo(2 / 3.0, within(0.015));
  }

  @Test
  void drawsWholeNumbersWithBothEnds() {
    double[] draws = draws(new Integers(2, 5), d -> (Integer) d);
    for (int value = 2; value <= 5; value++) {
      assertThat(below(draws, value + 0.5) - below(draws, value - 0.5))
          .isCloseTo(0.25, within(0.015));
    }
    double[] widest = draws(new Integers(Integer.MIN_VALUE, Integer.MAX_VALUE), d -> (Integer) d);
    assertThat(below(widest, 0)).isCloseTo(0.5, within(0.015));
  }

  @Test
  void drawsEachChoiceAsOften() {
    double[] draws = draws(new Choice(List.of(true, false)), d -> (Boolean) d ? 1 : 0);
    assertThat(below(draws, 0.5)).isCloseTo(0.5, within(0.015));
  }

  /** u = 0.123456789: 0.1 + 0.8 u = 0.1987654312, to four digits 0.1988. */
  @Test
  void givesFourDigits() {
    RandomGenerator fixed =
        new RandomGenerator() {
          @Override
          public long nextLong() {
            throw new UnsupportedOperationException();
          }

          @Override
          public double nextDouble() {
            return 0.123456789;
          }
        };
    assertThat(new Uniform(0.1, 0.9).draw(fixed)).isEqualTo(0.1988);
    // 0.01 * 100^0.123456789 = 0.01 * exp(0.568539) = 0.0176568, to four digits 0.01766
    assertThat(new LogUniform(0.01, 1).draw(fixed)).isEqualTo(0.01766);
    // what is rounded stays in the range: 0.1234491 would become 0.1234
    assertThat(new Uniform(0.123449, 0.12345).draw(fixed)).isEqualTo(0.123449);
  }

  @Test
  void refusesWhatIsNoRange() {
    assertThatThrownBy(() -> new Uniform(1, 1))
        .hasMessage("Invalid range: 1.0 to 1.0 (from must be below to)");
    assertThatThrownBy(() -> new Uniform(0, Double.NaN)).hasMessageContaining("Invalid range");
    assertThatThrownBy(() -> new LogUniform(0, 1))
        .hasMessage("Invalid from: 0.0 (must be above 0)");
    assertThatThrownBy(() -> new Integers(3, 2)).hasMessageContaining("Invalid range");
    assertThatThrownBy(() -> new Choice(List.of("one")))
        .hasMessage("Invalid of: [one] (must be two or more)");
  }
}

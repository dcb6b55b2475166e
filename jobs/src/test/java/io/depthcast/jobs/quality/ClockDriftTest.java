package io.depthcast.jobs.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.depthcast.jobs.quality.ClockDrift.Least;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClockDriftTest {

  private static final long SECOND = 1_000_000_000;

  /** A least latency of 5 ms that grows by 20 us a second is a drift of 20 millionths. */
  private static List<Least> line(int seconds) {
    List<Least> least = new ArrayList<>();
    for (int second = 0; second < seconds; second++) {
      least.add(new Least(second * SECOND, 5_000_000 + second * 20_000L));
    }
    return least;
  }

  @Test
  void isTheSlopeOfALine() {
    ClockDrift drift = ClockDrift.of(line(10)).orElseThrow();
    assertThat(drift.ppm()).isCloseTo(20, within(1e-9));
    assertThat(drift.spans()).isEqualTo(10);
  }

  /** Two wild points of ten touch 1 + 2 * 8 = 17 of the 45 pairs: less than half. */
  @Test
  void isNotMovedByAFewSpansInWhichAllWasLate() {
    List<Least> least = line(10);
    least.set(3, new Least(3 * SECOND, 900_000_000));
    least.set(8, new Least(8 * SECOND, 700_000_000));
    assertThat(ClockDrift.of(least).orElseThrow().ppm()).isCloseTo(20, within(1e-9));
  }

  @Test
  void isTheMeanOfTheTwoMiddleSlopesOfAnEvenNumber() {
    // Slopes of (0, 0), (1, 10), (2, 60), (4, 60) us over s: 10, 30, 15, 50, 50/3, 0;
    // in order 0, 10, 15, 16.67, 30, 50.
    List<Least> least =
        List.of(
            new Least(0, 0),
            new Least(SECOND, 10_000),
            new Least(2 * SECOND, 60_000),
            new Least(4 * SECOND, 60_000));
    assertThat(ClockDrift.of(least).orElseThrow().ppm())
        .isCloseTo((15 + 50 / 3.0) / 2, within(1e-9));
  }

  @Test
  void isNotKnownFromTwoSpans() {
    assertThat(ClockDrift.of(line(2))).isEmpty();
    assertThat(ClockDrift.of(line(3))).isPresent();
  }
}

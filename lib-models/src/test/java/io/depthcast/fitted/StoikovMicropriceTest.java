package io.depthcast.fitted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.depthcast.features.Feature;
import io.depthcast.features.FeatureFamily;
import io.depthcast.features.Mid;
import io.depthcast.features.QueueImbalance;
import io.depthcast.features.Spread;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StoikovMicropriceTest {

  private static final double TICK = 0.01;

  /**
   * Two states, A with less bid and B with more. From B four transitions: to B and to A without a
   * move, and twice to A with the mid up a tick; from A, mirrored, the same with the mid down.
   *
   * <pre>
   *   Q = | 1/4 1/4 |   R = |  0  1/2 |   r = | -1/2 |   (I - Q)^-1 = | 3/2 1/2 |
   *       | 1/4 1/4 |       | 1/2  0  |       |  1/2 |                | 1/2 3/2 |
   *
   *   G1 = (-1/2, 1/2),  B = | 1/4 3/4 |,  B G1 = (1/4, -1/4),  B B G1 = (-1/8, 1/8)
   *                          | 3/4 1/4 |
   * </pre>
   */
  @Test
  void looksAheadMoveByMove() {
    assertThat(fourTransitions(1)).containsExactly(new double[] {-0.5, 0.5}, within(1e-15));
    assertThat(fourTransitions(2)).containsExactly(new double[] {-0.25, 0.25}, within(1e-15));
    assertThat(fourTransitions(3)).containsExactly(new double[] {-0.375, 0.375}, within(1e-15));
  }

  private static double[] fourTransitions(int moves) {
    FeatureFit fit = new StoikovMicroprice(TICK, 2, 1, moves).start();
    double[] more = {100, TICK, 0.5};
    double[] less = {100, TICK, -0.5};
    double[] lessAndUp = {100.01, TICK, -0.5};
    for (double[] to : List.of(more, less, lessAndUp, lessAndUp)) {
      fit.add(more, false);
      fit.add(to, true);
    }
    return fit.finish().numbers();
  }

  @Test
  void isADeviationFromTheMid() {
    FittedFeature fitted = new StoikovMicroprice(TICK, 2, 1, 2).restore(new double[] {-0.25, 0.25});
    // A quarter of a tick of 0.01 on 50: 0.5 bps
    assertThat(fitted.value(new double[] {50, TICK, 0.9})).isCloseTo(0.5, within(1e-15));
    assertThat(fitted.value(new double[] {50, TICK, -0.9})).isCloseTo(-0.5, within(1e-15));
  }

  @Test
  void takesEqualBucketsOfImbalanceAndDoublingClassesOfSpread() {
    StoikovMicroprice family = new StoikovMicroprice(TICK, 3, 4, 6);
    FittedFeature fitted =
        family.restore(IntStream.range(0, 12).mapToDouble(state -> state).toArray());
    // The mid is 100 and the tick 0.01, so that the value is the number of the state. I = -1/3 is
    // (1 - 1/3) / 2 = 1/3, where the second bucket begins.
    assertThat(states(fitted, 1, -1, -0.34, -0.33, 0, 0.33, 0.34, 1))
        .containsExactly(0, 0, 1, 1, 1, 2, 2);
    assertThat(states(fitted, 2, 0)).containsExactly(4);
    assertThat(states(fitted, 3, 0)).containsExactly(7);
    assertThat(states(fitted, 4, 0)).containsExactly(7);
    assertThat(states(fitted, 5, 0)).containsExactly(10);
    assertThat(states(fitted, 100, 0)).containsExactly(10);
    // The spread is rounded to whole ticks: 580.33 - 580.03 is 0.30000000000006821 in binary, three
    // ticks of 0.1; 0.2003, of prices that were rounded, is two.
    FittedFeature ofTenths = new StoikovMicroprice(0.1, 3, 4, 6).restore(fitted.numbers());
    assertThat(ofTenths.value(new double[] {1000, 580.33 - 580.03, 0})).isCloseTo(7, within(1e-12));
    assertThat(ofTenths.value(new double[] {1000, 0.2003, 0})).isCloseTo(4, within(1e-12));
  }

  private static int[] states(FittedFeature fitted, int ticks, double... imbalances) {
    return Arrays.stream(imbalances)
        .mapToInt(i -> (int) Math.round(fitted.value(new double[] {100, ticks * TICK, i})))
        .toArray();
  }

  @Test
  void agreesWithTheExpectationIteratedOverTheTransitions() {
    StoikovMicroprice family = new StoikovMicroprice(TICK, 5, 3, 4);
    List<double[]> path = path(4000, 1);
    double[] twin = iterated(path, 4);
    double[] fitted = fit(family, path).numbers();
    for (int s = 0; s < 15; s++) {
      assertThat(fitted[s]).as("state %s", s).isCloseTo(twin[s], within(1e-9));
      // Bid and ask exchanged: the opposite, to the last bit, and 0 in the middle.
      assertThat(fitted[s] + fitted[s / 5 * 5 + 4 - s % 5]).isZero();
    }
    // Planted: three of ten rows move half a tick, by a mean imbalance of 0.8: 0.12 ticks.
    assertThat(fitted[4]).isBetween(0.05, 0.19);
    assertThat(fit(family, path).numbers()).containsExactly(fitted);
  }

  /** A step a row; the more the imbalance the likelier up; spreads of 1, 2 and 5 ticks. */
  private static List<double[]> path(int rows, long seed) {
    Random random = new Random(seed);
    List<double[]> path = new ArrayList<>();
    double mid = 100;
    double imbalance = 0;
    int[] spreads = {1, 2, 5};
    for (int row = 0; row < rows; row++) {
      path.add(new double[] {mid, TICK * spreads[random.nextInt(3)], imbalance});
      if (random.nextDouble() < 0.3) {
        mid += random.nextDouble() < (1 + imbalance) / 2 ? TICK / 2 : -TICK / 2;
      }
      imbalance = 2 * random.nextDouble() - 1;
    }
    return path;
  }

  /**
   * By state, V(k, s) = mean over the transitions from s, mirrored ones too, of V(k, next) where
   * the mid stays and of its move + V(k - 1, next) where it moves; iterated until it stands.
   */
  private static double[] iterated(List<double[]> path, int moves) {
    record Transition(int from, int to, double ticks) {}
    List<Transition> transitions = new ArrayList<>();
    for (int i = 1; i < path.size(); i++) {
      int from = naiveState(path.get(i - 1));
      int to = naiveState(path.get(i));
      double ticks = Math.round((path.get(i)[0] - path.get(i - 1)[0]) / TICK * 2) / 2.0;
      transitions.add(new Transition(from, to, ticks));
      transitions.add(new Transition(from / 5 * 5 + 4 - from % 5, to / 5 * 5 + 4 - to % 5, -ticks));
    }
    double[] before = new double[15];
    for (int k = 1; k <= moves; k++) {
      double[] value = new double[15];
      for (int step = 0; step < 200; step++) {
        double[] sum = new double[15];
        int[] count = new int[15];
        for (Transition t : transitions) {
          sum[t.from] += t.ticks == 0 ? value[t.to] : t.ticks + before[t.to];
          count[t.from]++;
        }
        for (int s = 0; s < 15; s++) {
          value[s] = sum[s] / count[s];
        }
      }
      before = value;
    }
    return before;
  }

  private static int naiveState(double[] row) {
    long ticks = Math.round(row[1] / TICK);
    int spreadClass = ticks == 1 ? 0 : ticks == 2 ? 1 : 2;
    return 5 * spreadClass + (int) Math.floor((row[2] + 1) / 2 * 5);
  }

  @Test
  void rowsThatChangeNothingChangeNothing() {
    StoikovMicroprice family = new StoikovMicroprice(TICK, 5, 3, 4);
    List<double[]> path = path(2000, 2);
    double[] fitted = fit(family, path).numbers();
    double[] stuttering =
        fit(family, path.stream().flatMap(row -> Stream.of(row, row, row)).toList()).numbers();
    assertThat(stuttering).containsExactly(fitted, within(1e-9));
  }

  @Test
  void knowsNothingWhereNoMoveWasSeen() {
    StoikovMicroprice family = new StoikovMicroprice(TICK, 3, 1, 6);
    assertThat(family.start().finish().numbers()).containsOnly(0);
    FeatureFit still = family.start();
    still.add(new double[] {100, TICK, 0.9}, false);
    still.add(new double[] {100, TICK, 0.1}, true);
    // This row does not follow: the mid of another day has not moved.
    still.add(new double[] {101, TICK, 0.9}, false);
    assertThat(still.finish().numbers()).containsOnly(0);
  }

  @Test
  void isRestoredFromItsNumbersToTheLastBit() {
    StoikovMicroprice family = new StoikovMicroprice(TICK, 5, 3, 4);
    List<double[]> path = path(500, 3);
    FittedFeature fitted = fit(family, path);
    FittedFeature restored = family.restore(fitted.numbers());
    for (double[] row : path) {
      assertThat(restored.value(row)).isEqualTo(fitted.value(row));
    }
    assertThatThrownBy(() -> new StoikovMicroprice(TICK, 2, 1, 1).restore(new double[] {0.5}))
        .hasMessage("Invalid deviations: [0.5] (must be 2 finite numbers)");
  }

  @Test
  void readsColumnsThatFamiliesProduce() {
    List<FeatureFamily> families = List.of(new Mid(), new Spread(), new QueueImbalance(1));
    assertThat(families.stream().flatMap(f -> f.produces().stream()).map(Feature::name).toList())
        .containsAll(new StoikovMicroprice(TICK, 3, 1, 6).requires());
  }

  private static FittedFeature fit(StoikovMicroprice family, List<double[]> path) {
    FeatureFit fit = family.start();
    for (int i = 0; i < path.size(); i++) {
      fit.add(path.get(i), i > 0);
    }
    return fit.finish();
  }
}

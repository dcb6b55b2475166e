package io.depthcast.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.depthcast.bilinear.BinCtablArchitecture;
import io.depthcast.networks.NetworkFit.Progress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NetworkFitTest {

  private static final int FEATURES = 4;
  private static final int STEPS = 5;
  private static final NetworkFit FIT = fit(2e-3, 8, 1_000, 4);

  private static NetworkFit fit(double rate, int epochs, int evaluateEvery, int patience) {
    return fit(rate, new RateDecay.None(), epochs, evaluateEvery, patience);
  }

  private static NetworkFit fit(
      double rate, RateDecay decay, int epochs, int evaluateEvery, int patience) {
    return new NetworkFit(
        new BinCtablArchitecture(STEPS),
        new Schedule(rate, decay, 32, epochs, evaluateEvery, patience));
  }

  /** Up if the first feature rises over the window by more than one, down if it falls so. */
  private static Windows windows(long seed, int count) {
    Random random = new Random(seed);
    float[] rows = new float[(count + STEPS - 1) * FEATURES];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (float) random.nextGaussian();
    }
    int[] begins = new int[count];
    byte[] labels = new byte[count];
    for (int w = 0; w < count; w++) {
      begins[w] = w * FEATURES;
      double move = rows[begins[w] + (STEPS - 1) * FEATURES] - rows[begins[w]];
      labels[w] = (byte) (move > 1 ? 2 : move < -1 ? 0 : 1);
    }
    return new Windows(rows, FEATURES, STEPS, begins, labels);
  }

  @Test
  void keepsTheWeightsThatWereBestOnTheValidationWindows() {
    Windows validation = windows(2, 500);
    List<Progress> seen = new ArrayList<>();
    Network network = FIT.fit(windows(1, 2_000), validation, 3, seen::add);
    double best = seen.stream().mapToDouble(Progress::macroF1).max().orElseThrow();
    assertThat(NetworkFit.confusion(network, validation).macroF1()).isEqualTo(best);
    assertThat(best).isGreaterThan(0.6);
    // 8 epochs of 2,000 windows at most, an evaluation after each 1,000
    assertThat(seen.size()).isBetween(5, 16);
    assertThat(seen).extracting(Progress::most).containsOnly(16_000L);
    assertThat(seen).extracting(Progress::windows).isSorted();
  }

  @Test
  void theSameSeedGivesTheSameBitsAndAnotherDoesNot() {
    Windows train = windows(1, 300);
    Windows validation = windows(2, 100);
    NetworkFit brief = fit(2e-3, 2, 100, 4);
    float[] once = brief.fit(train, validation, 3, progress -> {}).weights();
    assertThat(brief.fit(train, validation, 3, progress -> {}).weights()).isEqualTo(once);
    assertThat(brief.fit(train, validation, 4, progress -> {}).weights()).isNotEqualTo(once);
  }

  @Test
  void aFitThatWasCutOffGoesOnToTheSameBits() {
    Windows train = windows(1, 300);
    Windows validation = windows(2, 100);
    // evaluations after 128, 256, 300 + 84, 300 + 212 ... windows, some within an epoch
    NetworkFit brief = fit(2e-3, new RateDecay.Plateau(0.5, 1), 3, 100, 6);
    List<Progress> whole = new ArrayList<>();
    List<byte[]> states = new ArrayList<>();
    float[] expected =
        brief
            .fitWithStates(
                train,
                validation,
                3,
                (progress, state) -> {
                  whole.add(progress);
                  states.add(state.get().bytes());
                })
            .weights();
    assertThat(states.size()).isGreaterThan(5);
    for (int i = 0; i < states.size() - 1; i++) {
      List<Progress> rest = new ArrayList<>();
      FitState state = FitState.of(states.get(i));
      Network resumed =
          brief.resume(train, validation, state, (progress, later) -> rest.add(progress));
      assertThat(rest).isEqualTo(whole.subList(i + 1, whole.size()));
      assertThat(resumed.weights()).isEqualTo(expected);
    }
  }

  @Test
  void refusesAStateThatDoesNotFit() {
    Windows some = windows(1, 40);
    List<byte[]> states = new ArrayList<>();
    fit(2e-3, 2, 40, 4)
        .fitWithStates(some, some, 1, (progress, state) -> states.add(state.get().bytes()));
    byte[] last = states.get(states.size() - 1);
    assertThatThrownBy(() -> fit(2e-3, 1, 40, 4).resume(some, some, FitState.of(last), null))
        .hasMessage("Invalid state: window 40 of epoch 1 (there are 40 and 1)");
    assertThatThrownBy(() -> FitState.of(Arrays.copyOf(last, last.length - 1)))
        .hasMessage("Invalid state of a fit: cut off");
    assertThatThrownBy(() -> FitState.of(new byte[8]))
        .hasMessage("Invalid state of a fit: of another format");
  }

  /** Nothing to be learnt, so the validation score wanders. */
  private static Windows withLabelsAtRandom(Windows windows) {
    byte[] labels = new byte[windows.count()];
    Random random = new Random(5);
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) random.nextInt(3);
    }
    return new Windows(windows.rows(), FEATURES, STEPS, windows.begins(), labels);
  }

  @Test
  void aRateDecaysAfterEvaluationsThatAreNoBetter() {
    RateDecay halved = new RateDecay.Plateau(0.5, 2);
    // better, worse, worse, worse, worse, better, worse: halved at the second and fourth of a row
    int[] worse = {0, 1, 2, 3, 4, 0, 1};
    double[] expected = {1, 1, 0.5, 0.5, 0.25, 0.25, 0.25};
    double rate = 1;
    for (int i = 0; i < worse.length; i++) {
      rate = halved.after(rate, worse[i]);
      assertThat(rate).as("evaluation %s", i).isEqualTo(expected[i]);
      assertThat(new RateDecay.None().after(0.1, worse[i])).isEqualTo(0.1);
    }
    assertThatThrownBy(() -> new RateDecay.Plateau(0, 2))
        .hasMessageStartingWith("Invalid factor: 0.0");
  }

  @Test
  void learnsOnAtTheRateThatHasDecayed() {
    Windows train = withLabelsAtRandom(windows(1, 200));
    Windows validation = windows(2, 100);
    List<Double> rates = new ArrayList<>();
    List<Integer> worse = new ArrayList<>();
    List<float[]> decayed = new ArrayList<>();
    fit(1e-3, new RateDecay.Plateau(0.25, 1), 8, 200, 8)
        .fitWithStates(
            train,
            validation,
            3,
            (progress, state) -> {
              rates.add(state.get().rate());
              worse.add(state.get().worse());
              decayed.add(state.get().learner().weights());
            });
    double expected = 1e-3;
    for (int i = 0; i < rates.size(); i++) {
      expected *= worse.get(i) > 0 ? 0.25 : 1;
      assertThat(rates.get(i)).isEqualTo(expected);
    }
    assertThat(expected).isLessThan(1e-3);
    List<float[]> constant = new ArrayList<>();
    fit(1e-3, 8, 200, 8)
        .fitWithStates(
            train, validation, 3, (p, state) -> constant.add(state.get().learner().weights()));
    int first = worse.indexOf(1);
    assertThat(decayed.get(first)).isEqualTo(constant.get(first));
    assertThat(decayed.get(first + 1)).isNotEqualTo(constant.get(first + 1));
  }

  @Test
  void stopsWhenNothingGetsBetter() {
    Windows shuffled = withLabelsAtRandom(windows(1, 200));
    List<Progress> seen = new ArrayList<>();
    fit(1e-3, 1_000, 200, 2).fit(shuffled, windows(2, 100), 3, seen::add);
    int n = seen.size();
    assertThat(n).isBetween(3, 900);
    double best = seen.get(n - 1).best();
    assertThat(seen.get(n - 3).macroF1()).isEqualTo(best);
    assertThat(seen.get(n - 2).macroF1()).isLessThanOrEqualTo(best);
    assertThat(seen.get(n - 1).macroF1()).isLessThanOrEqualTo(best);
  }

  @Test
  void learnsForAllEpochsWhereNothingValidates() {
    Windows train = windows(1, 500);
    Windows none = new Windows(train.rows(), FEATURES, STEPS, new int[0], new byte[0]);
    List<Progress> seen = new ArrayList<>();
    Network network = fit(2e-3, 12, 500, 1).fit(train, none, 3, seen::add);
    assertThat(seen).hasSize(12);
    assertThat(seen.get(11).windows()).isEqualTo(6_000);
    assertThat(seen.get(11).macroF1()).isNaN();
    // a third of the classes right is chance
    assertThat(NetworkFit.confusion(network, train).macroF1()).isGreaterThan(0.6);
  }

  @Test
  void refusesWindowsThatDoNotFit() {
    Windows some = windows(1, 10);
    Windows none = new Windows(some.rows(), FEATURES, STEPS, new int[0], new byte[0]);
    assertThatThrownBy(() -> FIT.fit(none, some, 1, progress -> {}))
        .hasMessage("Invalid windows: none to learn from (must be 1 or more)");
    Windows shorter = new Windows(some.rows(), FEATURES, 2, some.begins(), some.labels());
    assertThatThrownBy(() -> FIT.fit(some, shorter, 1, progress -> {}))
        .hasMessage("Invalid validation windows: of another shape");
    assertThatThrownBy(() -> FIT.fit(shorter, shorter, 1, progress -> {}))
        .hasMessage("Invalid windows: of 2 rows (must be 5)");
    int[] outside = some.begins().clone();
    Arrays.fill(outside, some.rows().length - FEATURES * STEPS + 1);
    assertThatThrownBy(() -> new Windows(some.rows(), FEATURES, STEPS, outside, some.labels()))
        .hasMessage("Invalid begin of a window: 37 (must be 0 to 36)");
  }
}

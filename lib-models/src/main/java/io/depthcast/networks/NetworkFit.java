package io.depthcast.networks;

import io.depthcast.models.MoveClass;
import io.depthcast.scores.ConfusionMatrix;
import java.io.Serializable;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A fit of a network: cross entropy with the classes balanced, windows in a new random order in
 * each epoch, and the weights that had the best macro-F1 on the validation windows. On one thread;
 * the same windows and seed give the same weights.
 */
public record NetworkFit(Architecture architecture, Schedule schedule) implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Windows that are scored at once, so that a network needs memory for few. */
  private static final int SCORED = 256;

  /**
   * How a fit goes on, at each evaluation. Whoever has a clock knows the time left at most from the
   * windows learnt and those that the epochs allow.
   *
   * @param windows learnt from so far, each as often as it was
   * @param most that the epochs allow
   * @param loss mean of the batches since the last evaluation
   * @param macroF1 on the validation windows, NaN where there are none
   * @param best so far
   */
  public record Progress(long windows, long most, double loss, double macroF1, double best) {}

  /** Is told of each evaluation. */
  public interface Watcher {

    /**
     * @param state where the fit stands, computed when asked for and only within this call
     */
    void evaluated(Progress progress, Supplier<FitState> state);
  }

  /**
   * Fits a network.
   *
   * @param train at least one window, of as many rows as the architecture wants
   * @param validation windows of the same shape; where there are none, all epochs are run and the
   *     last weights kept
   * @param watcher told of each evaluation
   * @throws IllegalArgumentException if there is no window to learn from, or windows are of other
   *     shapes
   */
  public Network fit(Windows train, Windows validation, long seed, Consumer<Progress> watcher) {
    return fitWithStates(train, validation, seed, (progress, state) -> watcher.accept(progress));
  }

  /** As {@link #fit}; the watcher may keep where the fit stands. */
  public Network fitWithStates(Windows train, Windows validation, long seed, Watcher watcher) {
    check(train, validation);
    return new Run(train, validation, seed).run(watcher);
  }

  /**
   * Goes on with a fit that was cut off, to the same bits as if it had not been.
   *
   * @param train the same windows that the fit began with
   * @param validation the same as well
   * @param state where the same fit stood
   * @throws IllegalArgumentException if the state is of another network or of more windows
   */
  public Network resume(Windows train, Windows validation, FitState state, Watcher watcher) {
    check(train, validation);
    if (state.at() > train.count() || state.epoch() >= schedule.epochs()) {
      throw new IllegalArgumentException(
          "Invalid state: window %d of epoch %d (there are %d and %d)"
              .formatted(state.at(), state.epoch(), train.count(), schedule.epochs()));
    }
    Run run = new Run(train, validation, state.seed());
    run.resume(state);
    return run.run(watcher);
  }

  private void check(Windows train, Windows validation) {
    if (train.count() == 0) {
      throw new IllegalArgumentException("Invalid windows: none to learn from (must be 1 or more)");
    }
    if (train.features() != validation.features() || train.steps() != validation.steps()) {
      throw new IllegalArgumentException("Invalid validation windows: of another shape");
    }
    if (train.steps() != architecture.steps()) {
      throw new IllegalArgumentException(
          "Invalid windows: of %d rows (must be %d)"
              .formatted(train.steps(), architecture.steps()));
    }
  }

  /** One fit under way. */
  private final class Run {

    private final Windows train;
    private final Windows validation;
    private final long seed;
    private final SplittableRandom random;
    private final Learner learner;
    private final float[] classWeights;
    private final int[] order;
    private double rate = schedule.rate();
    private int epoch;
    private int at;
    private long seen;
    private double lossSum;
    private int losses;
    private float[] bestWeights;
    private double best = -1;
    private int worse;

    Run(Windows train, Windows validation, long seed) {
      this.train = train;
      this.validation = validation;
      this.seed = seed;
      random = new SplittableRandom(seed);
      learner = architecture.begin(train.features(), random.nextLong());
      classWeights = balanced(train.labels());
      order = new int[train.count()];
      Arrays.setAll(order, i -> i);
      shuffle();
    }

    /** The order comes from the seed: it is shuffled as often as it was. */
    void resume(FitState state) {
      learner.resume(state.learner());
      rate = state.rate();
      for (epoch = 0; epoch < state.epoch(); epoch++) {
        shuffle();
      }
      at = state.at();
      seen = state.seen();
      bestWeights = state.bestWeights();
      best = state.best();
      worse = state.worse();
    }

    private FitState state() {
      return new FitState(seed, learner.state(), rate, epoch, at, seen, bestWeights, best, worse);
    }

    Network run(Watcher watcher) {
      long most = (long) schedule.epochs() * train.count();
      long next = seen + schedule.evaluateEvery();
      while (seen < most && worse < schedule.patience()) {
        if (at == order.length) {
          at = 0;
          epoch++;
          shuffle();
        }
        int to = Math.min(order.length, at + schedule.batch());
        learn(at, to);
        seen += to - at;
        at = to;
        if (seen >= next || seen == most) {
          next = seen + schedule.evaluateEvery();
          watcher.evaluated(evaluate(most), this::state);
        }
      }
      if (bestWeights != null) {
        learner.setWeights(bestWeights);
      }
      return learner.network();
    }

    /** Durstenfeld 1964, Algorithm 235: Random Permutation. */
    private void shuffle() {
      for (int i = order.length - 1; i > 0; i--) {
        int other = random.nextInt(i + 1);
        int kept = order[i];
        order[i] = order[other];
        order[other] = kept;
      }
    }

    private void learn(int from, int to) {
      int[] begins = new int[to - from];
      byte[] labels = new byte[to - from];
      for (int i = from; i < to; i++) {
        begins[i - from] = train.begins()[order[i]];
        labels[i - from] = train.labels()[order[i]];
      }
      lossSum += learner.learn(train.rows(), begins, labels, classWeights, rate);
      losses++;
    }

    private Progress evaluate(long most) {
      double macroF1 =
          validation.count() == 0 ? Double.NaN : confusion(learner.network(), validation).macroF1();
      if (macroF1 > best) {
        best = macroF1;
        bestWeights = learner.network().weights();
        worse = 0;
      } else if (validation.count() > 0) {
        worse++;
      }
      rate = schedule.decay().after(rate, worse);
      Progress progress = new Progress(seen, most, lossSum / losses, macroF1, best);
      lossSum = 0;
      losses = 0;
      return progress;
    }
  }

  /** The weight of each class that gives all the same say; 1 for a class without windows. */
  private static float[] balanced(byte[] labels) {
    long[] counts = new long[MoveClass.COUNT];
    for (byte label : labels) {
      counts[label]++;
    }
    float[] weights = new float[MoveClass.COUNT];
    for (int c = 0; c < weights.length; c++) {
      weights[c] =
          counts[c] == 0 ? 1 : (float) labels.length / ((float) MoveClass.COUNT * counts[c]);
    }
    return weights;
  }

  /** What a network forecasts for windows against their labels. */
  public static ConfusionMatrix confusion(Network network, Windows windows) {
    ConfusionMatrix confusion = new ConfusionMatrix();
    float[][] out = new float[SCORED][MoveClass.COUNT];
    for (int from = 0; from < windows.count(); from += SCORED) {
      int to = Math.min(windows.count(), from + SCORED);
      int[] begins = Arrays.copyOfRange(windows.begins(), from, to);
      float[][] p = to - from == SCORED ? out : Arrays.copyOf(out, to - from);
      network.probabilities(windows.rows(), begins, p);
      for (int i = from; i < to; i++) {
        confusion.add(windows.labels()[i], mostProbable(p[i - from]));
      }
    }
    return confusion;
  }

  private static int mostProbable(float[] p) {
    int most = p[MoveClass.FLAT] > p[MoveClass.DOWN] ? MoveClass.FLAT : MoveClass.DOWN;
    return p[MoveClass.UP] > p[most] ? MoveClass.UP : most;
  }
}

package io.depthcast.bilinear;

import io.depthcast.models.MoveClass;
import io.depthcast.scores.ConfusionMatrix;
import io.depthcast.training.Range;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * A fit of {@link BinCtabl}: Adam on the cross entropy with the classes balanced, windows in a new
 * random order in each epoch, and the weights that had the best macro-F1 on the validation windows.
 * On one thread; the same windows and seed give the same weights.
 *
 * @param rate of Adam, above 0 and at most 1
 * @param batch windows of a step, 1 to 65536
 * @param epochs most passes over the windows, 1 to 10000
 * @param evaluateEvery windows after which the validation windows are scored, 1 or more
 * @param patience evaluations without a better macro-F1 after which the fit stops, 1 to 10000
 */
public record BinCtablFit(double rate, int batch, int epochs, int evaluateEvery, int patience) {

  public BinCtablFit {
    Range.checkShare("rate", rate);
    Range.check("batch", batch, 1, 1 << 16);
    Range.check("epochs", epochs, 1, 10_000);
    Range.check("evaluateEvery", evaluateEvery, 1, Integer.MAX_VALUE);
    Range.check("patience", patience, 1, 10_000);
  }

  /**
   * How a fit goes on, at each evaluation.
   *
   * @param windows learnt from so far, each as often as it was
   * @param most that the epochs allow
   * @param loss mean of the batches since the last evaluation
   * @param macroF1 on the validation windows
   * @param best so far
   */
  public record Progress(long windows, long most, double loss, double macroF1, double best) {}

  /**
   * Fits a network.
   *
   * @param validation at least one window, of the same shape
   * @param watcher told of each evaluation
   * @throws IllegalArgumentException if there are no windows, or they are of different shapes
   */
  public BinCtabl fit(Windows train, Windows validation, long seed, Consumer<Progress> watcher) {
    if (train.count() == 0 || validation.count() == 0) {
      throw new IllegalArgumentException(
          "Invalid windows: %d to learn from and %d to validate (must be 1 or more each)"
              .formatted(train.count(), validation.count()));
    }
    if (train.features() != validation.features() || train.steps() != validation.steps()) {
      throw new IllegalArgumentException("Invalid validation windows: of another shape");
    }
    return new Run(train, validation, seed).run(watcher);
  }

  /** One fit under way. */
  private final class Run {

    private final Windows train;
    private final Windows validation;
    private final SplittableRandom random;
    private final BinCtabl network;
    private final Adam adam;
    private final float[] classWeights;
    private final int[] order;
    private double lossSum;
    private int losses;
    private float[] bestWeights;
    private double best = Double.NEGATIVE_INFINITY;
    private int worse;

    Run(Windows train, Windows validation, long seed) {
      this.train = train;
      this.validation = validation;
      random = new SplittableRandom(seed);
      network = new BinCtabl(train.features(), train.steps());
      network.begin(random.nextLong());
      adam = new Adam(network);
      classWeights = balanced(train.labels());
      order = new int[train.count()];
      Arrays.setAll(order, i -> i);
    }

    BinCtabl run(Consumer<Progress> watcher) {
      long most = (long) epochs * train.count();
      long seen = 0;
      long next = evaluateEvery;
      for (int epoch = 0; epoch < epochs && worse < patience; epoch++) {
        shuffle();
        for (int from = 0; from < order.length && worse < patience; from += batch) {
          int to = Math.min(order.length, from + batch);
          learn(from, to);
          seen += to - from;
          boolean isLast = epoch == epochs - 1 && to == order.length;
          if (seen >= next || isLast) {
            next = seen + evaluateEvery;
            watcher.accept(evaluate(seen, most));
          }
        }
      }
      network.setWeights(bestWeights);
      return network;
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
      lossSum += network.learn(train.rows(), begins, labels, classWeights, random);
      losses++;
      adam.step(rate);
    }

    private Progress evaluate(long seen, long most) {
      double macroF1 = confusion(network, validation).macroF1();
      if (macroF1 > best) {
        best = macroF1;
        bestWeights = network.weights();
        worse = 0;
      } else {
        worse++;
      }
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
  public static ConfusionMatrix confusion(BinCtabl network, Windows windows) {
    ConfusionMatrix confusion = new ConfusionMatrix();
    float[] out = new float[MoveClass.COUNT];
    for (int i = 0; i < windows.count(); i++) {
      network.probabilities(windows.rows(), windows.begins()[i], out);
      int predicted = out[1] > out[0] ? 1 : 0;
      confusion.add(windows.labels()[i], out[2] > out[predicted] ? 2 : predicted);
    }
    return confusion;
  }
}

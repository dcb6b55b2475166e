package io.depthcast.scores;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * The uncertainty of scores of rows that depend on their neighbours.
 *
 * <p>Each draw takes as many consecutive blocks as there are, with replacement, adds up their
 * confusion matrices and takes the score; the interval is from the 2.5 % to the 97.5 % quantile of
 * the draws (linear between order statistics). A block has to be much longer than the dependence,
 * the horizon above all; some 20 to 100 blocks are usual. Source: E. Carlstein, Annals of
 * Statistics 14 (1986), fixed blocks; B. Efron and R. Tibshirani, An Introduction to the Bootstrap
 * (1993), section 13.3, percentile interval.
 *
 * @param draws 100 to 100000
 * @param seed of the draws; the same seed draws the same blocks
 */
public record BlockBootstrap(int draws, long seed) {

  public BlockBootstrap {
    if (draws < 100 || draws > 100_000) {
      throw new IllegalArgumentException("Invalid draws: " + draws + " (must be 100 to 100000)");
    }
  }

  /**
   * The interval of a score.
   *
   * @param blocks confusion matrices of consecutive blocks, 2 or more, each with rows, see {@link
   *     ConfusionMatrix#inBlocks}
   * @param score one that a confusion matrix gives
   */
  public Interval interval(List<ConfusionMatrix> blocks, ForecastScore score) {
    checkBlocks(blocks);
    Random random = new Random(seed);
    double[] scores = new double[draws];
    for (int d = 0; d < draws; d++) {
      scores[d] = score.of(sum(blocks, drawn(random, blocks.size())));
    }
    return interval(scores);
  }

  /**
   * The interval of the difference of two models' scores, first less second, on the same rows: both
   * take the same blocks in each draw.
   *
   * @param first confusion matrices of the first model, as for {@link #interval(List,
   *     ForecastScore)}
   * @param second those of the second model on the same blocks of the same rows
   */
  public Interval difference(
      List<ConfusionMatrix> first, List<ConfusionMatrix> second, ForecastScore score) {
    checkBlocks(first);
    if (second.size() != first.size()) {
      throw new IllegalArgumentException(
          "Invalid blocks: " + second.size() + " against " + first.size() + " (must be the same)");
    }
    for (int b = 0; b < first.size(); b++) {
      if (first.get(b).rows() != second.get(b).rows()) {
        throw new IllegalArgumentException(
            "Invalid block "
                + b
                + ": "
                + second.get(b).rows()
                + " rows against "
                + first.get(b).rows()
                + " (must be the same rows)");
      }
    }
    Random random = new Random(seed);
    double[] differences = new double[draws];
    for (int d = 0; d < draws; d++) {
      int[] drawn = drawn(random, first.size());
      differences[d] = score.of(sum(first, drawn)) - score.of(sum(second, drawn));
    }
    return interval(differences);
  }

  /**
   * The interval of the mean of a value that each row has; for two models' mean losses give the
   * difference of each row's.
   *
   * @param values by row, in the order of time
   * @param blocks 2 to the number of rows, cut as {@link ConfusionMatrix#inBlocks} does
   */
  public Interval mean(double[] values, int blocks) {
    if (blocks < 2 || blocks > values.length) {
      throw new IllegalArgumentException(
          "Invalid blocks: " + blocks + " (must be 2 to the " + values.length + " rows)");
    }
    double[] sums = new double[blocks];
    int[] rows = new int[blocks];
    for (int b = 0; b < blocks; b++) {
      int first = (int) ((long) b * values.length / blocks);
      int end = (int) ((b + 1L) * values.length / blocks);
      for (int i = first; i < end; i++) {
        sums[b] += values[i];
      }
      rows[b] = end - first;
    }
    Random random = new Random(seed);
    double[] means = new double[draws];
    for (int d = 0; d < draws; d++) {
      double sum = 0;
      long drawnRows = 0;
      for (int b : drawn(random, blocks)) {
        sum += sums[b];
        drawnRows += rows[b];
      }
      means[d] = sum / drawnRows;
    }
    return interval(means);
  }

  private static void checkBlocks(List<ConfusionMatrix> blocks) {
    if (blocks.size() < 2) {
      throw new IllegalArgumentException(
          "Invalid blocks: " + blocks.size() + " (must be 2 or more)");
    }
  }

  private static int[] drawn(Random random, int blocks) {
    int[] drawn = new int[blocks];
    for (int i = 0; i < blocks; i++) {
      drawn[i] = random.nextInt(blocks);
    }
    return drawn;
  }

  private static ConfusionMatrix sum(List<ConfusionMatrix> blocks, int[] drawn) {
    ConfusionMatrix sum = new ConfusionMatrix();
    for (int b : drawn) {
      sum.add(blocks.get(b));
    }
    return sum;
  }

  private static Interval interval(double[] draws) {
    Arrays.sort(draws);
    return new Interval(quantile(draws, 0.025), quantile(draws, 0.975));
  }

  private static double quantile(double[] sorted, double share) {
    double position = share * (sorted.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }
}

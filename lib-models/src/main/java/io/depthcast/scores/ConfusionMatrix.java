package io.depthcast.scores;

import io.depthcast.models.MoveClass;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * How often each class was predicted for each true class, and the scores that follow from it.
 *
 * <p>Undefined cases follow scikit-learn: precision, recall and F1 are 0 where their denominator is
 * 0 ({@code zero_division=0}); macro-F1 averages over the classes that occur as truth or as
 * prediction; the Matthews coefficient is 0 where truth or prediction is of one class. All scores
 * of no rows are NaN.
 */
public final class ConfusionMatrix implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long[][] counts = new long[MoveClass.COUNT][MoveClass.COUNT];

  /**
   * The matrix of a forecast; predicted is the most probable class, {@link #predicted}.
   *
   * @param truth by row, 0 to 2
   * @param probabilities {@code [3][rows]}
   */
  public static ConfusionMatrix of(byte[] truth, double[][] probabilities) {
    ConfusionMatrix matrix = new ConfusionMatrix();
    matrix.add(truth, probabilities, 0, truth.length);
    return matrix;
  }

  /**
   * Matrices of consecutive blocks of rows, as even as can be: block {@code b} is rows {@code
   * floor(b * rows / blocks)} to before {@code floor((b + 1) * rows / blocks)}.
   *
   * @param blocks 1 to the number of rows
   */
  public static List<ConfusionMatrix> inBlocks(byte[] truth, double[][] probabilities, int blocks) {
    if (blocks < 1 || blocks > truth.length) {
      throw new IllegalArgumentException(
          "Invalid blocks: " + blocks + " (must be 1 to the " + truth.length + " rows)");
    }
    List<ConfusionMatrix> matrices = new ArrayList<>();
    for (int b = 0; b < blocks; b++) {
      ConfusionMatrix matrix = new ConfusionMatrix();
      int first = (int) ((long) b * truth.length / blocks);
      int end = (int) ((b + 1L) * truth.length / blocks);
      matrix.add(truth, probabilities, first, end);
      matrices.add(matrix);
    }
    return matrices;
  }

  /** The most probable class of a row; of equally probable ones the lower. */
  public static int predicted(double[][] probabilities, int row) {
    int best = 0;
    for (int c = 1; c < MoveClass.COUNT; c++) {
      if (probabilities[c][row] > probabilities[best][row]) {
        best = c;
      }
    }
    return best;
  }

  /** Counts one row. */
  public void add(int truth, int predicted) {
    counts[truth][predicted]++;
  }

  /** Adds another matrix's counts to this one. */
  public void add(ConfusionMatrix other) {
    for (int t = 0; t < MoveClass.COUNT; t++) {
      for (int p = 0; p < MoveClass.COUNT; p++) {
        counts[t][p] += other.counts[t][p];
      }
    }
  }

  /** Rows of this true class that were predicted to be of that class. */
  public long count(int truth, int predicted) {
    return counts[truth][predicted];
  }

  /** All rows. */
  public long rows() {
    return truths(0) + truths(1) + truths(2);
  }

  /** Share of the rows whose class was predicted. */
  public double accuracy() {
    return (double) hits() / rows();
  }

  /**
   * F1 of a class, {@code 2 hits / (truths + predictions)}, the harmonic mean of precision and
   * recall; 0 for a class without truths and predictions.
   */
  public double f1(int label) {
    long both = truths(label) + predictions(label);
    return both == 0 ? 0 : 2.0 * counts[label][label] / both;
  }

  /** Mean F1 of the classes that occur as truth or prediction. */
  public double macroF1() {
    double sum = 0;
    int classes = 0;
    for (int c = 0; c < MoveClass.COUNT; c++) {
      if (truths(c) + predictions(c) > 0) {
        sum += f1(c);
        classes++;
      }
    }
    return sum / classes;
  }

  /** Mean F1 of the classes, each weighted by its share of the truths. */
  public double weightedF1() {
    double sum = 0;
    for (int c = 0; c < MoveClass.COUNT; c++) {
      sum += truths(c) * f1(c);
    }
    return sum / rows();
  }

  /**
   * Matthews correlation of truth and prediction for several classes, -1 to 1: {@code (h s - sum_k
   * t_k p_k) / sqrt((s^2 - sum_k p_k^2)(s^2 - sum_k t_k^2))} with h hits, s rows, t_k truths and
   * p_k predictions of class k. Source: J. Gorodkin, Comparing two K-category assignments by a
   * K-category correlation coefficient, Computational Biology and Chemistry 28 (2004), R_K.
   */
  public double mcc() {
    double s = rows();
    if (s == 0) {
      return Double.NaN;
    }
    double products = 0;
    double truthSquares = 0;
    double predictionSquares = 0;
    for (int c = 0; c < MoveClass.COUNT; c++) {
      double t = truths(c);
      double p = predictions(c);
      products += t * p;
      truthSquares += t * t;
      predictionSquares += p * p;
    }
    double variances = (s * s - predictionSquares) * (s * s - truthSquares);
    return variances == 0 ? 0 : (hits() * s - products) / Math.sqrt(variances);
  }

  private void add(byte[] truth, double[][] probabilities, int first, int end) {
    for (int i = first; i < end; i++) {
      add(truth[i], predicted(probabilities, i));
    }
  }

  private long hits() {
    return counts[0][0] + counts[1][1] + counts[2][2];
  }

  private long truths(int label) {
    return counts[label][0] + counts[label][1] + counts[label][2];
  }

  private long predictions(int label) {
    return counts[0][label] + counts[1][label] + counts[2][label];
  }
}

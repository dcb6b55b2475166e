package io.depthcast.bayes;

import java.util.Arrays;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;

/**
 * Moments of one or two normal scores, before and after the outcome of a softmax over them and a
 * score of 0, by Gauss-Hermite quadrature.
 */
final class ScoreMoments {

  private static final int POINTS = 20;

  /** Standard normal points and their weights. */
  private static final double[] POINT = new double[POINTS];

  private static final double[] WEIGHT = new double[POINTS];

  static {
    GaussIntegrator hermite = new GaussIntegratorFactory().hermite(POINTS);
    for (int i = 0; i < POINTS; i++) {
      POINT[i] = hermite.getPoint(i) * StrictMath.sqrt(2);
      WEIGHT[i] = hermite.getWeight(i) / StrictMath.sqrt(StrictMath.PI);
    }
  }

  /** Of the scores before the outcome, set by the caller. */
  final double[] mean;

  final double[][] covariance;

  private final int scores;
  private final double[] shift;

  /** {@code S^-1 (S' - S) S^-1}. */
  private final double[][] change;

  private final double[] at;
  private final double[] probability;
  private final double[] logLikelihood;

  ScoreMoments(int scores) {
    this.scores = scores;
    mean = new double[scores];
    covariance = new double[scores][scores];
    shift = new double[scores];
    change = new double[scores][scores];
    at = new double[scores];
    probability = new double[scores + 1];
    logLikelihood = new double[nodes()];
  }

  private int nodes() {
    return scores == 1 ? POINTS : POINTS * POINTS;
  }

  /**
   * Goes to a node: its scores less their mean in {@code at}.
   *
   * @return the node's weight
   */
  private double visit(int node) {
    double first = POINT[node % POINTS];
    double weight = WEIGHT[node % POINTS];
    double sd = StrictMath.sqrt(covariance[0][0]);
    at[0] = sd * first;
    if (scores == 2) {
      double along = covariance[1][0] / sd;
      double own = StrictMath.sqrt(Math.max(0, covariance[1][1] - along * along));
      at[1] = along * first + own * POINT[node / POINTS];
      weight *= WEIGHT[node / POINTS];
    }
    return weight;
  }

  /**
   * Fills the class probabilities of the node visited.
   *
   * @return logarithm of the probability of a class, finite
   */
  private double softmax(int label) {
    double greatest = 0;
    for (int c = 0; c < scores; c++) {
      greatest = Math.max(greatest, mean[c] + at[c]);
    }
    double sum = StrictMath.exp(-greatest);
    probability[scores] = sum;
    for (int c = 0; c < scores; c++) {
      probability[c] = StrictMath.exp(mean[c] + at[c] - greatest);
      sum += probability[c];
    }
    for (int c = 0; c <= scores; c++) {
      probability[c] /= sum;
    }
    double score = label < scores ? mean[label] + at[label] : 0;
    return score - greatest - StrictMath.log(sum);
  }

  /** The mean probability of each class. */
  void probabilities(double[] out) {
    Arrays.fill(out, 0);
    for (int node = 0; node < nodes(); node++) {
      double weight = visit(node);
      softmax(0);
      for (int c = 0; c <= scores; c++) {
        out[c] += weight * probability[c];
      }
    }
  }

  /** Finds the moments after an outcome. */
  void update(int label) {
    double greatest = Double.NEGATIVE_INFINITY;
    for (int node = 0; node < nodes(); node++) {
      visit(node);
      logLikelihood[node] = softmax(label);
      greatest = Math.max(greatest, logLikelihood[node]);
    }
    double evidence = 0;
    double[] first = new double[scores];
    double[][] second = new double[scores][scores];
    for (int node = 0; node < nodes(); node++) {
      double weight = visit(node) * StrictMath.exp(logLikelihood[node] - greatest);
      evidence += weight;
      for (int c = 0; c < scores; c++) {
        first[c] += weight * at[c];
        for (int k = 0; k < scores; k++) {
          second[c][k] += weight * at[c] * at[k];
        }
      }
    }
    double[][] fall = new double[scores][scores];
    for (int c = 0; c < scores; c++) {
      first[c] /= evidence;
    }
    for (int c = 0; c < scores; c++) {
      for (int k = 0; k < scores; k++) {
        fall[c][k] = second[c][k] / evidence - first[c] * first[k] - covariance[c][k];
      }
    }
    double[][] inverse = inverse();
    double[][] half = product(inverse, fall);
    double[][] whole = product(half, inverse);
    for (int c = 0; c < scores; c++) {
      shift[c] = 0;
      for (int k = 0; k < scores; k++) {
        shift[c] += inverse[c][k] * first[k];
        change[c][k] = (whole[c][k] + whole[k][c]) / 2;
      }
    }
  }

  private double[][] inverse() {
    if (scores == 1) {
      return new double[][] {{1 / covariance[0][0]}};
    }
    double a = covariance[0][0];
    double b = covariance[0][1];
    double d = covariance[1][1];
    double determinant = a * d - b * b;
    return new double[][] {
      {d / determinant, -b / determinant}, {-b / determinant, a / determinant}
    };
  }

  private double[][] product(double[][] left, double[][] right) {
    double[][] product = new double[scores][scores];
    for (int i = 0; i < scores; i++) {
      for (int j = 0; j < scores; j++) {
        for (int k = 0; k < scores; k++) {
          product[i][j] += left[i][k] * right[k][j];
        }
      }
    }
    return product;
  }

  /**
   * What the covariances with a weight are multiplied by to move its mean: {@code S^-1 (M' - M)}.
   */
  double shift(int score) {
    return shift[score];
  }

  /** The same for its covariances: {@code S^-1 (S' - S) S^-1}. */
  double change(int row, int column) {
    return change[row][column];
  }
}

package io.depthcast.bilinear;

/**
 * BiN-CTABL of one window after the papers' formulas, in doubles and with matrices as they are
 * written there; the twin of {@link BinCtabl}, from the same weights.
 */
final class NaiveBinCtabl {

  private final double[] weights;
  private int used;

  private NaiveBinCtabl(double[] weights) {
    this.weights = weights;
  }

  /** Probabilities of a window {@code [features][steps]}. */
  static double[] probabilities(double[] weights, double[][] x) {
    return new NaiveBinCtabl(weights).probabilities(x);
  }

  private double[] probabilities(double[][] x) {
    double[][] normalised = normalise(x);
    double[][] h1 = relu(bilinear(60, 10, normalised));
    double[][] h2 = relu(bilinear(120, 5, h1));
    double[] scores = attend(h2);
    double sum = 0;
    for (double score : scores) {
      sum += Math.exp(score);
    }
    double[] probabilities = new double[3];
    for (int c = 0; c < 3; c++) {
      probabilities[c] = Math.exp(scores[c]) / sum;
    }
    if (used != weights.length) {
      throw new IllegalStateException(used + " weights of " + weights.length + " were used");
    }
    return probabilities;
  }

  private double[][] matrix(int rows, int columns) {
    double[][] matrix = new double[rows][columns];
    for (double[] row : matrix) {
      for (int c = 0; c < columns; c++) {
        row[c] = weights[used++];
      }
    }
    return matrix;
  }

  private double[][] normalise(double[][] x) {
    int rows = x.length;
    int steps = x[0].length;
    double[] l1 = matrix(1, steps)[0];
    double[] b1 = matrix(1, steps)[0];
    double[] l2 = matrix(1, rows)[0];
    double[] b2 = matrix(1, rows)[0];
    double[] y = matrix(1, 2)[0];
    double[][] turned = turn(x);
    double[][] z1 = new double[steps][];
    for (int t = 0; t < steps; t++) {
      z1[t] = standard(turned[t]);
    }
    double[][] out = new double[rows][steps];
    for (int d = 0; d < rows; d++) {
      double[] z2 = standard(x[d]);
      for (int t = 0; t < steps; t++) {
        out[d][t] = y[0] * (l1[t] * z1[t][d] + b1[t]) + y[1] * (l2[d] * z2[t] + b2[d]);
      }
    }
    return out;
  }

  private static double[] standard(double[] x) {
    double mean = 0;
    for (double value : x) {
      mean += value / x.length;
    }
    double squares = 0;
    for (double value : x) {
      squares += Math.pow(value - mean, 2);
    }
    double deviation = Math.sqrt(squares / (x.length - 1));
    double[] z = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      z[i] = (x[i] - mean) / (deviation < 1e-4 ? 1 : deviation);
    }
    return z;
  }

  private double[][] bilinear(int rows, int steps, double[][] x) {
    double[][] w1 = turn(matrix(x.length, rows));
    double[][] w2 = matrix(x[0].length, steps);
    return plus(times(times(w1, x), w2), turn(matrix(steps, rows)));
  }

  private double[] attend(double[][] x) {
    int steps = x[0].length;
    double[][] w1 = matrix(3, x.length);
    double[][] w = matrix(steps, steps);
    double[][] w2 = turn(matrix(1, steps));
    double[][] bias = turn(matrix(1, 3));
    double l = matrix(1, 1)[0][0];
    for (int t = 0; t < steps; t++) {
      w[t][t] = 1.0 / steps;
    }
    double[][] combined = times(w1, x);
    double[][] energy = times(combined, w);
    double[][] mixed = new double[3][steps];
    for (int d = 0; d < 3; d++) {
      double sum = 0;
      for (int t = 0; t < steps; t++) {
        sum += Math.exp(energy[d][t]);
      }
      for (int t = 0; t < steps; t++) {
        double attention = Math.exp(energy[d][t]) / sum;
        mixed[d][t] = l * combined[d][t] + (1 - l) * combined[d][t] * attention;
      }
    }
    return turn(plus(times(mixed, w2), bias))[0];
  }

  private static double[][] relu(double[][] x) {
    double[][] out = new double[x.length][x[0].length];
    for (int d = 0; d < x.length; d++) {
      for (int t = 0; t < x[0].length; t++) {
        out[d][t] = x[d][t] > 0 ? x[d][t] : 0;
      }
    }
    return out;
  }

  private static double[][] turn(double[][] x) {
    double[][] out = new double[x[0].length][x.length];
    for (int d = 0; d < x.length; d++) {
      for (int t = 0; t < x[0].length; t++) {
        out[t][d] = x[d][t];
      }
    }
    return out;
  }

  private static double[][] times(double[][] a, double[][] b) {
    double[][] out = new double[a.length][b[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < b[0].length; j++) {
        for (int k = 0; k < b.length; k++) {
          out[i][j] += a[i][k] * b[k][j];
        }
      }
    }
    return out;
  }

  private static double[][] plus(double[][] a, double[][] b) {
    double[][] out = new double[a.length][a[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a[0].length; j++) {
        out[i][j] = a[i][j] + b[i][j];
      }
    }
    return out;
  }
}

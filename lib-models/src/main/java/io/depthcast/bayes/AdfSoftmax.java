package io.depthcast.bayes;

import java.util.Arrays;

/**
 * Bayesian logistic regression, for two classes, or softmax regression, for three, learned row by
 * row by assumed-density filtering. Classes but the last have weights, the last has scores of 0:
 *
 * <pre>
 *   a_c = w_c0 + sum_j w_cj x_j,   p_c = exp(a_c) / (1 + sum_k exp(a_k))
 * </pre>
 *
 * <p>The weights are normal with mean {@code m} and full covariance {@code V}; before the first
 * outcome each is independent with mean 0 and the prior's standard deviation. A row's scores are
 * then normal with mean {@code M} and covariance {@code S}. The outcome's likelihood depends on the
 * weights by the scores alone, so the moments of the exact posterior are those of the scores,
 * {@code M'} and {@code S'}, carried over by the regression of the weights on them, {@code B =
 * cov(w, a) S^-1}:
 *
 * <pre>
 *   m' = m + B (M' - M)
 *   V' = V + B (S' - S) B^T
 * </pre>
 *
 * <p>{@code M'}, {@code S'} and the forecast {@code E p_c} are integrals over one or two
 * dimensions, by Gauss-Hermite quadrature of 20 points each. Minka 2001, A family of algorithms for
 * approximate Bayesian inference, chapter 3; Zoeter 2007, Bayesian generalized linear models in a
 * terabyte world.
 *
 * <p>Forgetting is a step of the weights back to the prior, with retention {@code l}: {@code m <-
 * sqrt(l) m}, {@code V <- l V + (1 - l) V_prior}. This is the first-order autoregression whose
 * stationary distribution is the prior, so that no variance exceeds the prior's.
 *
 * <p>Columns should have a spread of about 1: the prior is the same for each. Memory and time per
 * row grow with the square of {@code (classes - 1) * (columns + 1)}.
 */
public final class AdfSoftmax implements OnlineClassifier {
  public static final String ALGORITHM = "adf_softmax";

  private final int classes;
  private final int columns;
  private final double priorSd;
  private final Forgetting forgetting;

  /** Of class c and column j at {@code c * (columns + 1) + j}, the intercept's column is 0. */
  private final double[] mean;

  private final double[][] covariance;
  private double observations;
  private final ScoreMoments moments;

  /**
   * @param classes 2 or 3
   * @param columns values of a row, 1 or more
   * @param priorSd of each weight, above 0, at most 3: the quadrature is too coarse for more
   * @param forgetting the model's own from here on
   */
  public AdfSoftmax(int classes, int columns, double priorSd, Forgetting forgetting) {
    if (classes < 2 || classes > 3) {
      throw new IllegalArgumentException("Invalid classes: " + classes + " (must be 2 or 3)");
    }
    if (columns < 1) {
      throw new IllegalArgumentException("Invalid columns: " + columns + " (must be 1 or more)");
    }
    if (!(priorSd > 0 && priorSd <= 3)) {
      throw new IllegalArgumentException(
          "Invalid priorSd: " + priorSd + " (must be above 0, at most 3)");
    }
    this.classes = classes;
    this.columns = columns;
    this.priorSd = priorSd;
    this.forgetting = forgetting;
    int weights = Math.multiplyExact(classes - 1, columns + 1);
    mean = new double[weights];
    covariance = new double[weights][weights];
    for (int i = 0; i < weights; i++) {
      covariance[i][i] = priorSd * priorSd;
    }
    moments = new ScoreMoments(classes - 1);
  }

  /** The model that {@link #state()} describes. */
  public static AdfSoftmax restore(byte[] state) {
    StateReader in = new StateReader(ALGORITHM, state);
    int classes = in.count(2);
    int columns = in.count(1);
    double priorSd = in.next();
    double observations = in.next();
    Forgetting forgetting = Forgetting.read(in);
    AdfSoftmax model = new AdfSoftmax(classes, columns, priorSd, forgetting);
    model.observations = observations;
    int weights = model.mean.length;
    System.arraycopy(in.next(weights), 0, model.mean, 0, weights);
    for (double[] row : model.covariance) {
      System.arraycopy(in.next(weights), 0, row, 0, weights);
    }
    in.end();
    return model;
  }

  @Override
  public String algorithm() {
    return ALGORITHM;
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public double observations() {
    return observations;
  }

  /**
   * Mean and standard deviation of a weight; column 0 is the intercept, column 1 the row's first.
   */
  public double[] weight(int label, int column) {
    int i = label * (columns + 1) + column;
    return new double[] {mean[i], StrictMath.sqrt(covariance[i][i])};
  }

  @Override
  public void probabilities(double[] row, double[] out) {
    Settings.requireOut(out, classes);
    check(row);
    scores(row, gains(row));
    moments.probabilities(out);
  }

  @Override
  public void learn(double[] row, int label) {
    check(row);
    if (label < 0 || label >= classes) {
      throw new IllegalArgumentException(
          "Invalid class: %d (must be 0 to %d)".formatted(label, classes - 1));
    }
    double retention = forgetting.retention(label, observations);
    forget(retention);
    observations = retention * observations + 1;
    double[][] gains = gains(row);
    scores(row, gains);
    moments.update(label);
    int scores = classes - 1;
    for (int i = 0; i < mean.length; i++) {
      for (int c = 0; c < scores; c++) {
        mean[i] += gains[c][i] * moments.shift(c);
      }
    }
    for (int i = 0; i < mean.length; i++) {
      for (int c = 0; c < scores; c++) {
        double left = 0;
        for (int k = 0; k < scores; k++) {
          left += gains[k][i] * moments.change(k, c);
        }
        for (int j = 0; j <= i; j++) {
          covariance[i][j] += left * gains[c][j];
        }
      }
      for (int j = 0; j < i; j++) {
        covariance[j][i] = covariance[i][j];
      }
    }
  }

  private void forget(double retention) {
    double shrink = StrictMath.sqrt(retention);
    for (int i = 0; i < mean.length; i++) {
      mean[i] *= shrink;
      for (int j = 0; j < mean.length; j++) {
        covariance[i][j] *= retention;
      }
      covariance[i][i] += (1 - retention) * priorSd * priorSd;
    }
  }

  /** Covariance of each score with each weight. */
  private double[][] gains(double[] row) {
    int width = columns + 1;
    double[][] gains = new double[classes - 1][mean.length];
    for (int c = 0; c < gains.length; c++) {
      for (int i = 0; i < mean.length; i++) {
        double[] of = covariance[i];
        double sum = of[c * width];
        for (int j = 0; j < columns; j++) {
          sum += of[c * width + 1 + j] * row[j];
        }
        gains[c][i] = sum;
      }
    }
    return gains;
  }

  /** Sets the moments of the row's scores. */
  private void scores(double[] row, double[][] gains) {
    for (int c = 0; c < classes - 1; c++) {
      moments.mean[c] = score(mean, c, row);
      for (int k = 0; k < classes - 1; k++) {
        moments.covariance[c][k] = score(gains[Math.min(c, k)], Math.max(c, k), row);
      }
    }
  }

  private double score(double[] weights, int label, double[] row) {
    int at = label * (columns + 1);
    double sum = weights[at];
    for (int j = 0; j < columns; j++) {
      sum += weights[at + 1 + j] * row[j];
    }
    return sum;
  }

  private void check(double[] row) {
    if (row.length != columns) {
      throw new IllegalArgumentException(
          "Invalid row: %d values (must be %d)".formatted(row.length, columns));
    }
    for (int j = 0; j < columns; j++) {
      if (!Double.isFinite(row[j])) {
        throw new IllegalArgumentException(
            "Invalid value in column %d: %s (must be finite)".formatted(j, row[j]));
      }
    }
  }

  @Override
  public byte[] state() {
    StateWriter out = new StateWriter(ALGORITHM);
    out.put(classes, columns, priorSd, observations);
    forgetting.write(out);
    out.put(mean);
    Arrays.stream(covariance).forEach(out::put);
    return out.bytes();
  }
}

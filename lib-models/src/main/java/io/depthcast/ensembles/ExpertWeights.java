package io.depthcast.ensembles;

import java.util.Arrays;

/**
 * Weights of experts that follow their losses. They begin equal; after each round
 *
 * <pre>
 *   v_i = w_i exp(-rate * loss_i) / sum_j w_j exp(-rate * loss_j)
 *   w_i = (1 - share) v_i + share / (n - 1) * (1 - v_i)
 * </pre>
 *
 * <p>With a share of 0 this is Hedge, Y. Freund and R. E. Schapire, Journal of Computer and System
 * Sciences 55 (1997); with more the fixed share of M. Herbster and M. K. Warmuth, Tracking the Best
 * Expert, Machine Learning 32 (1998), by which an expert that was bad can come back. Weights are
 * kept as logarithms, so that none is ever lost to underflow.
 */
public final class ExpertWeights {

  private final double rate;
  private final double share;
  private final double[] logs;

  /**
   * @param experts 2 or more
   * @param rate above 0
   * @param share 0 to 0.5
   */
  public ExpertWeights(int experts, double rate, double share) {
    if (experts < 2) {
      throw new IllegalArgumentException("Invalid experts: " + experts + " (must be 2 or more)");
    }
    this.rate = rate;
    this.share = share;
    logs = new double[experts];
  }

  /**
   * Learns from one round.
   *
   * @param losses by expert, finite
   */
  public void learn(double[] losses) {
    for (int i = 0; i < logs.length; i++) {
      logs[i] -= rate * losses[i];
    }
    double greatest = Arrays.stream(logs).max().orElseThrow();
    for (int i = 0; i < logs.length; i++) {
      logs[i] -= greatest;
    }
    if (share > 0) {
      double[] learnt = weights();
      for (int i = 0; i < logs.length; i++) {
        logs[i] = Math.log((1 - share) * learnt[i] + share / (logs.length - 1) * (1 - learnt[i]));
      }
    }
  }

  /** The weights by expert, their sum 1. */
  public double[] weights() {
    return softmax(logs);
  }

  /** {@code exp(x_i) / sum_j exp(x_j)}. */
  static double[] softmax(double[] x) {
    double greatest = Arrays.stream(x).max().orElseThrow();
    double[] shares = new double[x.length];
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      shares[i] = Math.exp(x[i] - greatest);
      sum += shares[i];
    }
    for (int i = 0; i < x.length; i++) {
      shares[i] /= sum;
    }
    return shares;
  }
}

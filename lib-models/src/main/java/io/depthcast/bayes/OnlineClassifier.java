package io.depthcast.bayes;

/** An {@link OnlineModel} of an outcome that is one of a few classes. */
public interface OnlineClassifier extends OnlineModel {

  /** How many classes there are; they are numbered from 0. */
  int classes();

  /**
   * Forecasts a row.
   *
   * @param row finite values; which ones, the model says
   * @param out {@code [classes]}, filled with probabilities above 0, their sum 1 up to rounding
   * @throws IllegalArgumentException where the row or {@code out} is not of the model's shape
   */
  void probabilities(double[] row, double[] out);

  /**
   * Learns the outcome of a row.
   *
   * @throws IllegalArgumentException where the row is not of the model's shape or there is no such
   *     class; nothing is learned then
   */
  void learn(double[] row, int label);
}

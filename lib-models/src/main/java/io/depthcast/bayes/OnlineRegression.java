package io.depthcast.bayes;

/** An {@link OnlineModel} of an outcome that is a number. */
public interface OnlineRegression extends OnlineModel {

  /**
   * Forecasts a row.
   *
   * @param row finite values; which ones, the model says
   * @throws IllegalArgumentException where the row is not of the model's shape
   */
  Predictive predict(double[] row);

  /**
   * Learns the outcome of a row.
   *
   * @throws IllegalArgumentException where the row is not of the model's shape or the value is not
   *     finite; nothing is learned then
   */
  void learn(double[] row, double value);
}

package io.depthcast.jobs.benchmark;

import io.depthcast.models.MoveClass;
import java.util.List;

/**
 * What one fit says of the validation and the test rows.
 *
 * @param validation {@code [3][rows]}, probabilities of down, flat and up
 * @param test the same
 * @param note on the fit, may be empty
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Forecast(double[][] validation, double[][] test, String note) {

  private static final double LEAST_PROBABILITY = 1e-15;

  /** The mean of the log probabilities, made to sum to 1 again. */
  static Forecast mean(List<Forecast> forecasts) {
    return new Forecast(
        meanOf(forecasts.stream().map(Forecast::validation).toList()),
        meanOf(forecasts.stream().map(Forecast::test).toList()),
        "");
  }

  private static double[][] meanOf(List<double[][]> all) {
    int rows = all.get(0)[0].length;
    double[][] mean = new double[MoveClass.COUNT][rows];
    for (int i = 0; i < rows; i++) {
      double sum = 0;
      for (int c = 0; c < MoveClass.COUNT; c++) {
        double log = 0;
        for (double[][] p : all) {
          log += logOf(p[c][i]);
        }
        mean[c][i] = Math.exp(log / all.size());
        sum += mean[c][i];
      }
      for (int c = 0; c < MoveClass.COUNT; c++) {
        mean[c][i] /= sum;
      }
    }
    return mean;
  }

  static double logOf(double p) {
    return Math.log(Math.max(p, LEAST_PROBABILITY));
  }
}

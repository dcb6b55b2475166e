package io.depthcast.models;

/**
 * A fitted forecaster. It needs no Spark: a task restores it from the algorithm's name and the
 * artifact's bytes and scores its rows. Not safe for use by two threads at once; a model may hold
 * native memory, which {@link #close()} frees.
 */
public interface ForecastModel extends AutoCloseable {

  /** The name under which the model is restored, for example {@code xgboost}. */
  String algorithm();

  /**
   * Forecasts a batch. The result of a row does not depend on the other rows of its batch.
   *
   * @param out {@code [3][rows]}, filled with the probabilities of {@link MoveClass#DOWN}, {@link
   *     MoveClass#FLAT} and {@link MoveClass#UP}: each from 0 to 1, their sum 1 up to rounding
   * @throws IllegalArgumentException where the batch has not the columns that the model was fitted
   *     on, or {@code out} has another shape
   */
  void probabilities(ForecastRows rows, double[][] out);

  /** All that is needed to restore the model; the same fit gives the same bytes. */
  byte[] artifact();

  @Override
  default void close() {}

  /** Refuses an {@code out} that is not {@code [3][rows]}. */
  static void checkShape(ForecastRows rows, double[][] out) {
    boolean fits = out.length == MoveClass.COUNT;
    for (int c = 0; fits && c < out.length; c++) {
      fits = out[c].length == rows.rows();
    }
    if (!fits) {
      throw new IllegalArgumentException("Invalid out: must be [3][" + rows.rows() + "]");
    }
  }

  /** Refuses a batch with other columns than the model was fitted on. */
  static void checkColumns(ForecastRows rows, int columns) {
    if (rows.columns() != columns) {
      throw new IllegalArgumentException(
          "Invalid columns: " + rows.columns() + " (the model was fitted on " + columns + ")");
    }
  }
}

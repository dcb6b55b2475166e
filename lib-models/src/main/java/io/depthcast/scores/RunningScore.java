package io.depthcast.scores;

import io.depthcast.models.MoveClass;
import java.io.Serializable;

/** Log loss and confusion of rows as they come, for whoever does not keep them. */
public final class RunningScore implements Serializable {

  private static final long serialVersionUID = 1L;

  private final ConfusionMatrix matrix = new ConfusionMatrix();
  private final double[][] row = new double[MoveClass.COUNT][1];
  private double losses;

  /**
   * Takes the next row.
   *
   * @param truth 0 to 2
   */
  public void add(int truth, double down, double flat, double up) {
    row[MoveClass.DOWN][0] = down;
    row[MoveClass.FLAT][0] = flat;
    row[MoveClass.UP][0] = up;
    matrix.add(truth, ConfusionMatrix.predicted(row, 0));
    losses += LogLoss.of(row[truth][0]);
  }

  /** Adds the rows of another one, as if they came after these. */
  public void add(RunningScore other) {
    matrix.add(other.matrix);
    losses += other.losses;
  }

  /** Rows so far. */
  public long rows() {
    return matrix.rows();
  }

  /** {@link ForecastScore#LOG_LOSS} of the rows; NaN without rows. */
  public double logLoss() {
    return losses / rows();
  }

  /** Which class was predicted of which. */
  public ConfusionMatrix matrix() {
    return matrix;
  }
}

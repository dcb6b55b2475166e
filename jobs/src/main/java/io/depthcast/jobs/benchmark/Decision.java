package io.depthcast.jobs.benchmark;

import io.depthcast.models.MoveClass;
import io.depthcast.scores.ConfusionMatrix;

/**
 * How probabilities become a class: the one with the greatest {@code ln p + (down, 0, up)}.
 *
 * @param down added to the log probability of down
 * @param up added to that of up
 */
record Decision(double down, double up) {

  /** The most probable class. */
  static final Decision PLAIN = new Decision(0, 0);

  private static final int STEPS = 16;
  private static final double WIDEST = 1.5;

  /**
   * Of the 16 x 16 grid from -1.5 to 1.5 the offsets with the best macro-F1 on rows that no fit is
   * tested on; of equals the first.
   */
  static Decision tuned(byte[] truth, double[][] probabilities) {
    double[][] logs = logs(probabilities);
    Decision best = PLAIN;
    double bestF1 = Double.NEGATIVE_INFINITY;
    for (int a = 0; a < STEPS; a++) {
      for (int b = 0; b < STEPS; b++) {
        Decision decision = new Decision(step(a), step(b));
        ConfusionMatrix confusion = new ConfusionMatrix();
        for (int i = 0; i < truth.length; i++) {
          confusion.add(truth[i], decision.of(logs, i));
        }
        if (confusion.macroF1() > bestF1) {
          bestF1 = confusion.macroF1();
          best = decision;
        }
      }
    }
    return best;
  }

  private static double step(int i) {
    return -WIDEST + 2 * WIDEST * i / (STEPS - 1);
  }

  /** The class of each row. */
  byte[] classes(double[][] probabilities) {
    double[][] logs = logs(probabilities);
    byte[] classes = new byte[logs[0].length];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = of(logs, i);
    }
    return classes;
  }

  private byte of(double[][] logs, int row) {
    double d = logs[MoveClass.DOWN][row] + down;
    double f = logs[MoveClass.FLAT][row];
    double u = logs[MoveClass.UP][row] + up;
    if (u > d && u > f) {
      return MoveClass.UP;
    }
    return (byte) (f > d ? MoveClass.FLAT : MoveClass.DOWN);
  }

  private static double[][] logs(double[][] probabilities) {
    double[][] logs = new double[MoveClass.COUNT][probabilities[0].length];
    for (int c = 0; c < logs.length; c++) {
      for (int i = 0; i < logs[c].length; i++) {
        logs[c][i] = Forecast.logOf(probabilities[c][i]);
      }
    }
    return logs;
  }
}

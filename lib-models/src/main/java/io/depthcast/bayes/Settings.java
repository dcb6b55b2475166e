package io.depthcast.bayes;

/** Checks of parameters and rows that the models share. */
final class Settings {

  private Settings() {}

  static void requirePositive(String name, double value) {
    if (!(value > 0 && Double.isFinite(value))) {
      throw new IllegalArgumentException(
          "Invalid %s: %s (must be finite and above 0)".formatted(name, value));
    }
  }

  /** Length of the array that holds a slot for each state. */
  static int slots(int states, Conjugate prior) {
    if (states < 1) {
      throw new IllegalArgumentException("Invalid states: " + states + " (must be 1 or more)");
    }
    return Math.multiplyExact(states, prior.statistics());
  }

  /** The state that a row of one value names. */
  static int stateOf(double[] row, int states) {
    if (row.length != 1) {
      throw new IllegalArgumentException(
          "Invalid row: %d values (must be 1, the state)".formatted(row.length));
    }
    int state = (int) row[0];
    if (!(state >= 0 && state < states && state == row[0])) {
      throw new IllegalArgumentException(
          "Invalid state: %s (must be a whole number from 0 to %d)".formatted(row[0], states - 1));
    }
    return state;
  }

  static void requireProbability(double probability) {
    if (!(probability > 0 && probability < 1)) {
      throw new IllegalArgumentException(
          "Invalid probability: " + probability + " (must be above 0 and below 1)");
    }
  }

  static void requireOut(double[] out, int classes) {
    if (out.length != classes) {
      throw new IllegalArgumentException(
          "Invalid out: %d values (must be %d)".formatted(out.length, classes));
    }
  }
}

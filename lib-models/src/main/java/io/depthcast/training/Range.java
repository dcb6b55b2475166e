package io.depthcast.training;

/** Checks of hyper-parameters; the message says the value and what is allowed. */
public final class Range {

  private Range() {}

  /** Refuses a value outside {@code low} to {@code high}, both allowed. */
  public static void check(String name, int value, int low, int high) {
    if (value < low || value > high) {
      throw new IllegalArgumentException(
          "Invalid " + name + ": " + value + " (must be " + low + " to " + high + ")");
    }
  }

  /** Refuses NaN and a value outside {@code low} to {@code high}, both allowed. */
  public static void check(String name, double value, double low, double high) {
    if (!(value >= low && value <= high)) {
      throw new IllegalArgumentException(
          "Invalid " + name + ": " + value + " (must be " + low + " to " + high + ")");
    }
  }

  /** Refuses NaN and a value that is not above 0 and at most 1. */
  public static void checkShare(String name, double value) {
    if (!(value > 0 && value <= 1)) {
      throw new IllegalArgumentException(
          "Invalid " + name + ": " + value + " (must be above 0 and at most 1)");
    }
  }
}

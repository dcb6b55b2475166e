package io.depthcast.features;

/** The range check of the families' parameters. */
final class Ranges {

  private Ranges() {}

  static void check(String parameter, int value, int lowest, int highest) {
    if (value < lowest || value > highest) {
      throw new IllegalArgumentException(
          "Invalid " + parameter + ": " + value + " (must be " + lowest + " to " + highest + ")");
    }
  }

  static void checkPositive(String parameter, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "Invalid " + parameter + ": " + value + " (must be a number > 0)");
    }
  }

  static void checkShare(String parameter, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(
          "Invalid " + parameter + ": " + value + " (must be 0 to 1)");
    }
  }
}

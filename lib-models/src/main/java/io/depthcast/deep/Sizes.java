package io.depthcast.deep;

/** Checks of sizes that several networks share. */
final class Sizes {

  private Sizes() {}

  static void checkDropout(double dropout) {
    if (!(dropout >= 0 && dropout < 1)) {
      throw new IllegalArgumentException(
          "Invalid dropout: " + dropout + " (must be 0 or more and below 1)");
    }
  }

  static void checkMultiple(String name, int value, int of) {
    if (value % of != 0) {
      throw new IllegalArgumentException(
          "Invalid %s: %d (must be a multiple of %d)".formatted(name, value, of));
    }
  }
}

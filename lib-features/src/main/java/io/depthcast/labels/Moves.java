package io.depthcast.labels;

/** Moves of a price in bps. */
final class Moves {

  /** Moves closer to 0 than this are rounding. */
  private static final double SMALLEST = 1e-10;

  private Moves() {}

  /** {@code difference / price * 10^4}; NaN where undefined. */
  static double bps(double difference, double price) {
    double move = difference / price;
    if (Double.isInfinite(move)) {
      return Double.NaN;
    }
    return Math.abs(move) < SMALLEST ? 0 : move * 1e4;
  }
}

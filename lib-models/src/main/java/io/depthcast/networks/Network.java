package io.depthcast.networks;

/**
 * A network that forecasts from a window of rows. Not safe for use by two threads; it may hold
 * native memory, which {@link #close()} frees.
 */
public interface Network extends AutoCloseable {

  /** Features of a row. */
  int features();

  /** Rows of a window. */
  int steps();

  /**
   * Computes the probabilities of windows. Those of a window do not depend on the others.
   *
   * @param rows features row by row, finite; rows of a window one after the other, time rising
   * @param begins by window: where its first row begins in {@code rows}
   * @param out {@code [windows][3]}, probabilities of down, flat and up, overwritten
   */
  void probabilities(float[] rows, int[] begins, float[][] out);

  /** A copy of all weights, in an order that is always the same. */
  float[] weights();

  @Override
  default void close() {}
}

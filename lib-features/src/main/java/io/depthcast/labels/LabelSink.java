package io.depthcast.labels;

/** Takes the labels of a slice in the order of its rows. */
@FunctionalInterface
public interface LabelSink {

  /**
   * @param seq row t
   * @param tsEvent time of row t, nanoseconds UTC
   * @param moveBps the move from row t on, bps; NaN where undefined
   * @param tsLabelEnd time of the last row that the label looks at, nanoseconds UTC; {@link
   *     Label#NO_END} where the slice ends before it
   */
  void label(long seq, long tsEvent, double moveBps, long tsLabelEnd);
}

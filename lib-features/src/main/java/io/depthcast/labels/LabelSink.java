package io.depthcast.labels;

/** Takes the labels of a slice in the order of its rows. */
@FunctionalInterface
public interface LabelSink {

  /**
   * @param seq row t
   * @param tsEvent time of row t, nanoseconds UTC
   * @param value the label's {@link Label#quantity()}; NaN where undefined
   * @param seqEnd row e, the last one that the label looks at; {@link Label#NO_END} where the slice
   *     ends before it
   * @param tsEnd time of row e, nanoseconds UTC, or {@link Label#NO_END}
   */
  void label(long seq, long tsEvent, double value, long seqEnd, long tsEnd);
}

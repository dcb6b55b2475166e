package io.depthcast.feed.snapshot;

/** Takes the labels that come with a table. */
@FunctionalInterface
public interface GivenLabelSink {

  /**
   * Called while the row is read that the label ends with.
   *
   * @param label index in {@link SnapshotSource#labels()}
   * @param seq row t
   * @param tsEvent time of row t, nanoseconds UTC
   * @param direction -1 down, 0 flat, 1 up
   * @param tsLabelEnd time of the last row that the label looks at, nanoseconds UTC
   */
  void label(int label, long seq, long tsEvent, int direction, long tsLabelEnd);
}

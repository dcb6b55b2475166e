package io.depthcast.feed.snapshot;

/**
 * The labels of one column that wait for the row they end with. A label is given if all rows from
 * its own to its last are there and none of them is suspect.
 */
final class PendingLabels {

  private final int label;
  private final GivenLabelSink sink;

  // Of the last rows, by their place in the file modulo the horizon.
  private final long[] seq;
  private final long[] tsEvent;
  private final byte[] direction;

  /** Rows so far in the file and the session, and how many of them the last bad one ends. */
  private long rows;

  private long bad;

  PendingLabels(int label, int horizonRows, GivenLabelSink sink) {
    this.label = label;
    this.sink = sink;
    seq = new long[horizonRows];
    tsEvent = new long[horizonRows];
    direction = new byte[horizonRows];
  }

  /** The next row is the first of a file or a session: what waits is dropped. */
  void restart() {
    rows = 0;
    bad = 0;
  }

  /** Takes a row that no label may touch: a rejected one. */
  void addBad() {
    bad = ++rows;
  }

  void add(long rowSeq, long rowTsEvent, byte rowDirection, boolean suspect) {
    if (suspect) {
      addBad();
      return;
    }
    int place = (int) (rows % seq.length);
    if (rows - seq.length >= bad && direction[place] != GivenLabel.NONE) {
      sink.label(label, seq[place], tsEvent[place], direction[place], rowTsEvent);
    }
    seq[place] = rowSeq;
    tsEvent[place] = rowTsEvent;
    direction[place] = rowDirection;
    rows++;
  }
}

package io.depthcast.feed;

import java.time.LocalDate;

/** The first row after some moment of a session, once there is one. */
public final class RowMark {

  private LocalDate day;
  private long seq;
  private long tsEvent;

  /** Without a row yet. */
  RowMark() {}

  /** That row. */
  public RowMark(LocalDate day, long seq, long tsEvent) {
    set(day, seq, tsEvent);
  }

  void set(LocalDate ofDay, long ofSeq, long atNanos) {
    day = ofDay;
    seq = ofSeq;
    tsEvent = atNanos;
  }

  boolean isSet() {
    return day != null;
  }

  /** The moment is now: the next row will be the one. */
  public void reset() {
    day = null;
  }

  LocalDate day() {
    return day;
  }

  long seq() {
    return seq;
  }

  long tsEvent() {
    return tsEvent;
  }
}

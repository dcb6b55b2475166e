package io.depthcast.exchange;

import io.depthcast.quality.SuspectWindow.Cause;

/**
 * A consequence of a fault in a capture: the rows that a reader has to call suspect, or whose book
 * is wrong without a sign of it.
 *
 * @param fault what was done
 * @param cause why the rows are suspect; null where none is, because nothing is lost or no reader
 *     can tell
 * @param recvFirst receive time of the line that makes the first suspect row, nanoseconds UTC
 * @param recvLast that of the last, inclusive
 */
public record InjectedFault(CaptureFault fault, Cause cause, long recvFirst, long recvLast) {

  /** Columns of {@link #csv}. */
  public static final String CSV_HEADER = "fault,cause,recv_first_ns,recv_last_ns";

  /** As a row of a table; the cause is empty where there is none. */
  public String csv() {
    return fault.column()
        + ","
        + (cause == null ? "" : cause.column())
        + ","
        + recvFirst
        + ","
        + recvLast;
  }
}

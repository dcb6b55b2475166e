package io.depthcast.feed;

import io.depthcast.book.BookBatch;
import java.util.Locale;

/**
 * The two clocks of a session: the venue's, on its messages, and the receiver's. All times are
 * nanoseconds UTC.
 */
public final class FeedClock {

  /** Before the first time of a kind; any real time lies after it. */
  private static final long NONE = Long.MIN_VALUE;

  private static final long MS = 1_000_000;
  private static final long DAY_MS = 86_400_000;

  private final FeedLimits limits;
  private long lastLine = NONE;
  private long latest = NONE;
  private long lastEvent = NONE;
  private long lastSkew;

  public FeedClock(FeedLimits limits) {
    this.limits = limits;
  }

  /**
   * Takes note of a line.
   *
   * @return nanoseconds since the line before if they are more than the limit of silence, else 0
   */
  public long silenceBefore(long tsRecv) {
    long silence = lastLine == NONE ? 0 : tsRecv - lastLine;
    lastLine = tsRecv;
    return silence > limits.silenceMs() * MS ? silence : 0;
  }

  /**
   * Whether a venue's stamp lies within the largest skew of the receive time; without a receive
   * time, whether it is at most a day after the rows so far.
   *
   * @param tsRecv nanoseconds UTC, or {@link BookBatch#NO_TIME}
   */
  public boolean isPlausible(long tsEvent, long tsRecv) {
    if (tsRecv == BookBatch.NO_TIME) {
      return latest == NONE || tsEvent - latest <= DAY_MS * MS;
    }
    return Math.abs(tsRecv - tsEvent) <= limits.maxSkewMs() * MS;
  }

  /**
   * Time at the venue of a message that bears none: that of the last row which had one, and what
   * the receiver's clock has gone since; before such a row, the receive time.
   */
  public long estimate(long tsRecv) {
    return lastEvent == NONE ? tsRecv : tsRecv - lastSkew;
  }

  /** The latest time at the venue of the rows so far. */
  public long latest() {
    return latest;
  }

  /** The latest time at the venue of the rows so far and of one to come. */
  public long latest(long tsEvent) {
    return Math.max(latest, tsEvent);
  }

  /** Takes note of a row without a stamp of the venue, at an {@linkplain #estimate estimate}. */
  public void unstampedRow(long tsEvent) {
    latest = latest(tsEvent);
  }

  /**
   * Takes note of a row.
   *
   * @param tsRecv when it was received, or {@link BookBatch#NO_TIME}
   * @return what the clocks did, if it is more than the limits allow, else null
   */
  public String stampedRow(long tsEvent, long tsRecv) {
    String jump = null;
    boolean received = tsRecv != BookBatch.NO_TIME;
    long skew = received ? tsRecv - tsEvent : lastSkew;
    if (latest != NONE && latest - tsEvent > limits.clockBackMs() * MS) {
      jump = "the venue's clock is " + seconds(latest - tsEvent) + " behind its latest time";
    } else if (lastEvent != NONE && Math.abs(skew - lastSkew) > limits.skewStepMs() * MS) {
      jump =
          "receive time minus venue time went from " + seconds(lastSkew) + " to " + seconds(skew);
    }
    latest = latest(tsEvent);
    lastEvent = received ? tsEvent : lastEvent;
    lastSkew = skew;
    return jump;
  }

  /** Whether a message is later by its stamp than another, by more than the limit of silence. */
  public boolean isMuchLater(long tsEvent, long tsEventBefore) {
    return tsEvent - tsEventBefore > limits.silenceMs() * MS;
  }

  /**
   * Whether a message is earlier by its stamp than the one before it in its stream, by no more than
   * the venue's clock may go back: then it is the message that is late, not the clock.
   */
  public boolean isOvertaken(long tsEvent, long tsEventBefore) {
    return tsEvent < tsEventBefore && tsEventBefore - tsEvent <= limits.clockBackMs() * MS;
  }

  /** A span as {@code 1.500 s}. */
  public static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.3f s", nanos / 1e9);
  }
}

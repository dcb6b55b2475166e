package io.depthcast.feed;

import io.depthcast.feed.FeedReader.Dated;
import io.depthcast.quality.SuspectWindow;
import io.depthcast.quality.SuspectWindow.Cause;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Makes suspect windows of what is wrong with each row: a window of a cause lasts as long as row
 * after row is flagged with it, and keeps the detail of the first.
 */
public final class SuspectLog {

  private static final Cause[] CAUSES = Cause.values();

  private final List<Dated<SuspectWindow>> windows = new ArrayList<>();

  // By the cause's ordinal; a bit of `flagged` speaks of the row to come, of `open` of the last.
  private final String[] details = new String[CAUSES.length];
  private final long[] seqFirst = new long[CAUSES.length];
  private final long[] tsFirst = new long[CAUSES.length];
  private int flagged;
  private int open;

  private LocalDate day;
  private long lastSeq;
  private long lastTs;

  /** Ends all windows with the last row and begins a day. */
  public void beginDay(LocalDate newDay) {
    close(open);
    day = newDay;
  }

  /**
   * Says that the next row is suspect.
   *
   * @param detail asked for where a window begins only
   */
  public void flag(Cause cause, Supplier<String> detail) {
    int bit = 1 << cause.ordinal();
    if (((flagged | open) & bit) == 0) {
      details[cause.ordinal()] = detail.get();
    }
    flagged |= bit;
  }

  /**
   * Takes note of a row and of what it was flagged with.
   *
   * @param tsEvent nanoseconds UTC, not before that of the row above
   * @return whether the row is suspect
   */
  public boolean addRow(long seq, long tsEvent) {
    if (flagged != open) {
      close(open & ~flagged);
      int begins = flagged & ~open;
      for (Cause cause : CAUSES) {
        int i = cause.ordinal();
        if ((begins & 1 << i) != 0) {
          seqFirst[i] = seq;
          tsFirst[i] = tsEvent;
        }
      }
      open = flagged;
    }
    flagged = 0;
    lastSeq = seq;
    lastTs = tsEvent;
    return open != 0;
  }

  /** Ends all windows with the last row. */
  public void end() {
    close(open);
  }

  private void close(int which) {
    open &= ~which;
    for (Cause cause : CAUSES) {
      int i = cause.ordinal();
      if ((which & 1 << i) != 0) {
        SuspectWindow window =
            new SuspectWindow(seqFirst[i], lastSeq, tsFirst[i], lastTs, cause, details[i]);
        windows.add(new Dated<>(day, window));
      }
    }
  }

  /** Windows that have ended, in the order of their ends. */
  public List<Dated<SuspectWindow>> windows() {
    return List.copyOf(windows);
  }
}

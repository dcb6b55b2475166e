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
 * after row is flagged with it, and keeps the detail of the first. What is learned too late about
 * rows that were added as sound begins a window before them ({@link #doubt}).
 */
public final class SuspectLog {

  private static final Cause[] CAUSES = Cause.values();

  private final List<Dated<SuspectWindow>> windows = new ArrayList<>();
  private final List<RowMark> marks = new ArrayList<>();

  /** The days before, each with its first and last row. */
  private final List<Day> days = new ArrayList<>();

  // By the cause's ordinal; a bit of `flagged` speaks of the row to come, of `open` of the last.
  private final String[] details = new String[CAUSES.length];
  private final long[] seqFirst = new long[CAUSES.length];
  private final long[] tsFirst = new long[CAUSES.length];
  private int flagged;
  private int open;

  private LocalDate day;
  private long firstTs;
  private long lastSeq;
  private long lastTs;
  private boolean late;

  private record Day(LocalDate date, long tsFirst, long lastSeq, long tsLast) {}

  /** Ends all windows with the last row and begins a day. */
  public void beginDay(LocalDate newDay) {
    close(open);
    if (lastSeq > 0) {
      days.add(new Day(day, firstTs, lastSeq, lastTs));
    }
    day = newDay;
    lastSeq = 0;
  }

  /** A mark that is set by the next row, and again by the next after each {@link RowMark#reset}. */
  public RowMark mark() {
    RowMark mark = new RowMark();
    marks.add(mark);
    return mark;
  }

  /**
   * Says that the rows from a mark to the last are suspect, though they were added as sound. The
   * window goes on if the next row is flagged with the cause. Nothing happens where no row came
   * since.
   */
  public void doubt(Cause cause, Supplier<String> detail, RowMark from) {
    if (!from.isSet()) {
      return;
    }
    int i = cause.ordinal();
    int bit = 1 << i;
    late = true;
    if (((flagged | open) & bit) == 0) {
      details[i] = detail.get();
    }
    for (Day before : days) {
      if (!before.date().isBefore(from.day())) {
        boolean isFirst = before.date().equals(from.day());
        long seq = isFirst ? from.seq() : 1;
        long ts = isFirst ? from.tsEvent() : before.tsFirst();
        add(
            before.date(),
            new SuspectWindow(seq, before.lastSeq(), ts, before.tsLast(), cause, details[i]));
      }
    }
    if (lastSeq == 0) {
      return;
    }
    boolean isToday = from.day().equals(day);
    long seq = isToday ? from.seq() : 1;
    if ((open & bit) == 0 || seq < seqFirst[i]) {
      seqFirst[i] = seq;
      tsFirst[i] = isToday ? from.tsEvent() : firstTs;
    }
    open |= bit;
  }

  /** Whether rows were doubted that had been added as sound. */
  public boolean isLate() {
    return late;
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
    for (int i = 0; i < marks.size(); i++) {
      if (!marks.get(i).isSet()) {
        marks.get(i).set(day, seq, tsEvent);
      }
    }
    if (lastSeq == 0) {
      firstTs = tsEvent;
    }
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
        add(day, window);
      }
    }
  }

  private void add(LocalDate date, SuspectWindow window) {
    windows.add(new Dated<>(date, window));
  }

  /** Windows that have ended, in the order of their ends. */
  public List<Dated<SuspectWindow>> windows() {
    return List.copyOf(windows);
  }
}

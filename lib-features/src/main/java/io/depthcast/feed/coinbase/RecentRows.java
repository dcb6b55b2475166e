package io.depthcast.feed.coinbase;

import io.depthcast.feed.RowMark;
import java.time.LocalDate;
import java.util.Optional;

/**
 * The last rows, to find those that an update which comes late has to be doubted from. A venue that
 * sends an update every 50 ms and few trades between needs seconds to fill it.
 */
final class RecentRows {

  private static final int CAPACITY = 4096;

  /** The time of a snapshot in place of an update's: earlier than all. */
  static final long SNAPSHOT = Message.NONE + 1;

  private final LocalDate[] days = new LocalDate[CAPACITY];
  private final long[] seqs = new long[CAPACITY];
  private final long[] stamps = new long[CAPACITY];

  /** The venue's time of an update, {@link Message#NONE} of other rows. */
  private final long[] updateTimes = new long[CAPACITY];

  private long added;

  /** The book was made anew: what is late from now on does not concern the rows before. */
  void clear() {
    added = 0;
  }

  /**
   * Takes note of a row.
   *
   * @param updateTime the venue's time of its update, {@link #SNAPSHOT} of a snapshot, {@link
   *     Message#NONE} of a trade
   */
  void add(LocalDate day, long seq, long tsEvent, long updateTime) {
    int at = (int) (added++ % CAPACITY);
    days[at] = day;
    seqs[at] = seq;
    stamps[at] = tsEvent;
    updateTimes[at] = updateTime;
  }

  /**
   * The first row after the last update of a time or an earlier one; the earliest row known if that
   * lies too far back.
   */
  Optional<RowMark> after(long updateTime) {
    long from = added;
    while (from > first() && !isUpdateUntil(updateTime, (int) ((from - 1) % CAPACITY))) {
      from--;
    }
    return from(from);
  }

  /** How many rows there were since the book was made anew. */
  long position() {
    return added;
  }

  /** The row at a position, or the earliest that is known after it; none if it is to come. */
  Optional<RowMark> from(long position) {
    return position >= added ? Optional.empty() : Optional.of(mark(Math.max(position, first())));
  }

  private long first() {
    return Math.max(0, added - CAPACITY);
  }

  private RowMark mark(long position) {
    int at = (int) (position % CAPACITY);
    return new RowMark(days[at], seqs[at], stamps[at]);
  }

  private boolean isUpdateUntil(long time, int at) {
    return updateTimes[at] != Message.NONE && updateTimes[at] <= time;
  }
}

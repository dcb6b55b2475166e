package io.depthcast.feed.snapshot;

import io.depthcast.book.BookBatch;
import io.depthcast.book.EventBatch;
import io.depthcast.book.EventType;
import io.depthcast.book.Side;
import io.depthcast.feed.FeedReader;
import io.depthcast.feed.RejectedRow;
import io.depthcast.feed.RejectionLog;
import io.depthcast.feed.SuspectLog;
import io.depthcast.quality.SuspectWindow;
import io.depthcast.quality.SuspectWindow.Cause;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * Reads the rows of one instrument's table of depth snapshots.
 *
 * <ul>
 *   <li>A row becomes a snapshot row with the book of its columns, and one event that says so.
 *       Nothing is known between two rows, so no orders or trades are made up from them.
 *   <li>A slice is a day by the clock of the table.
 *   <li>A row is rejected if a number is none, its time cannot be read or is before the row above,
 *       a level has no positive price and size and is not empty, a level is occupied below an empty
 *       one, prices do not step away from the best, or a label is a number without a meaning. The
 *       next row is suspect.
 *   <li>The first row after a session break is suspect, and so is one later after the row above
 *       than {@code maxGapMs}, and one whose best bid is not below its best ask.
 *   <li>A given label is passed on when the row is read that it ends with. The last rows of a file,
 *       a session or a day have none, nor have those with a suspect or rejected row between.
 * </ul>
 */
public final class SnapshotReader implements FeedReader {

  private static final long MS_NANOS = 1_000_000;

  /** 2200-01-01; a later time is another unit's. */
  private static final long LATEST = 7_258_118_400_000_000_000L;

  private static final int MOST_QUOTED_CHARS = 60;

  private final SnapshotSource source;
  private final SnapshotTime.Reading time;
  private final Iterator<SnapshotRow> rows;
  private final SnapshotLevels levels;
  private final int firstLabel;
  private final PendingLabels[] pendingLabels;
  private final SuspectLog suspects = new SuspectLog();
  private final RejectionLog rejections = new RejectionLog();

  private SnapshotRow row;

  /** The row waits for a batch of its day. */
  private boolean pending;

  private boolean ended;
  private long rowsRead;
  private String file;
  private String rejection;
  private long nanos;

  private LocalDate day;
  private long dayEnd = Long.MIN_VALUE;

  /** When the session breaks of the day end. */
  private final long[] breakEnds;

  private long seq;
  private long lastNanos;

  /**
   * @param source how the table is to be read
   * @param rows in the order of time; may give the same object again and again
   * @param labels takes the given labels, during {@link #next}
   */
  public SnapshotReader(SnapshotSource source, Iterator<SnapshotRow> rows, GivenLabelSink labels) {
    this.source = source;
    this.rows = rows;
    time = source.time().reading();
    levels = new SnapshotLevels(source);
    firstLabel = source.numberColumns().size() - source.labels().size();
    pendingLabels = new PendingLabels[source.labels().size()];
    for (int i = 0; i < pendingLabels.length; i++) {
      pendingLabels[i] = new PendingLabels(i, source.labels().get(i).horizonRows(), labels);
    }
    breakEnds = new long[source.sessions().breaks().size()];
  }

  @Override
  public boolean next(BookBatch book, EventBatch events) {
    book.rows = 0;
    events.rows = 0;
    while (book.rows < book.capacity && (pending || read())) {
      pending = true;
      if (nanos >= dayEnd) {
        if (book.rows > 0) {
          return true;
        }
        beginDay();
      }
      pending = false;
      add(book, events);
    }
    if (book.rows == 0 && !ended) {
      ended = true;
      suspects.end();
      rejections.requireShare(rowsRead, source.maxRejectedShare());
    }
    return book.rows > 0;
  }

  /** Goes to the next row that is not rejected. */
  private boolean read() {
    while (rows.hasNext()) {
      row = rows.next();
      rowsRead++;
      if (!row.sourceFile.equals(file)) {
        file = row.sourceFile;
        restartLabels();
      }
      String fault = fault();
      if (fault == null) {
        return true;
      }
      reject(fault);
    }
    return false;
  }

  private void restartLabels() {
    for (PendingLabels each : pendingLabels) {
      each.restart();
    }
  }

  private String fault() {
    String fault = numberFault();
    if (fault == null) {
      fault = levels.read(row.numbers);
    }
    for (int i = 0; fault == null && i < pendingLabels.length; i++) {
      GivenLabel label = source.labels().get(i);
      double given = row.numbers[firstLabel + i];
      if (!Double.isNaN(given) && label.direction(given) == GivenLabel.NONE) {
        fault = label.column() + " is " + given + ", no class of it";
      }
    }
    return fault != null ? fault : timeFault();
  }

  private String numberFault() {
    for (int i = 0; i < row.notNumbers.length; i++) {
      if (row.notNumbers[i] != null) {
        return source.numberColumns().get(i) + " is " + quoted(row.notNumbers[i]) + ", no number";
      }
    }
    return null;
  }

  private String timeFault() {
    if (Arrays.asList(row.texts).contains(null)) {
      return "time is missing";
    }
    long before = nanos;
    try {
      nanos = time.nanos(row.texts);
    } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
      return "time " + timeText() + " is not " + source.time().form();
    }
    String fault =
        nanos < 0 || nanos > LATEST
            ? "not from 1970 to 2200"
            : nanos < before ? "before the row above" : null;
    if (fault != null) {
      nanos = before;
      return "time " + timeText() + " is " + fault;
    }
    return null;
  }

  private String timeText() {
    return quoted(String.join(" ", row.texts));
  }

  private static String quoted(String text) {
    return text.length() > MOST_QUOTED_CHARS ? text.substring(0, MOST_QUOTED_CHARS) + "..." : text;
  }

  private void reject(String fault) {
    rejections.add(row.sourceFile, row.lineNo, fault, row.payload());
    rejection = place() + "rejected, " + fault;
    for (PendingLabels each : pendingLabels) {
      each.addBad();
    }
  }

  private void beginDay() {
    day = Instant.ofEpochSecond(0, nanos).atZone(source.time().zone()).toLocalDate();
    dayEnd = SnapshotTime.nanos(day.plusDays(1).atStartOfDay(source.time().zone()).toInstant());
    for (int i = 0; i < breakEnds.length; i++) {
      breakEnds[i] =
          SnapshotTime.nanos(
              source
                  .sessions()
                  .breaks()
                  .get(i)
                  .to()
                  .atDate(day)
                  .atZone(source.time().zone())
                  .toInstant());
    }
    seq = 0;
    suspects.beginDay(day);
    rejections.beginDay(day);
    restartLabels();
  }

  private void add(BookBatch book, EventBatch events) {
    if (seq > 0) {
      flagBreakOrGap();
    }
    seq++;
    lastNanos = nanos;
    flagRow();
    boolean suspect = suspects.addRow(seq, nanos);
    addLabels(suspect);
    addEvent(events);
    int i = book.rows++;
    book.seq[i] = seq;
    book.tsEvent[i] = nanos;
    book.tsRecv[i] = BookBatch.NO_TIME;
    book.venueSeq[i] = BookBatch.NO_SEQ;
    book.eventType[i] = (byte) EventType.SNAPSHOT.ordinal();
    book.side[i] = BookBatch.NO_SIDE;
    book.price[i] = Double.NaN;
    book.size[i] = Double.NaN;
    book.orderId[i] = BookBatch.NO_ORDER;
    levels.copyTo(book, i);
    book.suspect[i] = suspect;
  }

  private void flagBreakOrGap() {
    for (int i = 0; i < breakEnds.length; i++) {
      if (lastNanos < breakEnds[i] && breakEnds[i] <= nanos) {
        SnapshotSessions.Break rest = source.sessions().breaks().get(i);
        suspects.flag(
            Cause.SESSION_BREAK, () -> "no trading from " + rest.from() + " to " + rest.to());
        restartLabels();
        return;
      }
    }
    long gap = nanos - lastNanos;
    if (gap > source.sessions().maxGapMs() * MS_NANOS) {
      suspects.flag(
          Cause.SILENCE,
          () -> place() + gap / MS_NANOS + " ms after the row above, more than maxGapMs allows");
    }
  }

  private void flagRow() {
    double bid = levels.best(Side.BID);
    double ask = levels.best(Side.ASK);
    if (bid > ask) {
      suspects.flag(Cause.CROSSED_BOOK, () -> place() + "best bid " + bid + " above ask " + ask);
    }
    if (bid == ask) {
      suspects.flag(Cause.LOCKED_BOOK, () -> place() + "best bid and best ask are " + bid);
    }
    if (rejection != null) {
      String detail = rejection;
      suspects.flag(Cause.REJECTED_ROWS, () -> detail);
      rejection = null;
    }
  }

  private String place() {
    return row.sourceFile + " line " + row.lineNo + ": ";
  }

  private void addLabels(boolean suspect) {
    for (int i = 0; i < pendingLabels.length; i++) {
      byte direction = source.labels().get(i).direction(row.numbers[firstLabel + i]);
      pendingLabels[i].add(seq, nanos, direction, suspect);
    }
  }

  private void addEvent(EventBatch events) {
    int i = events.add();
    events.seq[i] = seq;
    events.part[i] = 1;
    events.tsEvent[i] = nanos;
    events.tsRecv[i] = BookBatch.NO_TIME;
    events.venueSeq[i] = BookBatch.NO_SEQ;
    events.eventType[i] = (byte) EventType.SNAPSHOT.ordinal();
    events.side[i] = BookBatch.NO_SIDE;
    events.price[i] = Double.NaN;
    events.size[i] = Double.NaN;
    events.orderId[i] = BookBatch.NO_ORDER;
  }

  @Override
  public LocalDate tradeDate() {
    return day;
  }

  /** Rows read, good or bad. */
  public long rowsRead() {
    return rowsRead;
  }

  @Override
  public List<Dated<RejectedRow>> rejected() {
    return rejections.rows();
  }

  /** Each row is whole by itself: what is wrong shows with it. */
  @Override
  public boolean isLate() {
    return false;
  }

  @Override
  public List<Dated<SuspectWindow>> suspectWindows() {
    return suspects.windows();
  }

  /** Nothing to do: whoever gave the rows closes what they come from. */
  @Override
  public void close() {}
}

package io.depthcast.feed;

import io.depthcast.book.BookBatch;
import io.depthcast.book.EventBatch;
import io.depthcast.book.EventType;
import io.depthcast.book.L2Book;
import io.depthcast.book.Side;
import io.depthcast.feed.FeedReader.Dated;
import io.depthcast.quality.DataContractException;
import io.depthcast.quality.SuspectWindow;
import io.depthcast.quality.SuspectWindow.Cause;
import java.time.LocalDate;
import java.util.List;

/**
 * The book of one instrument of a venue of levels through a session, and the rows written of it:
 * what such venues have in common once a reader knows what a message means and whether the book can
 * be trusted.
 *
 * <p>While no book stands, rows are suspect and have no levels. Rows are suspect also while the
 * book is crossed or locked, where a price is off the grid, where the clocks jump, and where {@link
 * #flagNext} says so.
 */
public final class LevelSession {

  private static final long DAY_NANOS = 86_400_000_000_000L;

  /** Levels a side; ten times the deepest books known. */
  private static final int MOST_LEVELS = 300_000;

  private static final Side[] SIDES = Side.values();
  private static final Cause[] CAUSES = Cause.values();

  /** Whose rows have no levels. */
  private static final L2Book NO_BOOK = new L2Book();

  private final LineReader lines;
  private final FeedLimits limits;
  private final FeedClock clock;
  private final L2Book book = new L2Book();
  private final RowWriter rows = new RowWriter();
  private final SuspectLog suspects = new SuspectLog();
  private final RejectionLog rejections = new RejectionLog();

  private BookBatch batch;
  private LocalDate day;
  private long nextDay = Long.MIN_VALUE;

  private boolean standing;
  private Cause lostBy = Cause.MISSING_SNAPSHOT;
  private String lostDetail;

  /** The venue's number of the last message about the book. */
  private long bookSeq = BookBatch.NO_SEQ;

  /** What the next row is to be flagged with, by the cause's ordinal; null where it is not. */
  private final String[] next = new String[CAUSES.length];

  /** The first row since the last update or snapshot. */
  private final RowMark sinceUpdate = suspects.mark();

  private boolean flagged;

  /**
   * @param lines where the session is read, for messages
   * @param missing what rows before the first book lack, for messages
   */
  public LevelSession(LineReader lines, FeedLimits limits, String missing) {
    this.lines = lines;
    this.limits = limits;
    lostDetail = missing;
    clock = new FeedClock(limits);
  }

  /** Empties the batches and writes into them from now on. */
  public void into(BookBatch newBatch, EventBatch events) {
    batch = newBatch;
    rows.into(newBatch, events);
  }

  /**
   * Makes ready for a row. The first row of a day but the first is a snapshot of the book that
   * stands, which is added here.
   *
   * @param stamp the venue's time of the row
   * @param tsRecv when its message was received, or {@link BookBatch#NO_TIME}
   * @return false if the batches must be handed over first
   */
  public boolean isReady(long stamp, long tsRecv) {
    if (batch.rows == batch.capacity) {
      return false;
    }
    long latest = clock.latest(stamp);
    if (latest < nextDay) {
      return true;
    }
    if (batch.rows > 0) {
      return false;
    }
    beginDay(latest);
    if (standing) {
      writeBook(latest, tsRecv);
    }
    return batch.rows < batch.capacity;
  }

  private void beginDay(long tsEvent) {
    long epochDay = Math.floorDiv(tsEvent, DAY_NANOS);
    day = LocalDate.ofEpochDay(epochDay);
    nextDay = (epochDay + 1) * DAY_NANOS;
    rows.beginSlice();
    suspects.beginDay(day);
    rejections.beginDay(day);
  }

  /** The book as last set, whether it stands or not. */
  public L2Book book() {
    return book;
  }

  /** Whether the book can be trusted. */
  public boolean isStanding() {
    return standing;
  }

  /** The book can be trusted again. */
  public void stand() {
    standing = true;
  }

  /** Gives the book up until {@link #stand}. */
  public void lose(Cause cause, String detail) {
    if (standing) {
      standing = false;
      lostBy = cause;
      lostDetail = detail;
    }
  }

  /**
   * Says that the rows since a mark are suspect, though they were given as sound; see {@link
   * FeedReader#isLate}.
   */
  public void doubt(Cause cause, String detail, RowMark from) {
    if (standing) {
      suspects.doubt(cause, () -> detail, from);
    }
  }

  /** The first row since the last update or snapshot. */
  public RowMark sinceUpdate() {
    return sinceUpdate;
  }

  /** Number of the last row in its day. */
  public long lastSeq() {
    return rows.seq();
  }

  /** Says that the next row is suspect. */
  public void flagNext(Cause cause, String detail) {
    next[cause.ordinal()] = detail;
    flagged = true;
  }

  /** Leaves the present line out; the next row is suspect. */
  public void reject(MessageFault fault) {
    rejections.add(lines, fault.getMessage());
    flagNext(
        fault.isNegativeSize() ? Cause.NEGATIVE_SIZE : Cause.REJECTED_ROWS,
        place() + "rejected, " + fault.getMessage());
  }

  /** Takes note of when the present line was received or, without that, of the venue's time. */
  public void hear(long time) {
    long silence = clock.silenceBefore(time);
    if (silence > 0) {
      flagNext(Cause.SILENCE, place() + "nothing was received for " + FeedClock.seconds(silence));
    }
  }

  /** The present line, {@code file line 7: }. */
  public String place() {
    return lines.name() + " line " + lines.lineNo() + ": ";
  }

  /** The two clocks. */
  public FeedClock clock() {
    return clock;
  }

  /** Begins a row of changes of levels. */
  public void beginUpdate(long stamp, long tsRecv, long venueSeq) {
    noteStamp(stamp, tsRecv);
    bookSeq = venueSeq;
    rows.begin(stamp, tsRecv, venueSeq);
  }

  /**
   * Sets a level and says so. While no book stands, sizes before are not known, and each level
   * above zero counts as added.
   *
   * @param stamp the venue's time of the change
   * @return false if a level that is not there was removed from a book that stands
   */
  public boolean change(long stamp, Side side, double price, double size) {
    double before = standing ? book.sizeAt(side, price) : 0;
    EventType type =
        size == 0 ? EventType.DELETE : size < before ? EventType.CANCEL : EventType.ADD;
    rows.add(type, side, price, size, stamp);
    checkGrid(price);
    return !standing || set(side, price, size);
  }

  /**
   * Sets a level without a row.
   *
   * @return false if a level that is not there was removed
   * @throws DataContractException if there are more than 300000
   */
  public boolean set(Side side, double price, double size) {
    return set(book, side, price, size);
  }

  /** The same of a book beside the session's. */
  public boolean set(L2Book book, Side side, double price, double size) {
    boolean there = book.set(side, price, size);
    if (book.depth(side) > MOST_LEVELS) {
      throw new DataContractException(
          place()
              + "more than "
              + MOST_LEVELS
              + " "
              + side.column()
              + " levels; this is no book, check the file");
    }
    return there;
  }

  /** Numbers the book that stands, where a message about it has no row. */
  public void numberBook(long venueSeq) {
    bookSeq = venueSeq;
    sinceUpdate.reset();
  }

  /** Ends a row of changes of levels. */
  public void endUpdate() {
    end(EventType.UPDATE, clock.latest());
    sinceUpdate.reset();
  }

  /** Adds a trade. */
  public void addTrade(
      long stamp, long tsRecv, long venueSeq, Side resting, double price, double size) {
    noteStamp(stamp, tsRecv);
    rows.begin(stamp, tsRecv, venueSeq);
    rows.add(EventType.TRADE, resting, price, size, stamp);
    checkGrid(price);
    rows.endTrade(standing ? book : NO_BOOK, clock.latest(), isSuspect(clock.latest()));
  }

  /**
   * Adds the book that stands; an empty one cannot be told from none and is left out.
   *
   * @param stamp the venue's time of it, its own (see {@link #noteStamp}) or an estimate
   * @return false if it is left out
   */
  public boolean addSnapshot(long stamp, long tsRecv, long venueSeq) {
    clock.unstampedRow(stamp);
    bookSeq = venueSeq;
    boolean written = writeBook(stamp, tsRecv);
    sinceUpdate.reset();
    return written;
  }

  private boolean writeBook(long stamp, long tsRecv) {
    if (book.depth(Side.BID) + book.depth(Side.ASK) == 0) {
      return false;
    }
    rows.begin(stamp, tsRecv, bookSeq);
    for (Side side : SIDES) {
      for (int level = 0; level < book.depth(side); level++) {
        double price = book.price(side, level);
        rows.add(EventType.SNAPSHOT, side, price, book.size(side, level), stamp);
        checkGrid(price);
      }
    }
    end(EventType.SNAPSHOT, clock.latest(stamp));
    return true;
  }

  private void end(EventType type, long latest) {
    rows.end(type, standing ? book : NO_BOOK, latest, isSuspect(latest));
  }

  /** Takes note of the venue's time of the row that is next. */
  public void noteStamp(long stamp, long tsRecv) {
    String jump = clock.stampedRow(stamp, tsRecv);
    if (jump != null) {
      flagNext(Cause.CLOCK_JUMP, place() + jump);
    }
  }

  private void checkGrid(double price) {
    if (!limits.isOnGrid(price)) {
      suspects.flag(
          Cause.OFF_GRID_PRICE,
          () -> place() + "price " + price + " is no multiple of the tick " + limits.tickSize());
    }
  }

  /** Flags the row that is about to end with all that is wrong with it. */
  private boolean isSuspect(long latest) {
    if (!standing) {
      suspects.flag(lostBy, () -> lostDetail);
    } else if (book.isCrossed()) {
      suspects.flag(Cause.CROSSED_BOOK, () -> place() + best(" above "));
    } else if (book.isLocked()) {
      suspects.flag(Cause.LOCKED_BOOK, () -> place() + best(" equal to "));
    }
    for (int i = 0; flagged && i < next.length; i++) {
      String detail = next[i];
      if (detail != null) {
        suspects.flag(CAUSES[i], () -> detail);
        next[i] = null;
      }
    }
    flagged = false;
    return suspects.addRow(rows.seq(), latest);
  }

  private String best(String relation) {
    return "best bid " + book.price(Side.BID, 0) + relation + "best ask " + book.price(Side.ASK, 0);
  }

  /**
   * Ends the session.
   *
   * @param linesRead lines read, good or bad
   * @throws DataContractException if too many were rejected
   */
  public void end(long linesRead) {
    rejections.requireShare(linesRead, limits.maxRejectedShare());
    suspects.end();
  }

  /** Trading day of the rows in the batch, null before the first row. */
  public LocalDate day() {
    return day;
  }

  /** As {@link FeedReader#rejected}. */
  public List<Dated<RejectedRow>> rejected() {
    return rejections.rows();
  }

  /** As {@link FeedReader#isLate}. */
  public boolean isLate() {
    return suspects.isLate();
  }

  /** As {@link FeedReader#suspectWindows}. */
  public List<Dated<SuspectWindow>> suspectWindows() {
    return suspects.windows();
  }
}

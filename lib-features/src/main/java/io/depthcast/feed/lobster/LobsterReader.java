package io.depthcast.feed.lobster;

import io.depthcast.book.BookBatch;
import io.depthcast.book.EventType;
import io.depthcast.book.Side;
import io.depthcast.feed.RejectedRow;
import io.depthcast.quality.DataContractException;
import io.depthcast.quality.SuspectWindow;
import io.depthcast.quality.SuspectWindow.Cause;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Reads the two files of a symbol-day in lockstep into batches, in memory that does not grow with
 * the files.
 *
 * <ul>
 *   <li>Time: seconds after midnight in New York with up to 9 decimals become nanoseconds UTC, by
 *       the offset of that day and hour.
 *   <li>Price: the raw integer / 10000, the double nearest to the decimal. An empty level (ask
 *       9999999999, bid -9999999999) has price and size NaN.
 *   <li>Types 1 to 7 become add, cancel, delete, trade, hidden trade, cross, halt. Direction 1 is a
 *       resting bid, -1 a resting ask; a cross and a halt have no side. An order id of 0 or less is
 *       {@link BookBatch#NO_ORDER}. A halt row has no price, size, side or order.
 *   <li>From a halt (type 7, price -1) or a resumption of quoting (price 0) to the resumption of
 *       trading (price 1), both inclusive, rows are suspect; without one, to the last row.
 *   <li>A row that breaks a promise is {@linkplain #rejected() rejected}: {@code seq} counts
 *       accepted rows only, and the next accepted row is suspect.
 * </ul>
 *
 * <p>The promises of a row: 6 message columns, or 7 of which the last is ignored; 4 orderbook
 * columns a level; whole numbers of at most 18 digits (prices and sizes 15); a time within the day
 * that is not before the row above; a known type; a direction of 1 or -1; a positive price and size
 * for types 1 to 5; a positive price and size on each occupied level; levels that step away from
 * the best; a best bid below the best ask.
 *
 * <p>Lines may end with {@code \r\n}, and the last one with nothing. Not safe for threads.
 */
public final class LobsterReader implements AutoCloseable {

  static final long EMPTY_LEVEL = 9_999_999_999L;
  static final long LARGEST = 999_999_999_999_999L;
  static final long DAY_SECONDS = 86_400;
  static final long SECOND_NANOS = 1_000_000_000;

  /** Units of the files in a dollar. */
  static final double PRICE_UNIT = 10_000;

  /** The most rejected rows that are kept; bounds the memory. */
  private static final int MOST_REJECTED = 100_000;

  private static final long NO_HALT_CODE = Long.MIN_VALUE;
  // Event types of the format; 1 to 7 are also the ordinals of ADD to HALT.
  private static final int HIDDEN_EXECUTION = 5;
  private static final int CROSS = 6;
  private static final int HALT = 7;

  private static final long TRADING_RESUMES = 1;
  private static final long[] FRACTION_NANOS = {
    SECOND_NANOS, 100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1_000, 100, 10, 1
  };
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  private final int levels;
  private final LineCursor message;
  private final LineCursor orderbook;
  private final double maxRejectedShare;
  private final long midnight;

  private final long[] counts = new long[EventType.values().length];
  private final List<RejectedRow> rejected = new ArrayList<>();
  private final List<SuspectWindow> windows = new ArrayList<>();
  private boolean ended;
  private long rowsAccepted;

  /** Nanoseconds after midnight of the last accepted row. */
  private long time;

  // The message of the present row.
  private long nanos;
  private int type;
  private long orderId;
  private long size;
  private long price;
  private long direction;

  /** Rows rejected since the last accepted one. */
  private int rejectedSince;

  /** What the last halt row says, until an accepted row takes note of it. */
  private long haltCode = NO_HALT_CODE;

  private long haltCodeLine;

  private boolean halted;
  private long haltLine;
  private long haltSeqFirst;
  private long haltTsFirst;

  /**
   * @param pair names of the files
   * @param message text of the message file, not compressed
   * @param orderbook text of the orderbook file, not compressed
   * @param maxRejectedShare rejected rows per row read that are put up with, 0 to 1
   */
  public LobsterReader(
      LobsterPair pair, InputStream message, InputStream orderbook, double maxRejectedShare) {
    if (!(maxRejectedShare >= 0 && maxRejectedShare <= 1)) {
      throw new IllegalArgumentException(
          "Invalid maxRejectedShare: " + maxRejectedShare + " (must be 0 to 1)");
    }
    this.levels = pair.levels();
    this.message = new LineCursor(pair.message().fileName(), message);
    this.orderbook = new LineCursor(pair.orderbook().fileName(), orderbook);
    this.maxRejectedShare = maxRejectedShare;
    this.midnight = midnight(pair.message());
  }

  /** UTC nanoseconds of second 0 of the file: midnight by the clock that holds at its begin. */
  private static long midnight(LobsterName name) {
    long offsetSeconds =
        name.date()
            .atStartOfDay()
            .plus(Duration.ofMillis(name.startMs()))
            .atZone(NEW_YORK)
            .getOffset()
            .getTotalSeconds();
    return (name.date().toEpochDay() * DAY_SECONDS - offsetSeconds) * SECOND_NANOS;
  }

  /**
   * Fills the batch with the next accepted rows.
   *
   * @param batch its levels are the levels of the pair
   * @return false, with no rows in the batch, when the files are at their end
   * @throws DataContractException if a file is empty, cut off or of another length than its
   *     counterpart, or more rows are rejected than {@code maxRejectedShare} allows or than 100000
   */
  public boolean next(BookBatch batch) throws IOException {
    if (batch.levels != levels) {
      throw new IllegalArgumentException(
          "Batch of " + batch.levels + " levels for a file of " + levels);
    }
    batch.rows = 0;
    while (batch.rows < batch.capacity && !ended && nextRow()) {
      if (parseMessage() && parseBook(batch, batch.rows)) {
        accept(batch, batch.rows++);
      } else {
        reject();
      }
    }
    return batch.rows > 0;
  }

  private boolean nextRow() throws IOException {
    boolean hasMessage = message.nextLine();
    boolean hasBook = orderbook.nextLine();
    if (hasMessage && hasBook) {
      return true;
    }
    end(hasMessage, hasBook);
    return false;
  }

  private void end(boolean hasMessage, boolean hasBook) throws IOException {
    ended = true;
    requireLines(message);
    requireLines(orderbook);
    if (hasMessage || hasBook) {
      throw differentCounts(hasMessage);
    }
    if (rejected.size() > maxRejectedShare * rowsRead()) {
      throw tooManyRejected(
          "more than maxRejectedShare allows; fix the file or raise maxRejectedShare");
    }
    if (halted) {
      closeHalt(rowsAccepted, midnight + time, "trading never resumed");
    }
    windows.sort(Comparator.comparingLong(SuspectWindow::seqFirst));
  }

  private static void requireLines(LineCursor file) {
    if (file.lineNo() == 0) {
      throw new DataContractException(file.name() + ": the file is empty; fetch it again");
    }
  }

  private DataContractException differentCounts(boolean messageIsLonger) throws IOException {
    LineCursor longer = messageIsLonger ? message : orderbook;
    do {
      longer.skipLine();
    } while (longer.nextLine());
    return new DataContractException(
        message.name()
            + " has "
            + message.lineNo()
            + " rows, "
            + orderbook.name()
            + " has "
            + orderbook.lineNo()
            + "; a pair has one orderbook row for each message, fetch both again");
  }

  private boolean parseMessage() {
    LineCursor in = message;
    long seconds = in.natural();
    long fraction = 0;
    if (in.skip('.')) {
      int begin = in.position();
      long decimals = in.natural();
      int digits = in.position() - begin;
      if (digits < 1 || digits > 9) {
        return false;
      }
      fraction = decimals * FRACTION_NANOS[digits];
    }
    nanos = seconds * SECOND_NANOS + fraction;
    if (seconds < 0 || seconds > DAY_SECONDS || nanos < time || !in.skip(',')) {
      return false;
    }
    long typeNumber = in.natural();
    if (typeNumber < 1 || typeNumber > 7 || !in.skip(',')) {
      return false;
    }
    type = (int) typeNumber;
    return parseOrder(in) && (in.skipLineEnd() || (in.skip(',') && in.skipLastColumn()));
  }

  private boolean parseOrder(LineCursor in) {
    boolean orderNegative = in.skip('-');
    orderId = in.natural();
    if (orderId < 0 || !in.skip(',')) {
      return false;
    }
    if (orderNegative) {
      orderId = BookBatch.NO_ORDER;
    }
    size = in.natural();
    if (size < 0 || size > LARGEST || !in.skip(',')) {
      return false;
    }
    boolean priceNegative = in.skip('-');
    price = in.natural();
    if (price < 0 || price >= EMPTY_LEVEL || !in.skip(',')) {
      return false;
    }
    if (priceNegative) {
      price = -price;
    }
    boolean ask = in.skip('-');
    if (in.natural() != 1) {
      return false;
    }
    direction = ask ? -1 : 1;
    return isOrderValid();
  }

  private boolean isOrderValid() {
    if (type <= HIDDEN_EXECUTION) {
      return size > 0 && price > 0;
    }
    return type == CROSS || (price >= -1 && price <= 1);
  }

  private boolean parseBook(BookBatch batch, int row) {
    LineCursor in = orderbook;
    long askAbove = 0;
    long bidAbove = Long.MAX_VALUE;
    long bestAsk = 0;
    for (int level = 0; level < levels; level++) {
      if (level > 0 && !in.skip(',')) {
        return false;
      }
      long ask = in.natural();
      if (!in.skip(',')) {
        return false;
      }
      long askSize = in.natural();
      if (!in.skip(',')) {
        return false;
      }
      boolean bidNegative = in.skip('-');
      long bid = in.natural();
      if (!in.skip(',')) {
        return false;
      }
      long bidSize = in.natural();
      if (level == 0) {
        bestAsk = ask;
        bidAbove = bestAsk;
      }
      if (ask != EMPTY_LEVEL) {
        if (ask <= askAbove || ask > EMPTY_LEVEL || askSize <= 0 || askSize > LARGEST) {
          return false;
        }
        batch.askPrice[level][row] = ask / PRICE_UNIT;
        batch.askSize[level][row] = askSize;
      } else {
        if (askSize < 0 || askSize > LARGEST) {
          return false;
        }
        batch.askPrice[level][row] = Double.NaN;
        batch.askSize[level][row] = Double.NaN;
      }
      if (!bidNegative) {
        if (bid <= 0 || bid >= bidAbove || bidSize <= 0 || bidSize > LARGEST) {
          return false;
        }
        batch.bidPrice[level][row] = bid / PRICE_UNIT;
        batch.bidSize[level][row] = bidSize;
        bidAbove = bid;
      } else {
        if (bid != EMPTY_LEVEL || bidSize < 0 || bidSize > LARGEST) {
          return false;
        }
        batch.bidPrice[level][row] = Double.NaN;
        batch.bidSize[level][row] = Double.NaN;
        bidAbove = 0;
      }
      askAbove = ask;
    }
    return in.skipLineEnd();
  }

  private void accept(BookBatch batch, int row) {
    time = nanos;
    rowsAccepted++;
    counts[type]++;
    long ts = midnight + nanos;
    batch.seq[row] = rowsAccepted;
    batch.tsEvent[row] = ts;
    batch.eventType[row] = (byte) type;
    batch.side[row] = (byte) (direction == 1 ? Side.BID : Side.ASK).ordinal();
    batch.price[row] = price / PRICE_UNIT;
    batch.size[row] = size;
    batch.orderId[row] = orderId <= 0 ? BookBatch.NO_ORDER : orderId;
    if (type > HIDDEN_EXECUTION) {
      acceptCrossOrHalt(batch, row);
    }
    batch.suspect[row] = halted || haltCode != NO_HALT_CODE || rejectedSince > 0;
    if (haltCode != NO_HALT_CODE) {
      followHalt(ts);
    }
    if (rejectedSince > 0) {
      windows.add(
          new SuspectWindow(rowsAccepted, rowsAccepted, ts, ts, Cause.REJECTED_ROWS, detail()));
      rejectedSince = 0;
    }
  }

  private String detail() {
    RejectedRow last = rejected.get(rejected.size() - 1);
    return rejectedSince
        + (rejectedSince == 1 ? " row" : " rows")
        + " rejected before this one, the last "
        + last.sourceFile()
        + " line "
        + last.lineNo()
        + ": "
        + last.reason();
  }

  private void acceptCrossOrHalt(BookBatch batch, int row) {
    batch.side[row] = BookBatch.NO_SIDE;
    if (type == HALT) {
      noteHalt();
      batch.price[row] = Double.NaN;
      batch.size[row] = Double.NaN;
      batch.orderId[row] = BookBatch.NO_ORDER;
    } else if (price <= 0) {
      batch.price[row] = Double.NaN;
    }
  }

  private void noteHalt() {
    haltCode = price;
    haltCodeLine = message.lineNo();
  }

  private void followHalt(long ts) {
    if (!halted) {
      halted = true;
      haltLine = haltCodeLine;
      haltSeqFirst = rowsAccepted;
      haltTsFirst = ts;
    }
    if (haltCode == TRADING_RESUMES) {
      closeHalt(rowsAccepted, ts, "trading resumed at line " + haltCodeLine);
    }
    haltCode = NO_HALT_CODE;
  }

  private void closeHalt(long seqLast, long tsLast, String end) {
    halted = false;
    String detail = message.name() + ": halt at line " + haltLine + ", " + end;
    windows.add(new SuspectWindow(haltSeqFirst, seqLast, haltTsFirst, tsLast, Cause.HALT, detail));
  }

  private void reject() {
    String messageLine = message.line();
    String bookLine = orderbook.line();
    RowFault fault = RowFault.find(messageLine, bookLine, levels, time);
    LineCursor file = fault.inMessage() ? message : orderbook;
    rejected.add(
        new RejectedRow(
            file.name(), file.lineNo(), fault.reason(), messageLine + " | " + bookLine));
    rejectedSince++;
    if (!fault.inMessage() && type == HALT) {
      noteHalt();
    }
    if (rejected.size() > MOST_REJECTED) {
      throw tooManyRejected("and no symbol-day may have more than 100000; fix the file");
    }
    message.skipLine();
    orderbook.skipLine();
  }

  private DataContractException tooManyRejected(String what) {
    RejectedRow first = rejected.get(0);
    return new DataContractException(
        String.format(
            Locale.ROOT,
            "%s line %d: %s; %d of %d rows rejected, %s",
            first.sourceFile(),
            first.lineNo(),
            first.reason(),
            rejected.size(),
            rowsRead(),
            what));
  }

  /** Rows read, accepted or rejected. */
  public long rowsRead() {
    return rowsAccepted + rejected.size();
  }

  /** Rows accepted, the {@code seq} of the last one. */
  public long rowsAccepted() {
    return rowsAccepted;
  }

  /** Accepted rows of a type. */
  public long count(EventType eventType) {
    return counts[eventType.ordinal()];
  }

  /** Rows rejected so far, in the order of the file; at most 100000. */
  public List<RejectedRow> rejected() {
    return List.copyOf(rejected);
  }

  /** Suspect windows ordered by first row; complete once {@link #next} has returned false. */
  public List<SuspectWindow> suspectWindows() {
    return List.copyOf(windows);
  }

  /** CRC-32C of the message text; of the whole file once {@link #next} has returned false. */
  public long messageChecksum() {
    return message.checksum();
  }

  /** CRC-32C of the orderbook text; of the whole file once {@link #next} has returned false. */
  public long orderbookChecksum() {
    return orderbook.checksum();
  }

  /** Closes both streams. */
  @Override
  public void close() throws IOException {
    try (message) {
      orderbook.close();
    }
  }
}

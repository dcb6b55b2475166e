package io.depthcast.jobs.ingest;

import io.depthcast.book.BookBatch;
import io.depthcast.book.EventBatch;
import io.depthcast.book.EventType;
import io.depthcast.book.Side;
import io.depthcast.feed.RejectedRow;
import io.depthcast.jobs.columns.ArrayVector;
import io.depthcast.jobs.table.BookColumns;
import io.depthcast.jobs.table.BookFiles;
import io.depthcast.jobs.table.LateFlags;
import io.depthcast.jobs.table.Slice;
import io.depthcast.jobs.table.SliceFiles;
import io.depthcast.jobs.table.TableSpec;
import io.depthcast.jobs.table.Tables;
import io.depthcast.quality.SuspectWindow;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.apache.spark.unsafe.types.UTF8String;

/** Writes the silver rows of one slice out of the batches of its source. */
final class SilverSlice {

  private static final UTF8String[] AGGRESSORS = {
    UTF8String.fromString("sell"), UTF8String.fromString("buy")
  };

  private final SliceFiles out;
  private final Slice slice;
  private final BookBatch rows;
  private final TableSpec book;
  private final ArrayVector[] bookColumns;
  private final EventBatch events;
  private ArrayVector[] eventColumns;
  private long[] eventArray;
  private final ArrayVector[] tradeColumns;
  private final long[] tradeSeq;
  private final long[] tradeTime;
  private final long[] tradeReceived;
  private final double[] tradePrice;
  private final double[] tradeSize;

  /** By index of {@link #AGGRESSORS}: the ordinal of the resting order's side. */
  private final byte[] tradeAggressor;

  /**
   * @param rows the batch that is filled again and again
   * @param events the changes of the rows, or null where each row is one event
   * @param levels levels a side of {@code silver.book}
   */
  SilverSlice(SliceFiles out, Slice slice, BookBatch rows, EventBatch events, int levels)
      throws IOException {
    this.out = out;
    this.slice = slice;
    this.rows = rows;
    book = Tables.book(levels);
    bookColumns = BookColumns.of(book, slice, rows);
    this.events = events;
    eventColumns = BookColumns.events(slice, rows);
    tradeSeq = new long[rows.capacity];
    tradeTime = new long[rows.capacity];
    tradeReceived = new long[rows.capacity];
    tradePrice = new double[rows.capacity];
    tradeSize = new double[rows.capacity];
    tradeAggressor = new byte[rows.capacity];
    tradeColumns =
        sliced(
            ArrayVector.longs(tradeSeq, Long.MIN_VALUE),
            ArrayVector.longs(tradeTime, Long.MIN_VALUE),
            ArrayVector.longs(tradeReceived, BookBatch.NO_TIME),
            ArrayVector.doubles(tradePrice),
            ArrayVector.doubles(tradeSize),
            ArrayVector.words(tradeAggressor, AGGRESSORS));
    out.begin(slice);
    out.tag(book, BookFiles.KNOWN_LEVELS, String.valueOf(Math.min(levels, rows.levels)));
  }

  /** The tables that are written. */
  static List<TableSpec> tables(int levels) {
    return List.of(
        Tables.book(levels), Tables.EVENTS, Tables.TRADES, Tables.SUSPECT_WINDOWS, Tables.REJECTED);
  }

  /** Writes the rows that are in the batch now. */
  void writeRows() throws IOException {
    out.write(book, bookColumns, rows.rows);
    writeEvents();
    out.write(Tables.TRADES, tradeColumns, trades());
  }

  private void writeEvents() throws IOException {
    if (events == null) {
      out.write(Tables.EVENTS, eventColumns, rows.rows);
      return;
    }
    if (events.seq != eventArray) {
      eventArray = events.seq;
      eventColumns = BookColumns.events(slice, events);
    }
    out.write(Tables.EVENTS, eventColumns, events.rows);
  }

  private int trades() {
    int trades = 0;
    for (int i = 0; i < rows.rows; i++) {
      if (isTrade(rows.eventType[i]) && rows.size[i] > 0 && !Double.isNaN(rows.price[i])) {
        tradeSeq[trades] = rows.seq[i];
        tradeTime[trades] = rows.tsEvent[i];
        tradeReceived[trades] = rows.tsRecv[i];
        tradePrice[trades] = rows.price[i];
        tradeSize[trades] = rows.size[i];
        tradeAggressor[trades] = aggressor(rows.side[i]);
        trades++;
      }
    }
    return trades;
  }

  private static boolean isTrade(int eventType) {
    return eventType == EventType.TRADE.ordinal()
        || eventType == EventType.HIDDEN_TRADE.ordinal()
        || eventType == EventType.CROSS.ordinal();
  }

  /** Who takes a resting bid sells. */
  private static byte aggressor(byte restingSide) {
    if (restingSide == BookBatch.NO_SIDE) {
      return -1;
    }
    return (byte) (restingSide == Side.BID.ordinal() ? 0 : 1);
  }

  void writeSuspectWindows(List<SuspectWindow> windows) throws IOException {
    out.write(Tables.SUSPECT_WINDOWS, columns(slice, windows), windows.size());
  }

  /**
   * Writes the windows of a slice anew, and the flags of its rows: what was wrong with them showed
   * only after they were written.
   */
  static void amend(SliceFiles out, Slice slice, int levels, List<SuspectWindow> windows)
      throws IOException {
    out.rewrite(
        Tables.SUSPECT_WINDOWS,
        slice,
        (before, after) -> after.add(columns(slice, windows), windows.size()));
    LateFlags.set(out, slice, levels, windows);
  }

  private static ArrayVector[] columns(Slice slice, List<SuspectWindow> windows) {
    return slice.columns(
        longs(windows, SuspectWindow::seqFirst),
        longs(windows, SuspectWindow::seqLast),
        longs(windows, SuspectWindow::tsFirst),
        longs(windows, SuspectWindow::tsLast),
        texts(windows, window -> window.cause().column()),
        texts(windows, SuspectWindow::detail));
  }

  void writeRejected(List<RejectedRow> rejected) throws IOException {
    out.write(
        Tables.REJECTED,
        sliced(
            texts(rejected, RejectedRow::sourceFile),
            longs(rejected, RejectedRow::lineNo),
            texts(rejected, RejectedRow::reason),
            texts(rejected, RejectedRow::payload)),
        rejected.size());
  }

  private static <T> ArrayVector longs(List<T> rows, ToLongFunction<T> value) {
    return ArrayVector.longs(rows.stream().mapToLong(value).toArray(), Long.MIN_VALUE);
  }

  private static <T> ArrayVector texts(List<T> rows, Function<T, String> value) {
    return ArrayVector.texts(
        rows.stream()
            .map(row -> UTF8String.fromString(value.apply(row)))
            .toArray(UTF8String[]::new));
  }

  private ArrayVector[] sliced(ArrayVector... columns) {
    return slice.columns(columns);
  }
}

package io.depthcast.jobs.table;

import io.depthcast.book.BookBatch;
import io.depthcast.book.EventBatch;
import io.depthcast.book.EventType;
import io.depthcast.book.Side;
import io.depthcast.jobs.columns.ArrayVector;
import io.depthcast.jobs.columns.ColumnFileReader;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/** Columns of {@code silver.book} and {@code silver.events} over the arrays of batches. */
public final class BookColumns {

  private static final UTF8String[] EVENT_TYPES =
      Arrays.stream(EventType.values())
          .map(type -> UTF8String.fromString(type.column()))
          .toArray(UTF8String[]::new);
  private static final UTF8String[] SIDES =
      Arrays.stream(Side.values())
          .map(side -> UTF8String.fromString(side.column()))
          .toArray(UTF8String[]::new);

  /** Columns of words, as batches have them: a word's index is its code. */
  static final Map<String, UTF8String[]> VOCABULARIES =
      Map.of("event_type", EVENT_TYPES, "side", SIDES);

  private BookColumns() {}

  /** The columns of a table, in its order; they show whatever the batch holds. */
  public static ArrayVector[] of(TableSpec table, Slice slice, BookBatch rows) {
    return Arrays.stream(table.columnNames())
        .map(name -> of(name, slice, rows))
        .toArray(ArrayVector[]::new);
  }

  /** The columns of {@code silver.events} where each row of the book is one event. */
  public static ArrayVector[] events(Slice slice, BookBatch rows) {
    int[] first = new int[rows.capacity];
    Arrays.fill(first, 1);
    return Arrays.stream(Tables.EVENTS.columnNames())
        .map(
            name ->
                name.equals("part")
                    ? ArrayVector.ints(first, Integer.MIN_VALUE)
                    : of(name, slice, rows))
        .toArray(ArrayVector[]::new);
  }

  /** The columns of {@code silver.events}; valid until the arrays of the batch grow. */
  public static ArrayVector[] events(Slice slice, EventBatch events) {
    return slice.columns(
        ArrayVector.longs(events.seq, Long.MIN_VALUE),
        ArrayVector.ints(events.part, Integer.MIN_VALUE),
        ArrayVector.longs(events.tsEvent, Long.MIN_VALUE),
        ArrayVector.longs(events.tsRecv, BookBatch.NO_TIME),
        ArrayVector.longs(events.venueSeq, BookBatch.NO_SEQ),
        ArrayVector.words(events.eventType, EVENT_TYPES),
        ArrayVector.words(events.side, SIDES),
        ArrayVector.doubles(events.price),
        ArrayVector.doubles(events.size),
        ArrayVector.longs(events.orderId, BookBatch.NO_ORDER));
  }

  /** One column by its name; a level that the batch does not have is null. */
  public static ArrayVector of(String name, Slice slice, BookBatch rows) {
    return switch (name) {
      case "venue" -> ArrayVector.constant(slice.venue());
      case "symbol" -> ArrayVector.constant(slice.symbol());
      case "trade_date" -> ArrayVector.constantDate((int) slice.tradeDate().toEpochDay());
      case "seq" -> ArrayVector.longs(rows.seq, Long.MIN_VALUE);
      case "ts_event" -> ArrayVector.longs(rows.tsEvent, Long.MIN_VALUE);
      case "ts_recv" -> ArrayVector.longs(rows.tsRecv, BookBatch.NO_TIME);
      case "venue_seq" -> ArrayVector.longs(rows.venueSeq, BookBatch.NO_SEQ);
      case "event_type" -> ArrayVector.words(rows.eventType, EVENT_TYPES);
      case "side" -> ArrayVector.words(rows.side, SIDES);
      case "price" -> ArrayVector.doubles(rows.price);
      case "size" -> ArrayVector.doubles(rows.size);
      case "order_id" -> ArrayVector.longs(rows.orderId, BookBatch.NO_ORDER);
      case "suspect" -> ArrayVector.booleans(rows.suspect);
      default -> level(name, rows);
    };
  }

  private static ArrayVector level(String name, BookBatch rows) {
    double[] level = array(name, rows);
    return level == null ? ArrayVector.nulls(DataTypes.DoubleType) : ArrayVector.doubles(level);
  }

  /**
   * Reads the next rows of one column by its name; a level that the batch does not have is left.
   */
  static void read(ColumnFileReader file, int column, String name, BookBatch rows, int count)
      throws IOException {
    switch (name) {
      case "seq" -> file.longs(column, rows.seq, BookBatch.NO_SEQ, count);
      case "ts_event" -> file.longs(column, rows.tsEvent, BookBatch.NO_TIME, count);
      case "ts_recv" -> file.longs(column, rows.tsRecv, BookBatch.NO_TIME, count);
      case "venue_seq" -> file.longs(column, rows.venueSeq, BookBatch.NO_SEQ, count);
      case "event_type" -> file.words(column, rows.eventType, count);
      case "side" -> file.words(column, rows.side, count);
      case "price" -> file.doubles(column, rows.price, count);
      case "size" -> file.doubles(column, rows.size, count);
      case "order_id" -> file.longs(column, rows.orderId, BookBatch.NO_ORDER, count);
      case "suspect" -> file.booleans(column, rows.suspect, count);
      default -> readLevel(file, column, name, rows, count);
    }
  }

  private static void readLevel(
      ColumnFileReader file, int column, String name, BookBatch rows, int count)
      throws IOException {
    double[] level = array(name, rows);
    if (level != null) {
      file.doubles(column, level, count);
    }
  }

  /** Null for a level that the batch does not have. */
  private static double[] array(String name, BookBatch rows) {
    int underscore = name.lastIndexOf('_');
    int index = Integer.parseInt(name.substring(underscore + 1)) - 1;
    if (index >= rows.levels) {
      return null;
    }
    return switch (name.substring(0, underscore)) {
      case "bid_price" -> rows.bidPrice[index];
      case "bid_size" -> rows.bidSize[index];
      case "ask_price" -> rows.askPrice[index];
      case "ask_size" -> rows.askSize[index];
      default -> throw new IllegalArgumentException("Unknown column: " + name);
    };
  }
}

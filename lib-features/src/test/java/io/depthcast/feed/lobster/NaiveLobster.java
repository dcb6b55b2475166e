package io.depthcast.feed.lobster;

import io.depthcast.book.EventType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The twin of {@link LobsterReader}: whole lines, split, BigDecimal. Halts are not covered. */
final class NaiveLobster {

  private static final Pattern TIME = Pattern.compile("[0-9]+([.][0-9]{1,9})?");
  private static final Pattern INTEGER = Pattern.compile("-?[0-9]+");
  private static final Pattern NATURAL = Pattern.compile("[0-9]+");
  private static final BigDecimal END_OF_DAY = new BigDecimal("86401");
  private static final BigDecimal EMPTY = new BigDecimal("9999999999");

  /** One accepted row; prices and sizes in the file's column order. */
  record Row(
      long line,
      BigDecimal time,
      EventType type,
      long orderId,
      double size,
      double price,
      int direction,
      List<Double> book) {}

  private NaiveLobster() {}

  static List<Row> read(List<String> messages, List<String> books, int levels) {
    List<Row> rows = new ArrayList<>();
    BigDecimal last = BigDecimal.ZERO;
    for (int i = 0; i < messages.size(); i++) {
      Row row = row(i + 1, end(messages.get(i)), end(books.get(i)), levels, last);
      if (row != null) {
        rows.add(row);
        last = row.time();
      }
    }
    return rows;
  }

  private static String end(String line) {
    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }

  /** The row, or null if it breaks a promise. */
  private static Row row(
      long line, String message, String book, int levels, BigDecimal previousTime) {
    String[] m = message.split(",", -1);
    String[] b = book.split(",", -1);
    if (m.length < 6 || m.length > 7 || b.length != 4 * levels) {
      return null;
    }
    if (!TIME.matcher(m[0]).matches()) {
      return null;
    }
    for (int i = 1; i < 6; i++) {
      if (!(i == 3 ? NATURAL : INTEGER).matcher(m[i]).matches()) {
        return null;
      }
    }
    BigDecimal time = new BigDecimal(m[0]);
    int type = new BigDecimal(m[1]).intValueExact();
    BigDecimal size = new BigDecimal(m[3]);
    BigDecimal price = new BigDecimal(m[4]);
    int direction = new BigDecimal(m[5]).intValueExact();
    if (time.compareTo(previousTime) < 0
        || time.compareTo(END_OF_DAY) >= 0
        || type < 1
        || type > 6
        || Math.abs(direction) != 1) {
      return null;
    }
    if (size.signum() < 0 || (type <= 5 && (size.signum() == 0 || price.signum() <= 0))) {
      return null;
    }
    List<Double> columns = book(b);
    if (columns == null) {
      return null;
    }
    return new Row(
        line,
        time,
        EventType.values()[type],
        Long.parseLong(m[2]),
        size.doubleValue(),
        price.movePointLeft(4).doubleValue(),
        direction,
        columns);
  }

  private static List<Double> book(String[] b) {
    List<Double> columns = new ArrayList<>();
    BigDecimal lastAsk = null;
    BigDecimal lastBid = null;
    for (int i = 0; i < b.length; i += 2) {
      if (!INTEGER.matcher(b[i]).matches() || !NATURAL.matcher(b[i + 1]).matches()) {
        return null;
      }
      BigDecimal price = new BigDecimal(b[i]);
      boolean ask = i % 4 == 0;
      boolean empty = price.compareTo(ask ? EMPTY : EMPTY.negate()) == 0;
      BigDecimal last = ask ? lastAsk : lastBid;
      if (!empty) {
        boolean awayFromBest =
            last == null || (ask ? price.compareTo(last) > 0 : price.compareTo(last) < 0);
        if (price.signum() <= 0 || new BigDecimal(b[i + 1]).signum() == 0 || !awayFromBest) {
          return null;
        }
      }
      columns.add(empty ? Double.NaN : price.movePointLeft(4).doubleValue());
      columns.add(empty ? Double.NaN : new BigDecimal(b[i + 1]).doubleValue());
      if (ask) {
        lastAsk = price;
      } else {
        lastBid = price;
      }
    }
    boolean crossed = columns.get(2) >= columns.get(0);
    return crossed ? null : columns;
  }
}

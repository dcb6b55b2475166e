package io.depthcast.feed.lobster;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * Says what is wrong with a row that {@link LobsterReader} could not take.
 *
 * @param inMessage true if the message line is at fault, false if the orderbook line is
 * @param reason the value and what was expected
 */
record RowFault(boolean inMessage, String reason) {

  private static final Pattern TIME = Pattern.compile("\\d{1,18}(\\.\\d{1,9})?");
  private static final Pattern WHOLE_NUMBER = Pattern.compile("(?!-0+$)-?\\d{1,18}");
  private static final String[] MESSAGE_COLUMNS = {
    "time", "event type", "order id", "size", "price", "direction"
  };
  private static final int DIGITS_OF_NANOS = 9;

  /**
   * @param time nanoseconds after midnight of the last accepted row
   */
  static RowFault find(String message, String orderbook, int levels, long time) {
    String reason = inMessage(message.split(",", -1), time);
    if (reason != null) {
      return new RowFault(true, reason);
    }
    reason = inBook(orderbook.split(",", -1), levels);
    if (reason != null) {
      return new RowFault(false, reason);
    }
    throw new IllegalStateException("No fault in: " + message + " | " + orderbook);
  }

  private static String inMessage(String[] columns, long time) {
    if (columns.length != 6 && columns.length != 7) {
      return "message has " + columns(columns.length) + ", expected 6 or 7";
    }
    String reason = inTime(columns[0], time);
    for (int i = 1; reason == null && i < MESSAGE_COLUMNS.length; i++) {
      reason = inNumber(MESSAGE_COLUMNS[i], columns[i]);
    }
    return reason != null
        ? reason
        : inEvent(
            Long.parseLong(columns[1]),
            Long.parseLong(columns[3]),
            Long.parseLong(columns[4]),
            Long.parseLong(columns[5]));
  }

  private static String inTime(String text, long time) {
    if (!TIME.matcher(text).matches()) {
      return "time " + text + " is not seconds after midnight with at most 9 decimals";
    }
    int point = text.indexOf('.');
    long seconds = Long.parseLong(point < 0 ? text : text.substring(0, point));
    if (seconds > LobsterReader.DAY_SECONDS) {
      return "time " + text + " is after the end of the day, " + LobsterReader.DAY_SECONDS;
    }
    String fraction = point < 0 ? "" : text.substring(point + 1);
    long nanos =
        seconds * LobsterReader.SECOND_NANOS
            + Long.parseLong(fraction + "0".repeat(DIGITS_OF_NANOS - fraction.length()));
    return nanos < time ? "time " + text + " is before the row above, " + seconds(time) : null;
  }

  /** Seconds with as many decimals as needed. */
  private static String seconds(long nanos) {
    return BigDecimal.valueOf(nanos, DIGITS_OF_NANOS).stripTrailingZeros().toPlainString();
  }

  private static String inNumber(String name, String text) {
    return WHOLE_NUMBER.matcher(text).matches()
        ? null
        : name + " " + text + " is not a whole number of at most 18 digits";
  }

  private static String inEvent(long type, long size, long price, long direction) {
    if (type < 1 || type > 7) {
      return "event type " + type + " is not 1 to 7";
    }
    if (direction != 1 && direction != -1) {
      return "direction " + direction + " is not 1 or -1";
    }
    if (size < 0 || size > LobsterReader.LARGEST) {
      return "size " + size + " is not 0 to " + LobsterReader.LARGEST;
    }
    if (type <= 5 && size == 0) {
      return "size 0 is not positive";
    }
    if (type == 7) {
      return price < -1 || price > 1 ? "halt price " + price + " is not -1, 0 or 1" : null;
    }
    if (price >= LobsterReader.EMPTY_LEVEL || price <= -LobsterReader.EMPTY_LEVEL) {
      return "price " + price + " is not below " + LobsterReader.EMPTY_LEVEL;
    }
    return type <= 5 && price <= 0 ? "price " + price + " is not positive" : null;
  }

  private static String inBook(String[] columns, int levels) {
    if (columns.length != 4 * levels) {
      return "orderbook row has "
          + columns(columns.length)
          + ", expected "
          + 4 * levels
          + " ("
          + levels
          + (levels == 1 ? " level)" : " levels)");
    }
    long[] numbers = new long[columns.length];
    for (int i = 0; i < columns.length; i++) {
      String name = (i % 4 < 2 ? "ask " : "bid ") + (i % 2 == 0 ? "price " : "size ") + (i / 4 + 1);
      String reason = inNumber(name, columns[i]);
      if (reason != null) {
        return reason;
      }
      numbers[i] = Long.parseLong(columns[i]);
    }
    return inLevels(numbers);
  }

  private static String inLevels(long[] numbers) {
    String reason = null;
    for (int i = 0; reason == null && i < numbers.length; i += 4) {
      reason = inLevel("ask", i / 4 + 1, numbers[i], numbers[i + 1], LobsterReader.EMPTY_LEVEL);
      if (reason == null) {
        reason =
            inLevel("bid", i / 4 + 1, numbers[i + 2], numbers[i + 3], -LobsterReader.EMPTY_LEVEL);
      }
    }
    if (reason == null && numbers[2] >= numbers[0]) {
      return "best bid " + numbers[2] + " is not below best ask " + numbers[0];
    }
    for (int i = 4; reason == null && i < numbers.length; i += 4) {
      reason = inOrder(numbers, i);
    }
    return reason;
  }

  private static String inLevel(String side, int level, long price, long size, long empty) {
    if (size < 0 || size > LobsterReader.LARGEST) {
      return side + " size " + level + " is " + size + ", not 0 to " + LobsterReader.LARGEST;
    }
    if (price == empty) {
      return null;
    }
    if (price <= 0 || price >= LobsterReader.EMPTY_LEVEL) {
      return side
          + " price "
          + level
          + " is "
          + price
          + ", not above 0 and below "
          + LobsterReader.EMPTY_LEVEL;
    }
    return size == 0 ? side + " size " + level + " is 0 at price " + price : null;
  }

  private static String inOrder(long[] numbers, int i) {
    long ask = numbers[i];
    long bid = numbers[i + 2];
    if (ask != LobsterReader.EMPTY_LEVEL && ask <= numbers[i - 4]) {
      return "ask price " + (i / 4 + 1) + " is " + ask + ", not above " + numbers[i - 4];
    }
    if (bid != -LobsterReader.EMPTY_LEVEL && bid >= numbers[i - 2]) {
      return "bid price " + (i / 4 + 1) + " is " + bid + ", not below " + numbers[i - 2];
    }
    return null;
  }

  private static String columns(int count) {
    return count + (count == 1 ? " column" : " columns");
  }
}

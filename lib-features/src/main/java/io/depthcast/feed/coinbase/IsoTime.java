package io.depthcast.feed.coinbase;

import io.depthcast.book.BookBatch;
import java.time.LocalDate;

/** Reads {@code 2018-04-24T03:52:17.202Z}, with 0 to 9 decimals, without an allocation. */
final class IsoTime {

  private static final int SECONDS_END = "2018-04-24T03:52:17".length();
  private static final int LEAST_YEAR = 1970;
  private static final int LAST_YEAR = 2199;
  private static final long SECOND = 1_000_000_000;

  private long lastDate = -1;
  private long lastDay;

  /**
   * Nanoseconds since 1970-01-01 UTC; {@link BookBatch#NO_TIME} for any other text, and for times
   * that are not from 1970 to 2199.
   */
  long parse(char[] text, int from, int length) {
    int end = from + length;
    if (length <= SECONDS_END
        || text[end - 1] != 'Z'
        || text[from + 4] != '-'
        || text[from + 7] != '-'
        || text[from + 10] != 'T'
        || text[from + 13] != ':'
        || text[from + 16] != ':') {
      return BookBatch.NO_TIME;
    }
    int year = number(text, from, from + 4);
    int month = number(text, from + 5, from + 7);
    int dayOfMonth = number(text, from + 8, from + 10);
    int hour = number(text, from + 11, from + 13);
    int minute = number(text, from + 14, from + 16);
    int second = number(text, from + 17, from + 19);
    long nanos = fraction(text, from + SECONDS_END, end - 1);
    if (year < LEAST_YEAR
        || year > LAST_YEAR
        || month < 1
        || month > 12
        || dayOfMonth < 1
        || hour < 0
        || hour > 23
        || minute < 0
        || minute > 59
        || second < 0
        || second > 59
        || nanos < 0) {
      return BookBatch.NO_TIME;
    }
    if (!setDay(year, month, dayOfMonth)) {
      return BookBatch.NO_TIME;
    }
    return (((lastDay * 24 + hour) * 60 + minute) * 60 + second) * SECOND + nanos;
  }

  private boolean setDay(int year, int month, int dayOfMonth) {
    long date = (year * 100L + month) * 100 + dayOfMonth;
    if (date != lastDate) {
      if (dayOfMonth > LocalDate.of(year, month, 1).lengthOfMonth()) {
        return false;
      }
      lastDay = LocalDate.of(year, month, dayOfMonth).toEpochDay();
      lastDate = date;
    }
    return true;
  }

  /** The digits as a number, -1 if there is anything else. */
  private static int number(char[] text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = 10 * number + digit;
    }
    return number;
  }

  /** Nanoseconds of a point and up to 9 digits or of nothing; -1 if it is neither. */
  private static long fraction(char[] text, int from, int to) {
    if (from == to) {
      return 0;
    }
    int digits = to - from - 1;
    if (text[from] != '.' || digits < 1 || digits > 9) {
      return -1;
    }
    long nanos = number(text, from + 1, to);
    for (int i = digits; i < 9; i++) {
      nanos *= 10;
    }
    return nanos;
  }
}

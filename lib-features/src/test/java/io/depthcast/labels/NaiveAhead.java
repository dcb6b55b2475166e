package io.depthcast.labels;

import io.depthcast.book.BookBatch;
import io.depthcast.features.Window;

/** A horizon as its definition says, row by row, for the naive twins; rows from 0, -1 for none. */
final class NaiveAhead {

  private NaiveAhead() {}

  /** The row a window after a row, or the last one not later than a window after a time. */
  static int row(BookBatch book, int fromRow, long fromTime, Window window) {
    int end = end(book, fromRow, fromTime, window);
    return window.isTime() && end >= 0 ? end - 1 : end;
  }

  /** The first row by which {@link #row} is known. */
  static int end(BookBatch book, int fromRow, long fromTime, Window window) {
    for (int i = fromRow; i < book.rows; i++) {
      boolean isEnd =
          window.isTime()
              ? book.tsEvent[i] > fromTime + window.nanos()
              : i == fromRow + window.rows();
      if (isEnd) {
        return i;
      }
    }
    return -1;
  }

  static boolean isClean(BookBatch book, int from, int to) {
    for (int i = from; i <= to; i++) {
      if (book.suspect[i]) {
        return false;
      }
    }
    return true;
  }
}

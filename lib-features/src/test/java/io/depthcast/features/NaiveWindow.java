package io.depthcast.features;

import io.depthcast.book.BookBatch;

/** A window as its definition says, row by row, for the naive twins. */
final class NaiveWindow {

  private NaiveWindow() {}

  /**
   * The last row before the window of row n: {@code n - 50}, or the last one not later than the
   * time of row n less the window's; negative if the book begins later.
   */
  static int rowBefore(BookBatch book, int n, Window window) {
    if (!window.isTime()) {
      return n - window.rows();
    }
    int row = n;
    while (row >= 0 && book.tsEvent[row] > book.tsEvent[n] - window.nanos()) {
      row--;
    }
    return row;
  }

  /** Whether the row before the window of row n is there, and no row from it on is suspect. */
  static boolean isWhole(BookBatch book, int n, Window window) {
    int before = rowBefore(book, n, window);
    boolean clean = before >= 0;
    for (int i = before; clean && i <= n; i++) {
      clean = !book.suspect[i];
    }
    return clean;
  }

  /** The same for what looks back over two windows: for each row of the window over another. */
  static boolean isDoubleWhole(BookBatch book, int n, Window window) {
    if (window.isTime()) {
      return isWhole(book, n, Window.milliseconds(2 * window.length()));
    }
    return window.rows() == 1
        ? !book.suspect[n]
        : isWhole(book, n, Window.events(2 * window.rows() - 2));
  }
}

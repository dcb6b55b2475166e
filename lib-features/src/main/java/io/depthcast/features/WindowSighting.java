package io.depthcast.features;

import io.depthcast.book.BookBatch;

/** Whether a {@link Window} holds a row of some kind, for every row. */
final class WindowSighting {

  private final boolean isTime;
  private final long length;

  /** Place of the last row of the kind: its time or its number. */
  private long last = Long.MIN_VALUE;

  WindowSighting(Window window) {
    isTime = window.isTime();
    length = isTime ? window.nanos() : window.rows();
  }

  /**
   * Takes note of the next row.
   *
   * @param isOfKind whether it is of the kind
   * @return whether the window that ends with it holds a row of the kind
   */
  boolean see(BookBatch batch, int row, boolean isOfKind) {
    long place = isTime ? batch.tsEvent[row] : batch.seq[row];
    if (isOfKind) {
      last = place;
    }
    return last > place - length;
  }
}

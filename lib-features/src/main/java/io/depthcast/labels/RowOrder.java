package io.depthcast.labels;

import io.depthcast.book.BookBatch;

/** Refuses batches between which rows are missing. */
final class RowOrder {

  private long nextSeq = -1;

  void follow(BookBatch batch) {
    if (nextSeq >= 0 && batch.seq[0] != nextSeq) {
      throw new IllegalArgumentException(
          "Invalid batch: begins with seq " + batch.seq[0] + " (must be " + nextSeq + ")");
    }
    nextSeq = batch.seq[0] + batch.rows;
  }
}

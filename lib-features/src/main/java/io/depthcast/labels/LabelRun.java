package io.depthcast.labels;

import io.depthcast.book.BookBatch;

/** The running computation of one label over one slice, or over a part of it. */
public interface LabelRun {

  /**
   * Takes the next rows and gives the labels that are known now.
   *
   * @param batch rows that follow those of the call before
   * @throws IllegalArgumentException if rows are missing between the calls
   */
  void compute(BookBatch batch, LabelSink sink);

  /** Ends the slice: gives the last rows, whose labels never become known. */
  void finish(LabelSink sink);
}

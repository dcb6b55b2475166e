package io.depthcast.jobs.explore;

import java.io.Serializable;

/**
 * Which rows of a slice are sampled: those whose seq is a multiple of a number.
 *
 * @param rows rows of the slice
 * @param every 1 or more
 */
record SampleGrid(long rows, long every) implements Serializable {

  private static final long serialVersionUID = 1L;

  /** So that at most a number of rows are sampled. */
  static SampleGrid of(long rows, int most) {
    return new SampleGrid(rows, Math.max(1, (rows + most - 1) / most));
  }

  /** Rows in the sample. */
  int size() {
    return (int) (rows / every);
  }

  boolean has(long seq) {
    return seq % every == 0 && seq / every <= size();
  }

  /** Place in the sample of a row that it has, from 0. */
  int place(long seq) {
    return (int) (seq / every - 1);
  }

  /** Sampled rows that lie within a number of rows, rounded up. */
  int sampled(long within) {
    return (int) ((within + every - 1) / every);
  }
}

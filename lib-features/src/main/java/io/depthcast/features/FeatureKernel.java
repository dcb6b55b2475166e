package io.depthcast.features;

import io.depthcast.book.BookBatch;

/**
 * The running computation of one family over one slice. State is carried from batch to batch.
 *
 * <p>A kernel need not care about warm-up, suspect rows and infinities: {@link FeatureSet.Run}
 * blanks all three. It must not look further back than the family's warm-up, so that no value it
 * leaves in place has touched a suspect row.
 */
public interface FeatureKernel {

  /**
   * Computes the rows of a batch, which follows the batch of the call before.
   *
   * @param batch the next rows of the slice
   * @param out one array a column of {@link FeatureFamily#produces()}, each at least {@code
   *     batch.rows} long; rows {@code 0 .. batch.rows - 1} are overwritten, NaN where undefined
   */
  void compute(BookBatch batch, double[][] out);
}

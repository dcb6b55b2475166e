package io.depthcast.jobs.explore;

import io.depthcast.jobs.table.Slice;
import java.io.Serializable;
import java.util.List;
import java.util.Set;

/**
 * What one slice says of the columns and labels, of a size that does not grow with its rows.
 *
 * @param grid which of its rows were sampled
 * @param featureSetIds the sets that its rows are of
 * @param columns by feature
 * @param correlations Spearman's correlation of features i and j, i below j, at {@link #pair(int,
 *     int)}; NaN where there is none
 * @param correlationRows rows that each comes from
 * @param labels by label
 * @param pairs by feature, then by label
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SliceFacts(
    Slice slice,
    SampleGrid grid,
    Set<String> featureSetIds,
    List<ColumnFacts> columns,
    float[] correlations,
    int[] correlationRows,
    List<LabelFacts> labels,
    PairFacts[][] pairs)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /**
   * A feature.
   *
   * @param moments of all rows
   * @param points values of the sample that have equal shares of it, ascending; empty without
   *     values
   */
  record ColumnFacts(Moments moments, double[] points) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /**
   * A label.
   *
   * @param moments of all rows
   * @param reach most rows from a row to the last that its label looks at
   * @param blockRows sampled rows of a block of the bootstrap and the shuffles
   */
  record LabelFacts(Moments moments, long reach, int blockRows) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /**
   * A feature and a label.
   *
   * @param n sampled rows that have both
   * @param ic Spearman's correlation of feature and label; NaN where there is none
   * @param variance of ic by the moving block bootstrap; NaN where there are too few blocks
   * @param blocks blocks without overlap in the rows
   * @param bits mutual information; NaN where there is none
   * @param nullBits mean over the shuffles; NaN where there are too few blocks
   * @param nullDeviation standard deviation over the shuffles
   * @param parts ic in each part of the slice; one where days are compared
   */
  record PairFacts(
      int n,
      double ic,
      double variance,
      double blocks,
      double bits,
      double nullBits,
      double nullDeviation,
      double[] parts)
      implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /** Where features i and j are found, i below j. */
  static int pair(int i, int j) {
    return j * (j - 1) / 2 + i;
  }
}

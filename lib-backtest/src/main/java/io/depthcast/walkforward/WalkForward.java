package io.depthcast.walkforward;

import java.util.ArrayList;
import java.util.List;

/**
 * A walk-forward plan: time is cut into blocks; each block after the first {@code minTrainBlocks}
 * is the test of one fold, trained on blocks before it only.
 *
 * @param scheme which earlier blocks a fold trains on
 * @param blocks blocks of time, 2 to 1000: days, or stretches of one day
 * @param minTrainBlocks blocks before the first test, 1 to {@code blocks - 1}
 * @param validationShare share of the rows before the test, latest first, that validate; 0 to 0.5
 * @param embargoMs milliseconds kept free between the last label and the span after it, 0 to
 *     31536000000 (365 days)
 */
public record WalkForward(
    Scheme scheme, int blocks, int minTrainBlocks, double validationShare, long embargoMs) {

  private static final int MAX_BLOCKS = 1000;
  private static final long MAX_EMBARGO_MS = 365L * 24 * 3600 * 1000;

  /** Which blocks before the test a fold trains on. */
  public enum Scheme {
    /** All of them: the training span grows. */
    ANCHORED,
    /** The last {@code minTrainBlocks}: the training span moves. */
    ROLLING
  }

  public WalkForward {
    if (scheme == null) {
      throw new IllegalArgumentException("Missing scheme (must be ANCHORED or ROLLING)");
    }
    if (blocks < 2 || blocks > MAX_BLOCKS) {
      throw new IllegalArgumentException("Invalid blocks: " + blocks + " (must be 2 to 1000)");
    }
    if (minTrainBlocks < 1 || minTrainBlocks >= blocks) {
      throw new IllegalArgumentException(
          "Invalid minTrainBlocks: %d (must be 1 to %d, blocks - 1)"
              .formatted(minTrainBlocks, blocks - 1));
    }
    if (!(validationShare >= 0 && validationShare <= 0.5)) {
      throw new IllegalArgumentException(
          "Invalid validationShare: " + validationShare + " (must be 0 to 0.5)");
    }
    if (embargoMs < 0 || embargoMs > MAX_EMBARGO_MS) {
      throw new IllegalArgumentException(
          "Invalid embargoMs: %d (must be 0 to %d)".formatted(embargoMs, MAX_EMBARGO_MS));
    }
  }

  /**
   * The folds, in order of time: fold {@code f} tests on block {@code minTrainBlocks + f}.
   *
   * <p>Validation begins at the time of a row, not at a share of the clock: rows are dense at the
   * open and absent at night, so a share of the clock would be any share of the rows.
   *
   * @param edges {@code blocks + 1} increasing times, nanoseconds UTC; block {@code i} is {@code
   *     [edges[i], edges[i + 1])}
   * @param rowTimes times of the rows, or of every n-th row, ascending; not read where {@code
   *     validationShare} is 0
   */
  public List<Fold> folds(long[] edges, long[] rowTimes) {
    if (edges.length != blocks + 1) {
      throw new IllegalArgumentException(
          "Expected %d edges for %d blocks, got %d".formatted(blocks + 1, blocks, edges.length));
    }
    for (int i = 1; i < edges.length; i++) {
      if (edges[i] <= edges[i - 1]) {
        throw new IllegalArgumentException(
            "Edge %d at %d is not after edge %d at %d".formatted(i, edges[i], i - 1, edges[i - 1]));
      }
    }
    for (int i = 1; i < rowTimes.length; i++) {
      if (rowTimes[i] < rowTimes[i - 1]) {
        throw new IllegalArgumentException(
            "Row time %d at %d is before row time %d at %d"
                .formatted(i, rowTimes[i], i - 1, rowTimes[i - 1]));
      }
    }
    List<Fold> folds = new ArrayList<>();
    for (int test = minTrainBlocks; test < blocks; test++) {
      int id = test - minTrainBlocks;
      long trainFrom = edges[scheme == Scheme.ANCHORED ? 0 : id];
      long validationFrom = validationFrom(id, trainFrom, edges[test], rowTimes);
      folds.add(
          new Fold(
              id, trainFrom, validationFrom, edges[test], edges[test + 1], embargoMs * 1_000_000));
    }
    return List.copyOf(folds);
  }

  private long validationFrom(int id, long trainFrom, long testFrom, long[] rowTimes) {
    if (validationShare == 0) {
      return testFrom;
    }
    int end = firstNotBefore(testFrom, rowTimes);
    int rows = end - firstNotBefore(trainFrom, rowTimes);
    int validationRows = (int) (rows * validationShare);
    if (validationRows == 0 || rowTimes[end - validationRows] == trainFrom) {
      throw new IllegalArgumentException(
          "Fold %d has %d row times before its test, too few to split off a validation share of %s"
              .formatted(id, rows, validationShare));
    }
    return rowTimes[end - validationRows];
  }

  private static int firstNotBefore(long ts, long[] rowTimes) {
    int low = 0;
    int high = rowTimes.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (rowTimes[middle] < ts) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}

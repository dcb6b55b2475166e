package io.depthcast.jobs.explore;

import java.util.SplittableRandom;

/**
 * Mutual information of two columns in bins, bits.
 *
 * <p>{@code sum p(a, b) log2(p(a, b) / (p(a) p(b)))} over the cells of the table of bins, plus the
 * correction of Miller and Madow, {@code (A + B - C - 1) / (2 n ln 2)} with A and B the bins and C
 * the cells that are not empty: without it the estimate is too high by about that much for
 * independent rows. Source: G. Miller, Note on the bias of information estimates (1955), in
 * Information Theory in Psychology; L. Paninski, Estimation of Entropy and Mutual Information,
 * Neural Computation 15 (2003).
 */
final class MutualInformation {

  private MutualInformation() {}

  /**
   * Mutual information of the rows where both are there.
   *
   * @param x bins from 0, {@link Codes#MISSING} where there is no value
   * @param y the same of the other column
   * @param bins number of bins of either
   * @return NaN where no row has both
   */
  static double bits(byte[] x, byte[] y, int bins) {
    int[] cells = new int[bins * bins];
    for (int i = 0; i < x.length; i++) {
      if (x[i] >= 0 && y[i] >= 0) {
        cells[x[i] * bins + y[i]]++;
      }
    }
    return bits(cells, bins);
  }

  /**
   * Mutual information of a table of counts.
   *
   * @param cells row by row, {@code bins * bins}
   */
  static double bits(int[] cells, int bins) {
    long[] rows = new long[bins];
    long[] columns = new long[bins];
    long n = 0;
    int filled = 0;
    for (int cell = 0; cell < cells.length; cell++) {
      rows[cell / bins] += cells[cell];
      columns[cell % bins] += cells[cell];
      n += cells[cell];
      filled += cells[cell] > 0 ? 1 : 0;
    }
    if (n == 0) {
      return Double.NaN;
    }
    double nats = 0;
    for (int cell = 0; cell < cells.length; cell++) {
      if (cells[cell] > 0) {
        double expected = (double) rows[cell / bins] * columns[cell % bins] / n;
        nats += cells[cell] * Math.log(cells[cell] / expected) / n;
      }
    }
    double correction = (filled(rows) + filled(columns) - filled - 1) / (2.0 * n);
    return (nats + correction) / Math.log(2);
  }

  private static int filled(long[] counts) {
    int filled = 0;
    for (long count : counts) {
      filled += count > 0 ? 1 : 0;
    }
    return filled;
  }

  /**
   * The rows cut in two blocks, at a place by chance, that change places: what a column knows of
   * them is lost, what they know of their neighbours, near or far, is not. More and shorter blocks
   * would lose that a label is lively for an hour, and a column that changes as slowly would seem
   * to know of it.
   *
   * @param least rows of a block, at least; at most half of the rows
   */
  static byte[] shuffled(byte[] rows, int least, SplittableRandom random) {
    int cut = least + random.nextInt(rows.length - 2 * least + 1);
    byte[] shuffled = new byte[rows.length];
    System.arraycopy(rows, cut, shuffled, 0, rows.length - cut);
    System.arraycopy(rows, 0, shuffled, rows.length - cut, cut);
    return shuffled;
  }
}

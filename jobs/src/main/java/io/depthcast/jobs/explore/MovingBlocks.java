package io.depthcast.jobs.explore;

/**
 * The moving block bootstrap of the mean of rows that depend on their neighbours.
 *
 * <p>A draw of the bootstrap puts n / length blocks of consecutive rows, each from any place, one
 * behind the other and takes the mean. Over all draws the variance of that mean has a closed form,
 * {@code length / n * mean_j (b_j - b)^2}, where b_j is the mean of the block that begins at row j
 * and b the mean of all b_j. So nothing is drawn, and no seed matters. Source: H. R. Kuensch, The
 * Jackknife and the Bootstrap for General Stationary Observations, Annals of Statistics 17 (1989).
 *
 * @param length rows of a block, 1 or more
 */
record MovingBlocks(int length) {

  /** Blocks without overlap that rows must hold; with fewer a variance is a guess. */
  static final int LEAST_BLOCKS = 8;

  MovingBlocks {
    if (length < 1) {
      throw new IllegalArgumentException("Invalid length: " + length + " (must be 1 or more)");
    }
  }

  /**
   * Blocks for rows whose labels overlap: so many times the reach of a label, at least the cube
   * root of the number of rows, the order of length that Kuensch's bootstrap wants for the
   * dependence of the rest; less where there would be fewer than {@link #LEAST_BLOCKS}, but never
   * shorter than the reach.
   *
   * @param rows number of rows
   * @param reach rows from a row to the last one that its label looks at
   * @param times 1 or more
   */
  static MovingBlocks of(int rows, int reach, int times) {
    long wanted = Math.max((long) reach * times, (long) Math.ceil(Math.cbrt(rows)));
    long most = Math.max(reach, rows / LEAST_BLOCKS);
    return new MovingBlocks((int) Math.max(1, Math.min(wanted, most)));
  }

  /** Blocks without overlap in so many rows. */
  double blocks(int rows) {
    return (double) rows / length;
  }

  /** Whether so many rows hold enough blocks. */
  boolean fit(int rows) {
    return blocks(rows) >= LEAST_BLOCKS;
  }

  /**
   * Variance of the mean of the rows.
   *
   * @return NaN where there are too few blocks
   */
  double varianceOfMean(double[] rows) {
    int n = rows.length;
    if (!fit(n)) {
      return Double.NaN;
    }
    int blocks = n - length + 1;
    double[] means = new double[blocks];
    double sum = 0;
    double total = 0;
    for (int i = 0; i < n; i++) {
      sum += rows[i] - (i >= length ? rows[i - length] : 0);
      if (i >= length - 1) {
        means[i - length + 1] = sum / length;
        total += sum / length;
      }
    }
    double squares = 0;
    for (double mean : means) {
      squares += (mean - total / blocks) * (mean - total / blocks);
    }
    return (double) length / n * squares / blocks;
  }
}

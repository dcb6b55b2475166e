package io.depthcast.jobs.explore;

import java.util.Arrays;

/**
 * Values by their place among the different ones.
 *
 * @param of place of each row's value from 0; {@link #MISSING} where there is none
 * @param distinct number of different values
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Codes(int[] of, int distinct) {

  /** The code of a row without a value. */
  static final int MISSING = -1;

  /** Codes of values, NaN where there is none. */
  static Codes of(double[] values) {
    double[] sorted = new double[values.length];
    int count = 0;
    for (double value : values) {
      if (!Double.isNaN(value)) {
        // Plus zero: -0.0 and 0.0 are one value.
        sorted[count++] = value + 0.0;
      }
    }
    Arrays.sort(sorted, 0, count);
    int distinct = 0;
    for (int i = 0; i < count; i++) {
      if (i == 0 || sorted[i] != sorted[i - 1]) {
        sorted[distinct++] = sorted[i];
      }
    }
    int[] codes = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      codes[i] =
          Double.isNaN(values[i])
              ? MISSING
              : Arrays.binarySearch(sorted, 0, distinct, values[i] + 0.0);
    }
    return new Codes(codes, distinct);
  }

  int rows() {
    return of.length;
  }

  /**
   * Share of the values below each row's, and half of those equal to it, 0 to 1; NaN for a row
   * without a value. Their mean is 1/2.
   */
  double[] shareBelow() {
    int[] counts = new int[distinct];
    int n = 0;
    for (int code : of) {
      if (code != MISSING) {
        counts[code]++;
        n++;
      }
    }
    double[] byCode = shareBelow(counts, n);
    double[] shares = new double[of.length];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = of[i] == MISSING ? Double.NaN : byCode[of[i]];
    }
    return shares;
  }

  /** By code: share of the values below, and half of those equal, from how often each is there. */
  static double[] shareBelow(int[] counts, int n) {
    double[] shares = new double[counts.length];
    long below = 0;
    for (int code = 0; code < counts.length; code++) {
      shares[code] = (below + counts[code] / 2.0) / n;
      below += counts[code];
    }
    return shares;
  }

  /**
   * Bins of as equal numbers of values as ties allow: that of {@link #shareBelow} times the number
   * of bins, so that equal values share a bin.
   *
   * @param bins 2 to 127
   * @return bin of each row from 0; {@link #MISSING} where there is no value
   */
  byte[] bins(int bins) {
    double[] shares = shareBelow();
    byte[] of = new byte[shares.length];
    for (int i = 0; i < of.length; i++) {
      of[i] =
          Double.isNaN(shares[i])
              ? (byte) MISSING
              : (byte) Math.min(bins - 1, (int) (shares[i] * bins));
    }
    return of;
  }
}

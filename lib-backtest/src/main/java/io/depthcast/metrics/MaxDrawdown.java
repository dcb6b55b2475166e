package io.depthcast.metrics;

/**
 * The deepest fall of a curve of equity below its highest point so far. The curve is profit and so
 * begins at 0: a curve that only falls is under water from its first row.
 *
 * @param amount peak less trough, quote currency, &gt;= 0
 * @param tsPeak time of the peak, nanoseconds UTC
 * @param tsTrough time of the trough
 * @param tsEnd time at which the curve is back at the peak, or of its last row if it never is
 */
public record MaxDrawdown(double amount, long tsPeak, long tsTrough, long tsEnd) {

  /**
   * The first of the deepest falls.
   *
   * @param ts times of the rows, nanoseconds UTC, ascending; at least one
   * @param equity profit after costs by row, quote currency
   */
  public static MaxDrawdown of(long[] ts, double[] equity) {
    if (ts.length == 0 || ts.length != equity.length) {
      throw new IllegalArgumentException(
          "Expected as many times as equities and at least one, got %d and %d"
              .formatted(ts.length, equity.length));
    }
    double peak = 0;
    long tsPeak = ts[0];
    MaxDrawdown deepest = new MaxDrawdown(0, ts[0], ts[0], ts[0]);
    boolean recovered = true;
    for (int i = 0; i < ts.length; i++) {
      if (equity[i] >= peak) {
        if (!recovered) {
          deepest = deepest.endingAt(ts[i]);
          recovered = true;
        }
        peak = equity[i];
        tsPeak = ts[i];
      } else if (peak - equity[i] > deepest.amount) {
        deepest = new MaxDrawdown(peak - equity[i], tsPeak, ts[i], ts[i]);
        recovered = false;
      }
    }
    return recovered ? deepest : deepest.endingAt(ts[ts.length - 1]);
  }

  /** Time under water in seconds: from the peak until the curve is back there, or to its end. */
  public double seconds() {
    return (tsEnd - tsPeak) / 1e9;
  }

  private MaxDrawdown endingAt(long tsEnd) {
    return new MaxDrawdown(amount, tsPeak, tsTrough, tsEnd);
  }
}

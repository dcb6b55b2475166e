package io.depthcast.feed;

import java.io.Serializable;

/**
 * What a reader of captured messages puts up with.
 *
 * @param tickSize grid of the prices in quote currency, up to 1e6; 0 for no check of the grid
 * @param clockBackMs milliseconds, 1 to 3600000, that the venue's time may lie behind the latest
 *     seen; streams of one venue overtake each other by some tens
 * @param skewStepMs milliseconds, 1 to 3600000, that receive time minus venue time may change from
 *     one row to the next
 * @param maxSkewMs milliseconds, 1000 to 86400000, between receive time and venue time; a message
 *     beyond is rejected, one wrong stamp would carry all rows after it along; where lines bear no
 *     receive time, a message more than a day after the rows before is
 * @param silenceMs milliseconds, 1 to 86400000, without any line
 * @param maxRejectedShare rejected lines per line, 0 to 1; one more fails the session
 */
public record FeedLimits(
    double tickSize,
    long clockBackMs,
    long skewStepMs,
    long maxSkewMs,
    long silenceMs,
    double maxRejectedShare)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final long HOUR_MS = 3_600_000;
  private static final long DAY_MS = 24 * HOUR_MS;

  /** No grid, one second back, steps of five, an hour of skew, half a minute of silence, 0.1 %. */
  public static final FeedLimits DEFAULT = new FeedLimits(0, 1_000, 5_000, HOUR_MS, 30_000, 0.001);

  public FeedLimits {
    if (!(tickSize >= 0 && tickSize <= 1e6)) {
      throw new IllegalArgumentException("Invalid tickSize: " + tickSize + " (must be 0 to 1e6)");
    }
    requireRange("clockBackMs", clockBackMs, 1, HOUR_MS);
    requireRange("skewStepMs", skewStepMs, 1, HOUR_MS);
    requireRange("maxSkewMs", maxSkewMs, 1_000, DAY_MS);
    requireRange("silenceMs", silenceMs, 1, DAY_MS);
    if (!(maxRejectedShare >= 0 && maxRejectedShare <= 1)) {
      throw new IllegalArgumentException(
          "Invalid maxRejectedShare: " + maxRejectedShare + " (must be 0 to 1)");
    }
  }

  private static void requireRange(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "Invalid " + name + ": " + value + " (must be " + least + " to " + most + ")");
    }
  }

  /** Whether a price is a multiple of the tick, up to the rounding of both to doubles. */
  public boolean isOnGrid(double price) {
    if (tickSize == 0) {
      return true;
    }
    double ticks = price / tickSize;
    // Price, tick and quotient are each rounded once, which makes three units in the last place at
    // most.
    return Math.abs(ticks - Math.rint(ticks)) <= 3 * Math.ulp(ticks);
  }
}

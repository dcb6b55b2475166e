package io.depthcast.execution;

import java.io.Serializable;

/**
 * A trader who takes liquidity on a forecast. The edge of a row is {@code pUp - pDown}, from -1 to
 * 1.
 *
 * @param size position to hold on a signal, base units, &gt; 0
 * @param enterEdge edge from which on the position is taken, above 0 and up to 1
 * @param exitEdge edge below which the position is closed, 0 to {@code enterEdge}; 0 never closes
 *     on a weak signal, only a signal to the other side ends the position
 * @param latencyUs microseconds from the event that decides to the arrival at the venue, 0 to
 *     60000000 (one minute)
 */
public record Taker(double size, double enterEdge, double exitEdge, long latencyUs)
    implements Serializable {

  private static final long MAX_LATENCY_US = 60_000_000;

  public Taker {
    if (!(size > 0 && Double.isFinite(size))) {
      throw new IllegalArgumentException("Invalid size: " + size + " (must be > 0 and finite)");
    }
    if (!(enterEdge > 0 && enterEdge <= 1)) {
      throw new IllegalArgumentException(
          "Invalid enterEdge: " + enterEdge + " (must be above 0 and up to 1)");
    }
    if (!(exitEdge >= 0 && exitEdge <= enterEdge)) {
      throw new IllegalArgumentException(
          "Invalid exitEdge: %s (must be 0 to enterEdge, %s)".formatted(exitEdge, enterEdge));
    }
    if (latencyUs < 0 || latencyUs > MAX_LATENCY_US) {
      throw new IllegalArgumentException(
          "Invalid latencyUs: %d (must be 0 to %d)".formatted(latencyUs, MAX_LATENCY_US));
    }
  }

  /**
   * The position wanted.
   *
   * <pre>
   *  size      if edge &gt;= enterEdge
   * -size      if edge &lt;= -enterEdge
   *  0         if |edge| &lt; exitEdge
   *  position  otherwise, and where edge is NaN (no forecast)
   * </pre>
   *
   * @param edge {@code pUp - pDown}
   * @param position the position held, base units
   */
  public double target(double edge, double position) {
    if (edge >= enterEdge) {
      return size;
    }
    if (edge <= -enterEdge) {
      return -size;
    }
    return Math.abs(edge) < exitEdge ? 0 : position;
  }
}

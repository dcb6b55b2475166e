package io.depthcast.costs;

import java.io.Serializable;
import java.time.LocalDate;

/**
 * What a venue charges from a date on. A negative number is a rebate.
 *
 * <p>{@code fee = bps / 10000 * size * price + perUnit * size}
 *
 * @param validFrom first trade date that it applies to
 * @param makerBps basis points of notional for an order that rested, -1000 to 1000
 * @param takerBps basis points of notional for an order that did not rest, -1000 to 1000
 * @param makerPerUnit quote currency per base unit (share, coin) for an order that rested
 * @param takerPerUnit quote currency per base unit for an order that did not rest
 */
public record Fee(
    LocalDate validFrom, double makerBps, double takerBps, double makerPerUnit, double takerPerUnit)
    implements Serializable {

  private static final double MAX_BPS = 1000;

  public Fee {
    if (validFrom == null) {
      throw new IllegalArgumentException("Missing validFrom of a fee");
    }
    requireBps("makerBps", makerBps);
    requireBps("takerBps", takerBps);
    requireFinite("makerPerUnit", makerPerUnit);
    requireFinite("takerPerUnit", takerPerUnit);
  }

  /** Fee in quote currency of a fill whose order rested in the book. */
  public double maker(double size, double price) {
    return fee(makerBps, makerPerUnit, size, price);
  }

  /** Fee in quote currency of a fill whose order took what rested in the book. */
  public double taker(double size, double price) {
    return fee(takerBps, takerPerUnit, size, price);
  }

  private static double fee(double bps, double perUnit, double size, double price) {
    return bps / 10_000 * size * price + perUnit * size;
  }

  private static void requireBps(String name, double value) {
    if (!(Math.abs(value) <= MAX_BPS)) {
      throw new IllegalArgumentException(
          "Invalid " + name + ": " + value + " (must be -1000 to 1000)");
    }
  }

  private static void requireFinite(String name, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("Invalid " + name + ": " + value + " (must be finite)");
    }
  }
}

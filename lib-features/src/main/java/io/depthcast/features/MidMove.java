package io.depthcast.features;

/**
 * How the mid has moved, and whether. Half the sum of two prices is rounded, so one mid can have
 * several doubles: those of 100.04 and 100.06 and of 100.02 and 100.08 differ in the last bit.
 */
public final class MidMove {

  /** Of the price: far above rounding, far below half a tick. */
  private static final double ROUNDING = 1e-12;

  private MidMove() {}

  /** Whether two mids are one; false where either is NaN. */
  public static boolean isNone(double mid, double before) {
    return mid == before || Math.abs(mid - before) <= ROUNDING * before;
  }

  /** 10^4 ln(mid / before); exactly 0 where the mid has not moved. */
  static double logBps(double mid, double before) {
    return isNone(mid, before) ? 0 : 1e4 * StrictMath.log(mid / before);
  }
}

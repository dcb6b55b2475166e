package io.depthcast.feed;

/** Reads decimal texts such as {@code 61837.63000000} into the nearest double. */
public final class Decimals {

  /** Longest text that is read as a number. */
  private static final int MOST_CHARS = 40;

  /** Up to here long and double hold the same whole numbers, so that one division rounds once. */
  private static final long EXACT = 1L << 53;

  private static final double[] POWERS_OF_TEN = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private Decimals() {}

  /**
   * The double nearest to {@code -?digits(.digits)?} of at most 40 characters, as {@link
   * Double#parseDouble} gives it; NaN for any other text.
   */
  public static double parse(char[] text, int from, int length) {
    int end = from + length;
    int at = from;
    if (length > 0 && text[at] == '-') {
      at++;
    }
    int digits = at;
    int point = -1;
    long value = 0;
    int scale = 0;
    int zeros = 0;
    for (; at < end; at++) {
      int digit = text[at] - '0';
      if (digit >= 0 && digit <= 9) {
        if (digit == 0 && point >= 0) {
          // Zeros at the end of a fraction are left out, so that more numbers stay small.
          zeros++;
        } else {
          for (; zeros > 0 && value < EXACT; zeros--) {
            value *= 10;
            scale++;
          }
          if (value < EXACT) {
            value = 10 * value + digit;
            scale += point >= 0 ? 1 : 0;
          }
        }
      } else if (text[at] == '.' && point < 0 && at > digits) {
        point = at;
      } else {
        return Double.NaN;
      }
    }
    if (at == digits || point == end - 1 || length > MOST_CHARS) {
      return Double.NaN;
    }
    if (value < EXACT && scale < POWERS_OF_TEN.length) {
      double size = value / POWERS_OF_TEN[scale];
      return digits > from ? -size : size;
    }
    return Double.parseDouble(new String(text, from, length));
  }
}

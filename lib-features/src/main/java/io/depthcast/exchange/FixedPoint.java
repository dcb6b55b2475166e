package io.depthcast.exchange;

/** Decimal text of whole multiples of a power of ten, which no rounding can touch. */
final class FixedPoint {

  private FixedPoint() {}

  /** Appends {@code value / 10^decimals} with all decimals. */
  static void append(StringBuilder text, long value, int decimals) {
    text.append(value < 0 ? "-" : "");
    int start = text.length();
    text.append(Math.abs(value));
    while (text.length() - start <= decimals) {
      text.insert(start, '0');
    }
    if (decimals > 0) {
      text.insert(text.length() - decimals, '.');
    }
  }
}

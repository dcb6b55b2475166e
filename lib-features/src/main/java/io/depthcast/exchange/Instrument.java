package io.depthcast.exchange;

/**
 * What is traded. Prices are whole ticks, sizes whole units: a share in the files of a stock
 * market, a thousandth of the base currency in the captures of a coin market.
 *
 * @param symbol name in all formats, 1 to 12 capital letters
 * @param tick ten-thousandths of the quote currency, 1 to 1000000
 * @param firstPrice reference price at the begin, ticks, 1000 to 10000000
 * @param flow intensities
 */
public record Instrument(String symbol, int tick, int firstPrice, OrderFlow flow) {

  /** Decimals of a price in text. */
  static final int PRICE_DECIMALS = 4;

  /** Decimals of a size in the captures. */
  static final int SIZE_DECIMALS = 3;

  public Instrument {
    if (!symbol.matches("[A-Z]{1,12}")) {
      throw new IllegalArgumentException(
          "Invalid symbol: " + symbol + " (must be 1 to 12 capital letters)");
    }
    requireRange("tick", tick, 1, 1_000_000);
    requireRange("firstPrice", firstPrice, 1000, 10_000_000);
  }

  static void requireRange(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "Invalid " + name + ": " + value + " (must be " + least + " to " + most + ")");
    }
  }

  /** Ten-thousandths of the quote currency. */
  long price(int ticks) {
    return (long) ticks * tick;
  }
}

package io.depthcast.feed.binance;

/** A number for each {@link BinanceCount}. */
final class Counts {

  private final long[] numbers = new long[BinanceCount.values().length];

  void add(BinanceCount what) {
    add(what, 1);
  }

  void add(BinanceCount what, long number) {
    numbers[what.ordinal()] += number;
  }

  long get(BinanceCount what) {
    return numbers[what.ordinal()];
  }
}

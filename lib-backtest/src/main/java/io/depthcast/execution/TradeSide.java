package io.depthcast.execution;

import java.util.Locale;

/** What the simulated trader does. */
public enum TradeSide {
  BUY(1),
  SELL(-1);

  private final int sign;

  TradeSide(int sign) {
    this.sign = sign;
  }

  /** 1 for a buy, -1 for a sell. */
  public int sign() {
    return sign;
  }

  /** Name in the tables: {@code buy} or {@code sell}. */
  public String column() {
    return name().toLowerCase(Locale.ROOT);
  }
}

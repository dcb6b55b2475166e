package io.depthcast.book;

/** The side of the book that an order rests on. */
public enum Side {
  BID,
  ASK;

  /** Name in the tables: {@code bid} or {@code ask}. */
  public String column() {
    return this == BID ? "bid" : "ask";
  }
}

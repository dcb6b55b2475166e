package io.depthcast.feed.binance;

/** What a session's books are made of. */
public enum BinanceDepth {
  /** Every change of every level: {@code @depth} streams and a snapshot that they start from. */
  UPDATES,
  /**
   * The best levels every so often: {@code @depth5}, {@code @depth10}, {@code @depth20} streams, or
   * snapshots asked for again and again. What happened between two frames is not known, so order
   * flow from them is a quantity of lower resolution.
   */
  FRAMES
}

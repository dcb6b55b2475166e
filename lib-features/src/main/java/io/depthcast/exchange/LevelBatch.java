package io.depthcast.exchange;

import io.depthcast.book.Side;
import java.util.Collections;
import java.util.NavigableSet;
import java.util.TreeSet;

/** The levels that have changed in a span of time, as the venues of levels tell them. */
final class LevelBatch {

  private final long length;
  private final NavigableSet<Integer> bids = new TreeSet<>(Collections.reverseOrder());
  private final NavigableSet<Integer> asks = new TreeSet<>();
  private long open;
  private long end;

  /**
   * @param ms milliseconds of a batch, 0 to 10000; with 0 one lasts as long as its first event's
   *     time
   */
  LevelBatch(int ms) {
    Instrument.requireRange("depthMs", ms, 0, 10_000);
    length = ms * 1_000_000L;
  }

  void open(long nanos) {
    open = nanos;
  }

  void add(OrderEvent event) {
    if (isEmpty()) {
      end = length == 0 ? event.nanos : open + ((event.nanos - open) / length + 1) * length;
    }
    levels(event.side).add(event.ticks);
  }

  /** Whether levels have changed in a batch that has ended by then. */
  boolean isDue(long nanos) {
    return !isEmpty() && end <= nanos;
  }

  boolean isEmpty() {
    return bids.isEmpty() && asks.isEmpty();
  }

  /** Nanoseconds UTC. */
  long end() {
    return end;
  }

  /** Prices in ticks, the best first. */
  NavigableSet<Integer> levels(Side side) {
    return side == Side.BID ? bids : asks;
  }

  void clear() {
    bids.clear();
    asks.clear();
  }
}

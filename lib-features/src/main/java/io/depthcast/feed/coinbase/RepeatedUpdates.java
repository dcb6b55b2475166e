package io.depthcast.feed.coinbase;

/**
 * Finds updates without numbers that were had already: those of a later text, a capture that
 * overlaps, which are older than the last update. Updates of one time cannot be told apart, but a
 * capture that began before them has them in the same order: as many as were had are had again.
 */
final class RepeatedUpdates {

  private int source;
  private long time = Message.NONE;
  private int atTime;

  private int overlapping = -1;
  private int repeatedAtTime;

  /** Whether a text is a later one, and its time no later than that of the last update. */
  boolean isOld(int inSource, long atNanos) {
    return inSource != source && atNanos <= time;
  }

  /** Whether an update of a text was had already. */
  boolean isRepeated(int inSource, long atNanos) {
    if (!isOld(inSource, atNanos)) {
      return false;
    }
    if (atNanos < time) {
      if (overlapping != inSource) {
        overlapping = inSource;
        repeatedAtTime = 0;
      }
      return true;
    }
    return overlapping == inSource && repeatedAtTime++ < atTime;
  }

  /** Takes note of an update that is new. */
  void add(int inSource, long atNanos) {
    atTime = atNanos == time ? atTime + 1 : 1;
    time = atNanos;
    source = inSource;
  }
}

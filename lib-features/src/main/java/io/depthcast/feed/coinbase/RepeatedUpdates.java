package io.depthcast.feed.coinbase;

import io.depthcast.feed.CaptureLine;
import java.util.Arrays;

/**
 * Finds updates without numbers that were had already: those whose text is that of the last update,
 * and those of a later source, a capture that overlaps, which are older than the last update.
 * Updates of one time cannot be told apart, but a capture that began before them has them in the
 * same order: as many as were had are had again.
 */
final class RepeatedUpdates {

  private int source;
  private long time = Message.NONE;
  private byte[] text = new byte[256];
  private int length;
  private int atTime;

  private int overlapping = Integer.MIN_VALUE;
  private int repeatedAtTime;

  /** Whether a source is a later one, and its time no later than that of the last update. */
  boolean isOld(int inSource, long atNanos) {
    return inSource != source && atNanos <= time;
  }

  /** Whether an update of a source was had already. */
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

  /** Whether the text of an update is that of the last: twice the same, as no venue sends it. */
  boolean isCopy(long atNanos, CaptureLine line) {
    return atNanos == time && Arrays.equals(text, 0, length, line.bytes, line.from, line.to);
  }

  /** Time of the last update, nanoseconds UTC, or {@link Message#NONE}. */
  long lastTime() {
    return time;
  }

  /** The same if it was of this source. */
  long lastTime(int inSource) {
    return inSource == source ? time : Message.NONE;
  }

  /** Takes note of an update that is new. */
  void add(int inSource, long atNanos, CaptureLine line) {
    atTime = atNanos == time ? atTime + 1 : 1;
    time = atNanos;
    source = inSource;
    length = line.to - line.from;
    if (length > text.length) {
      text = new byte[2 * length];
    }
    System.arraycopy(line.bytes, line.from, text, 0, length);
  }
}

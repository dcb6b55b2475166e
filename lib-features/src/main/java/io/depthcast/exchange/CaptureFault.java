package io.depthcast.exchange;

import java.util.Locale;

/**
 * What may go wrong with a capture, and what a recorder that takes care does about it: where it
 * sees that the book is lost, it asks for a new snapshot or, where the venue answers no request,
 * makes a new connection, which brings one.
 */
public enum CaptureFault {
  /**
   * Three depth updates are lost; a new snapshot follows where their numbers tell, nothing where a
   * second connection does.
   */
  DROPPED,
  /** A depth update is written twice. */
  DUPLICATED,
  /** A depth update is written after the next one; a new snapshot follows. */
  REORDERED,
  /** The end of a depth update is cut off; a new snapshot follows. */
  MALFORMED,
  /** A depth update has a bid above the best ask; the next one takes it away. */
  CROSSED,
  /** A depth update has a level whose size is below zero; a new snapshot follows. */
  NEGATIVE_SIZE,
  /**
   * The venue's clock is three seconds behind for five depth updates, and the trades in between.
   */
  CLOCK_JUMP,
  /** Nothing is received for forty seconds; a new snapshot follows. */
  SILENCE,
  /** Nothing is received for two seconds, then a new snapshot as soon as there is an update. */
  RECONNECT,
  /**
   * Three depth updates are lost, and the snapshot that is asked for is older than they are;
   * another is asked for.
   */
  STALE_SNAPSHOT;

  /** Name in the truth: the constant in lower case. */
  public String column() {
    return name().toLowerCase(Locale.ROOT);
  }
}

package io.depthcast.quality;

/**
 * A stretch of a slice whose book cannot be trusted. Features and labels that touch it are null.
 *
 * @param seqFirst first suspect row, inclusive
 * @param seqLast last suspect row, inclusive
 * @param tsFirst time of the first row, nanoseconds UTC
 * @param tsLast time of the last row, nanoseconds UTC
 * @param cause why
 * @param detail what was seen, for a person
 */
public record SuspectWindow(
    long seqFirst, long seqLast, long tsFirst, long tsLast, Cause cause, String detail) {

  public SuspectWindow {
    if (seqLast < seqFirst || tsLast < tsFirst) {
      throw new IllegalArgumentException(
          "Suspect window ends before it begins: seq " + seqFirst + " to " + seqLast);
    }
  }

  /** The closed list of reasons. */
  public enum Cause {
    /** The venue halted trading: from the halt to the resumption of trading. */
    HALT,
    /** Source rows before this one were rejected, so the step to it hides events. */
    REJECTED_ROWS,
    /**
     * Messages are missing, by the venue's numbers or times or by what another connection brought:
     * until the book is whole again.
     */
    SEQUENCE_GAP,
    /** No usable snapshot yet: from the first message to the first whole book. */
    MISSING_SNAPSHOT,
    /** Best bid above best ask. */
    CROSSED_BOOK,
    /** Best bid equal to best ask. */
    LOCKED_BOOK,
    /** A level or order with a size below zero. */
    NEGATIVE_SIZE,
    /** The venue's clock steps back or far ahead of the receiver's. */
    CLOCK_JUMP,
    /** Nothing was received for longer than the heartbeat allows. */
    SILENCE,
    /** The connection was made anew. */
    RECONNECT,
    /** Another connection tells another book, though it has brought no message that is missing. */
    BOOK_CHECK,
    /** The venue's session ends and another begins within the day. */
    SESSION_BREAK,
    /** A price that is no multiple of the tick. */
    OFF_GRID_PRICE;

    /** Name in the tables: the constant in lower case. */
    public String column() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}

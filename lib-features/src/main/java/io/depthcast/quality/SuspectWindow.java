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
    REJECTED_ROWS;

    /** Name in the tables: the constant in lower case. */
    public String column() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}

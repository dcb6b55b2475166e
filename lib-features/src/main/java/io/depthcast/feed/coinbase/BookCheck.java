package io.depthcast.feed.coinbase;

import io.depthcast.quality.SuspectWindow.Cause;
import java.util.ArrayDeque;

/**
 * Holds the book of the rows to that of a witness. Each message about a book leaves a mark, its
 * time and the fingerprint of the book after it; marks of one time are compared, however far one
 * connection is behind the other. A mark that only one of them has is of a message that the other
 * has lost.
 *
 * <p>Where the books differ, the one to blame is that of the connection that has lost a message;
 * else the one that has not agreed with the other since its snapshot, where the other has. Marks of
 * the first time after a snapshot are left out: how many messages of that time came before it is
 * not known.
 */
final class BookCheck {

  /** As many as a connection may be behind the other. */
  private static final int MOST_MARKS = 4096;

  private record Mark(long time, int nth, long fingerprint, long rows) implements Comparable<Mark> {
    @Override
    public int compareTo(Mark other) {
      return time == other.time ? Integer.compare(nth, other.nth) : Long.compare(time, other.time);
    }
  }

  /** The marks of one book that the other has not reached yet. */
  private static final class Track {
    private final ArrayDeque<Mark> marks = new ArrayDeque<>();
    private boolean stands;

    /** The first time after the snapshot. */
    private long first = Message.NONE;

    private long last = Message.NONE;
    private int nth;

    /** Since both agreed it has had a message that the other has not. */
    private boolean alone;

    /** It has been compared with the other since its snapshot. */
    private boolean compared;

    /** It has agreed with the other since its snapshot. */
    private boolean agreed;

    void begin() {
      end();
      stands = true;
    }

    void end() {
      marks.clear();
      stands = false;
      first = Message.NONE;
      last = Message.NONE;
      alone = false;
      compared = false;
      agreed = false;
    }

    void add(long time, long fingerprint, long rows) {
      if (!stands || time == Message.NONE) {
        return;
      }
      nth = time == last ? nth + 1 : 1;
      last = time;
      if (first == Message.NONE) {
        first = time;
      }
      if (marks.size() == MOST_MARKS) {
        marks.remove();
      }
      marks.add(new Mark(time, nth, fingerprint, rows));
    }

    void leaveOut(long until) {
      while (!marks.isEmpty() && marks.peek().time <= until) {
        marks.remove();
      }
    }

    boolean hasFirst() {
      return first != Message.NONE;
    }
  }

  /**
   * What is wrong with the rows.
   *
   * @param since position in {@link RecentRows} of the first row that both did not agree on
   */
  record Finding(Cause cause, String detail, long since) {}

  private final Track rows = new Track();
  private final Track witness = new Track();

  /** Position after the last row that both agreed on. */
  private long agreedRows;

  /** What is wrong now, null if nothing is. */
  private Finding wrong;

  /** The rows are known to be wrong, not only to differ. */
  private boolean rowsAreWrong;

  /** The book of the rows stands anew, its row is the first. */
  void beginRows() {
    rows.begin();
    witness.alone = false;
    agreedRows = 0;
    wrong = null;
  }

  /** The book of the rows is given up. */
  void endRows() {
    rows.end();
    wrong = null;
  }

  /** The witness has a snapshot. */
  void beginWitness() {
    witness.begin();
    rows.alone = false;
  }

  /** The book of the witness cannot be trusted. */
  void endWitness() {
    witness.end();
  }

  /**
   * A message has changed the book of the rows.
   *
   * @param time the venue's, of its latest change
   * @param rowsUntil position after its row
   */
  void addToRows(long time, long fingerprint, long rowsUntil) {
    rows.add(time, fingerprint, rowsUntil);
  }

  /** A message has changed the book of the witness. */
  void addToWitness(long time, long fingerprint) {
    witness.add(time, fingerprint, 0);
  }

  /** What is wrong with the rows at present, null if nothing is. */
  Finding wrong() {
    return wrong;
  }

  /** Whether the rows can go on with the book of the witness: it is the right one, as of now. */
  boolean canTakeOver() {
    return wrong != null
        && rowsAreWrong
        && witness.compared
        && rows.marks.isEmpty()
        && witness.marks.isEmpty();
  }

  /**
   * Compares what both have; again until it answers null.
   *
   * @return what is newly found about rows that were given as sound
   */
  Finding compare() {
    if (!rows.hasFirst() || !witness.hasFirst()) {
      return null;
    }
    long first = Math.max(rows.first, witness.first);
    rows.leaveOut(first);
    witness.leaveOut(first);
    Finding found = null;
    while (found == null && !rows.marks.isEmpty() && !witness.marks.isEmpty()) {
      int order = rows.marks.peek().compareTo(witness.marks.peek());
      if (order == 0) {
        found = compare(rows.marks.remove(), witness.marks.remove());
      } else {
        Track ahead = order < 0 ? rows : witness;
        ahead.marks.remove();
        ahead.alone = true;
      }
    }
    return found;
  }

  private Finding compare(Mark ofRows, Mark ofWitness) {
    boolean same = ofRows.fingerprint == ofWitness.fingerprint;
    boolean rowsLost = witness.alone && !rows.alone;
    boolean witnessLost = rows.alone && !witness.alone;
    boolean witnessIsStale = wrong == null && !rowsLost && rows.agreed && !witness.agreed;
    if (!same && (witnessLost || witnessIsStale)) {
      witness.end();
      rows.alone = false;
      return null;
    }
    Finding found = null;
    if (wrong == null && rowsLost) {
      found =
          new Finding(
              Cause.SEQUENCE_GAP, "an update came on the witness connection only", agreedRows);
    } else if (wrong == null && !same) {
      found =
          new Finding(
              Cause.BOOK_CHECK, "the book is not that of the witness connection", agreedRows);
    }
    rows.alone = false;
    witness.alone = false;
    witness.compared = true;
    if (same) {
      wrong = null;
      rows.agreed = true;
      witness.agreed = true;
      agreedRows = ofRows.rows;
    } else if (wrong == null) {
      wrong = found;
      rowsAreWrong = rowsLost || (witness.agreed && !rows.agreed);
    }
    return found;
  }
}

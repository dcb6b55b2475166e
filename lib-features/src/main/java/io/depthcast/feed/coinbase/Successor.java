package io.depthcast.feed.coinbase;

import io.depthcast.book.L2Book;

/**
 * The book of another connection beside the one whose book stands: from its snapshot on until it
 * takes over. It does so without a step where both have told of the same time and their books are
 * one, level by level.
 */
final class Successor {

  private final L2Book book = new L2Book();
  private final L2Book changed = new L2Book();

  /** Null if there is none. */
  private String connection;

  private int source;
  private boolean overlaps;
  private long tsRecv;
  private long number;
  private long time;

  /** Where its snapshot was. */
  private String detail;

  /** Begins with an empty book. */
  L2Book begin(String ofConnection, int inSource, boolean overlapping, String said) {
    connection = ofConnection;
    source = inSource;
    overlaps = overlapping;
    detail = said;
    book.clear();
    return book;
  }

  /** There is none any more; what was said of it stands. */
  void end() {
    connection = null;
  }

  boolean isThere() {
    return connection != null;
  }

  /** Whether a line is of it; a connection without a name goes on in the sources that follow. */
  boolean isOf(String ofConnection, int inSource) {
    return ofConnection.equals(connection) && (!ofConnection.isEmpty() || inSource >= source);
  }

  String connection() {
    return connection;
  }

  String detail() {
    return detail;
  }

  L2Book book() {
    return book;
  }

  /** Both connections have told of one time: nothing is lost between them. */
  void overlap() {
    overlaps = true;
  }

  boolean overlaps() {
    return overlaps;
  }

  /** Whether it can take over from a book without a step. */
  boolean isSame(L2Book other) {
    return overlaps && book.isSame(other);
  }

  /**
   * Takes note of its snapshot.
   *
   * @param receivedAt when it was received
   * @param venueNumber the venue's number of it
   * @param sentAt the venue's time of it, {@link Message#NONE} where it bears none
   */
  void note(long receivedAt, long venueNumber, long sentAt) {
    tsRecv = receivedAt;
    number = venueNumber;
    time = sentAt;
  }

  long time() {
    return time;
  }

  long tsRecv() {
    return tsRecv;
  }

  long number() {
    return number;
  }

  /** Begins a change, to {@link #changed}; {@link #keepChange} or nothing follows. */
  void beginChange() {
    changed.copy(book);
  }

  L2Book changed() {
    return changed;
  }

  boolean isSameOnceChanged(L2Book other) {
    return overlaps && changed.isSame(other);
  }

  void keepChange() {
    book.copy(changed);
  }
}

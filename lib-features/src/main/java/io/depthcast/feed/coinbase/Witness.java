package io.depthcast.feed.coinbase;

import io.depthcast.book.L2Book;
import io.depthcast.feed.LevelSession;
import io.depthcast.feed.coinbase.Message.Part;

/**
 * The book of a connection that gives no rows: what it says is held to the book of the rows. It is
 * of the connection of its kind that brought a snapshot last, and stands as long as nothing shows
 * that a message of it is missing.
 */
final class Witness {

  private final LevelSession session;
  private final BookCheck check;
  private final L2Book book = new L2Book();

  /** Null while the book does not stand. */
  private String connection;

  private long sequence;
  private long time;

  Witness(LevelSession session, BookCheck check) {
    this.session = session;
    this.check = check;
  }

  L2Book book() {
    return book;
  }

  /** Takes note of a message of a connection of its kind. */
  void read(String from, Message message) {
    if (from.equals(connection) && !follows(message)) {
      lose(from);
    }
    for (int part = 0; part < message.parts; part++) {
      if (message.part[part] == Part.SNAPSHOT) {
        connection = from;
        sequence = message.sequence;
        time = Message.NONE;
        book.clear();
        set(message, part);
        check.beginWitness();
      } else if (message.part[part] == Part.UPDATE && from.equals(connection)) {
        set(message, part);
        time = message.stamp(part);
        check.addToWitness(time, book.fingerprint());
      }
    }
  }

  /** A message of a connection cannot be read. */
  void lose(String from) {
    if (from.equals(connection)) {
      connection = null;
      check.endWitness();
    }
  }

  private boolean follows(Message message) {
    if (message.sequence != Message.NONE) {
      boolean isNext = message.sequence == sequence + 1;
      sequence = message.sequence;
      return isNext;
    }
    boolean isUpdate = message.parts > 0 && message.part[0] == Part.UPDATE;
    return !isUpdate
        || time == Message.NONE
        || !session.clock().isOvertaken(message.stamp(0), time);
  }

  private void set(Message message, int part) {
    // Snapshots begin with the best level, and a book grows fastest by better ones.
    boolean backwards = message.part[part] == Part.SNAPSHOT;
    int from = message.begin(part);
    int to = message.partEnd[part];
    for (int i = 0; i < to - from; i++) {
      int entry = backwards ? to - 1 - i : from + i;
      session.set(book, message.side[entry], message.price[entry], message.size[entry]);
    }
  }
}

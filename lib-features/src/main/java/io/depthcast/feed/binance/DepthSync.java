package io.depthcast.feed.binance;

import io.depthcast.book.L2Book;
import io.depthcast.book.Side;
import io.depthcast.feed.LevelSession;
import io.depthcast.quality.SuspectWindow.Cause;

/**
 * Says when the book of a session can be trusted, by the rules of the venue ("How to manage a local
 * order book correctly"), and brings snapshots up to date.
 *
 * <ul>
 *   <li>An update follows the last one if {@code U <= u of the last + 1} (spot) or {@code pu == u
 *       of the last} (futures; {@code pu <= u} from one connection to another). If it does not, the
 *       book is lost.
 *   <li>A snapshot makes a book once an update bridges it: {@code U <= lastUpdateId + 1} and {@code
 *       u >= lastUpdateId} (spot), {@code U <= lastUpdateId <= u} (futures). Updates before are in
 *       the snapshot; that one and those after are applied to it. Sizes are absolute: what the
 *       snapshot holds already does no harm.
 *   <li>A snapshot ahead of the updates waits for them, one at a time: the last.
 * </ul>
 *
 * <p>A snapshot that comes while the book can be trusted is taken in the same way; it makes levels
 * known that lay beyond the reach of the one before.
 */
final class DepthSync {

  /** What an update or a snapshot does. */
  enum Step {
    /** The update follows: the book stands and waits for its levels. */
    FOLLOWS,
    /** A snapshot has been brought up to date: the book stands anew. */
    BRIDGED,
    /** No book stands. */
    BLIND,
    /** The snapshot waits for updates. */
    AHEAD,
    /** The snapshot is older than the updates that are known without a gap. */
    STALE
  }

  private final boolean futures;
  private final LevelSession session;
  private final L2Book book;
  private final Counts counts;
  private final UpdateBuffer buffer = new UpdateBuffer();

  private boolean any;
  private long lastId;
  private long lastTime;
  private String lastConnection;

  private Message waiting = new Message();
  private boolean hasWaiting;
  private long snapshotTsRecv;

  DepthSync(boolean futures, LevelSession session, Counts counts) {
    this.futures = futures;
    this.session = session;
    book = session.book();
    this.counts = counts;
  }

  /** Id of the last update. */
  long lastId() {
    return lastId;
  }

  /** When the snapshot was received that the book was last made of. */
  long snapshotTsRecv() {
    return snapshotTsRecv;
  }

  /** Gives the book up until a snapshot is bridged. */
  void lose(String detail) {
    buffer.clear();
    session.lose(Cause.SEQUENCE_GAP, detail);
  }

  /**
   * Whether an update is known already. One that is numbered before the last and is much later by
   * the clock is not: the venue has begun to count anew.
   */
  boolean isOld(long id, long tsEvent) {
    return any && id <= lastId && !session.clock().isMuchLater(tsEvent, lastTime);
  }

  /** Whether an update leaves out others; not asked of old ones. */
  boolean isGap(Message update) {
    return any && (update.lastId <= lastId || isAhead(update));
  }

  /** Whether others should come before an update that is not old. */
  boolean isAhead(Message update) {
    if (!any || update.lastId <= lastId) {
      return false;
    }
    if (!futures) {
      return update.firstId > lastId + 1;
    }
    // Another connection may part the changes in another way; what both have does no harm.
    return update.previousId > lastId
        || (update.previousId < lastId && update.connection.equals(lastConnection));
  }

  /** What is wrong with an update that is a gap. */
  String gap(Message update) {
    String begin = "update " + update.firstId + " to " + update.lastId;
    if (update.lastId <= lastId) {
      return begin + " is much later than " + lastId + ": the venue counts anew";
    }
    if (futures) {
      return begin + " says that it follows " + update.previousId + ", the last was " + lastId;
    }
    long missing = update.firstId - lastId - 1;
    return "update "
        + update.firstId
        + " follows "
        + lastId
        + (missing == 1 ? ", 1 update is missing" : ", " + missing + " updates are missing");
  }

  /**
   * Takes an update that is not old and, if it leaves out others, comes after {@link #lose}.
   *
   * @return {@link Step#FOLLOWS}, {@link Step#BRIDGED} or {@link Step#BLIND}
   */
  Step add(Message update) {
    buffer.add(update);
    any = true;
    lastId = update.lastId;
    lastTime = update.tsEvent;
    lastConnection = update.connection;
    if (hasWaiting) {
      Step step = judge(waiting);
      hasWaiting = step == Step.AHEAD;
      if (step == Step.BRIDGED) {
        bridge(waiting);
        return step;
      }
    }
    return session.isStanding() ? Step.FOLLOWS : Step.BLIND;
  }

  /**
   * What is to be done with a snapshot; stale ones are counted.
   *
   * @return {@link Step#BRIDGED}, {@link Step#AHEAD} or {@link Step#STALE}
   */
  Step judge(Message snapshot) {
    int update = buffer.firstEndingAt(snapshot.lastId);
    if (update == buffer.count()) {
      return Step.AHEAD;
    }
    long latestBegin = futures ? snapshot.lastId : snapshot.lastId + 1;
    if (buffer.firstId(update) <= latestBegin) {
      return Step.BRIDGED;
    }
    counts.add(BinanceCount.STALE_SNAPSHOTS);
    return Step.STALE;
  }

  /** Keeps a snapshot that is ahead, instead of one kept before, and gives a message to reuse. */
  Message keep(Message snapshot) {
    Message spare = waiting;
    waiting = snapshot;
    hasWaiting = true;
    return spare;
  }

  /**
   * Makes the book of a snapshot that is bridged. Levels of a book that stands which lie beyond the
   * snapshot's last are known and stay: a small snapshot takes nothing away.
   */
  void bridge(Message snapshot) {
    if (session.isStanding()) {
      removeReached(Side.BID, snapshot.bids);
      removeReached(Side.ASK, snapshot.asks);
    } else {
      book.clear();
    }
    setLevels(snapshot);
    buffer.apply(buffer.firstEndingAt(snapshot.lastId), book);
  }

  /** Removes the levels that are as good as the last of some or better. */
  private void removeReached(Side side, LevelList levels) {
    boolean bid = side == Side.BID;
    double last = bid ? Double.POSITIVE_INFINITY : 0;
    for (int i = 0; i < levels.count; i++) {
      last = bid ? Math.min(last, levels.price[i]) : Math.max(last, levels.price[i]);
    }
    double best = book.price(side, 0);
    while (bid ? best >= last : best <= last) {
      book.set(side, best, 0);
      best = book.price(side, 0);
    }
  }

  /** Makes the book of a frame, which is whole by itself. */
  void replace(Message frame, long tsEvent) {
    any = true;
    lastId = frame.lastId;
    lastTime = tsEvent;
    book.clear();
    setLevels(frame);
  }

  private void setLevels(Message snapshot) {
    setLevels(Side.BID, snapshot.bids);
    setLevels(Side.ASK, snapshot.asks);
    session.stand();
    snapshotTsRecv = snapshot.tsRecv;
  }

  private void setLevels(Side side, LevelList levels) {
    for (int i = 0; i < levels.count; i++) {
      book.set(side, levels.price[i], levels.size[i]);
    }
  }
}

package io.depthcast.feed.binance;

import io.depthcast.book.L2Book;
import io.depthcast.book.Side;
import io.depthcast.feed.FeedClock;
import io.depthcast.quality.SuspectWindow.Cause;

/**
 * Says when the book of a session can be trusted, by the rules of the venue ("How to manage a local
 * order book correctly"), and brings snapshots up to date.
 *
 * <ul>
 *   <li>An update follows the last one if {@code U <= u of the last + 1} (spot) or {@code pu == u
 *       of the last} (futures). If it does not, the book is lost.
 *   <li>A snapshot makes a book once an update bridges it: {@code U <= lastUpdateId + 1} and {@code
 *       u >= lastUpdateId} (spot; an update that ends just there is in the snapshot), {@code U <=
 *       lastUpdateId <= u} (futures). Updates before are in the snapshot, that one and those after
 *       are applied to it.
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
  private final FeedClock clock;
  private final L2Book book;
  private final UpdateBuffer buffer = new UpdateBuffer();

  private boolean standing;
  private Cause lostBy = Cause.MISSING_SNAPSHOT;
  private String lostDetail = "no snapshot yet that the updates bridge";

  private boolean any;
  private long lastId;
  private long lastTime;

  private Message waiting = new Message();
  private boolean hasWaiting;
  private long snapshotTsRecv;

  DepthSync(boolean futures, FeedClock clock, L2Book book) {
    this.futures = futures;
    this.clock = clock;
    this.book = book;
  }

  boolean isStanding() {
    return standing;
  }

  /** Why no book stands. */
  Cause lostBy() {
    return lostBy;
  }

  String lostDetail() {
    return lostDetail;
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
    if (standing) {
      standing = false;
      lostBy = Cause.SEQUENCE_GAP;
      lostDetail = detail;
    }
  }

  /**
   * Whether an update is known already. One that is numbered before the last and is much later by
   * the clock is not: the venue has begun to count anew.
   */
  boolean isOld(long id, long tsEvent) {
    return any && id <= lastId && !clock.isMuchLater(tsEvent, lastTime);
  }

  /** Whether an update leaves out others; not asked of old ones. */
  boolean isGap(Message update) {
    return any
        && (update.lastId <= lastId
            || (futures ? update.previousId != lastId : update.firstId > lastId + 1));
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
    if (hasWaiting) {
      Step step = judge(waiting);
      hasWaiting = step == Step.AHEAD;
      if (step == Step.BRIDGED) {
        bridge(waiting);
        return step;
      }
    }
    return standing ? Step.FOLLOWS : Step.BLIND;
  }

  /**
   * What is to be done with a snapshot.
   *
   * @return {@link Step#BRIDGED}, {@link Step#AHEAD} or {@link Step#STALE}
   */
  Step judge(Message snapshot) {
    int update = buffer.firstEndingAt(snapshot.lastId);
    if (update == buffer.count()) {
      return Step.AHEAD;
    }
    long latestBegin = futures ? snapshot.lastId : snapshot.lastId + 1;
    return buffer.firstId(update) <= latestBegin ? Step.BRIDGED : Step.STALE;
  }

  /** Whether a snapshot waits for updates. */
  boolean isWaiting() {
    return hasWaiting;
  }

  /** Keeps a snapshot that is ahead, instead of one kept before, and gives a message to reuse. */
  Message keep(Message snapshot) {
    Message spare = waiting;
    waiting = snapshot;
    hasWaiting = true;
    return spare;
  }

  /** Makes the book of a snapshot that is bridged. */
  void bridge(Message snapshot) {
    setBook(snapshot);
    int update = buffer.firstEndingAt(snapshot.lastId);
    boolean isInSnapshot = !futures && buffer.lastId(update) == snapshot.lastId;
    buffer.apply(isInSnapshot ? update + 1 : update, book);
  }

  /** Makes the book of a frame, which is whole by itself. */
  void replace(Message frame, long tsEvent) {
    any = true;
    lastId = frame.lastId;
    lastTime = tsEvent;
    setBook(frame);
  }

  private void setBook(Message snapshot) {
    book.clear();
    for (Side side : Side.values()) {
      LevelList levels = snapshot.levels(side);
      for (int i = 0; i < levels.count; i++) {
        book.set(side, levels.price[i], levels.size[i]);
      }
    }
    standing = true;
    snapshotTsRecv = snapshot.tsRecv;
  }
}

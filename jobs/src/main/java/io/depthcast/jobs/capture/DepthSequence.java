package io.depthcast.jobs.capture;

/**
 * Follows the update ids of one Binance book on one connection, and says whether the book can be
 * rebuilt from what was stored: the rules of {@link io.depthcast.feed.binance}, on ids alone.
 */
final class DepthSequence {

  private static final long NONE = Long.MIN_VALUE;

  /** Updates that are remembered while no snapshot bridges them; the older half goes when full. */
  private static final int MOST = 1 << 14;

  private final boolean futures;
  private long last = NONE;
  private boolean bridged;
  private long waiting = NONE;

  private final long[] firstIds = new long[MOST];
  private final long[] lastIds = new long[MOST];
  private int count;

  DepthSequence(boolean futures) {
    this.futures = futures;
  }

  /** What a snapshot is good for. */
  enum Step {
    /** The book stands. */
    BRIDGED,
    /** It waits for updates. */
    AHEAD,
    /** It is older than the updates: another is needed. */
    STALE
  }

  /**
   * Takes an update.
   *
   * @param previous id that it says it follows; futures only
   * @return whether updates before it are missing
   */
  boolean add(long first, long lastId, long previous) {
    if (last != NONE && lastId <= last) {
      return false;
    }
    boolean gap = last != NONE && (futures ? previous != last : first > last + 1);
    if (gap) {
      lose();
    }
    last = lastId;
    if (!bridged) {
      remember(first, lastId);
      if (waiting != NONE) {
        long snapshot = waiting;
        waiting = NONE;
        take(snapshot);
      }
    }
    return gap;
  }

  private void remember(long first, long lastId) {
    if (count == MOST) {
      count = MOST / 2;
      System.arraycopy(firstIds, MOST / 2, firstIds, 0, count);
      System.arraycopy(lastIds, MOST / 2, lastIds, 0, count);
    }
    firstIds[count] = first;
    lastIds[count] = lastId;
    count++;
  }

  /** The book can no longer be followed: an update is missing or cannot be read. */
  void lose() {
    bridged = false;
    count = 0;
  }

  /** Takes a snapshot. */
  Step take(long lastUpdateId) {
    if (bridged) {
      return Step.BRIDGED;
    }
    int update = 0;
    while (update < count && lastIds[update] < lastUpdateId) {
      update++;
    }
    if (update == count) {
      waiting = Math.max(waiting, lastUpdateId);
      return Step.AHEAD;
    }
    if (firstIds[update] > (futures ? lastUpdateId : lastUpdateId + 1)) {
      return Step.STALE;
    }
    bridged = true;
    waiting = NONE;
    count = 0;
    return Step.BRIDGED;
  }

  /** Whether the book can be rebuilt. */
  boolean isBridged() {
    return bridged;
  }

  /** Whether there are updates, and no snapshot that they may still reach. */
  boolean needsSnapshot() {
    return last != NONE && !bridged && waiting == NONE;
  }
}

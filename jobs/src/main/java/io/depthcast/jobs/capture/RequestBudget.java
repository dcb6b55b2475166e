package io.depthcast.jobs.capture;

/**
 * How much a venue may still be asked in this minute. Times are nanoseconds of a clock that is
 * never set.
 */
final class RequestBudget {

  private static final long MINUTE_NANOS = 60_000_000_000L;

  private final int weightPerMinute;
  private long minuteBegan;
  private boolean began;
  private int used;
  private long pausedUntil;
  private boolean paused;

  /**
   * @param weightPerMinute what is used at most; below the venue's limit, others may use the
   *     address
   */
  RequestBudget(int weightPerMinute) {
    this.weightPerMinute = weightPerMinute;
  }

  /** Takes a request's weight if there is room and no pause. */
  boolean take(int weight, long now) {
    if (paused && now - pausedUntil < 0) {
      return false;
    }
    paused = false;
    if (!began || now - minuteBegan >= MINUTE_NANOS) {
      began = true;
      minuteBegan = now;
      used = 0;
    }
    if (used + weight > weightPerMinute) {
      return false;
    }
    used += weight;
    return true;
  }

  /** The venue says what was used in its minute, by others as well. */
  void used(int weight) {
    used = Math.max(used, weight);
  }

  /** The venue says to stop asking. */
  void pause(long nanos, long now) {
    if (!paused || now + nanos - pausedUntil > 0) {
      paused = true;
      pausedUntil = now + nanos;
    }
  }
}

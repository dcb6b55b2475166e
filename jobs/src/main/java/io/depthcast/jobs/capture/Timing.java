package io.depthcast.jobs.capture;

/**
 * When connections are given up, renewed and tried again; all in milliseconds.
 *
 * @param patience with silence
 * @param renewAfterMs age at which a connection is replaced by a new one, before the venue ends it
 * @param overlap how long the old one is kept beside the new one
 * @param retry waits between tries
 * @param snapshotEveryMs age at which a book is asked for anew though nothing is missing
 */
record Timing(
    Patience patience, long renewAfterMs, Overlap overlap, Retry retry, long snapshotEveryMs) {

  static final long NANOS = 1_000_000;

  /**
   * Silence that is put up with.
   *
   * @param pingAfterMs without anything, after which a ping is sent
   * @param deadAfterMs without anything, not even a pong, after which the connection is given up
   * @param staleAfterMs without a message, after which the connection is given up
   */
  record Patience(long pingAfterMs, long deadAfterMs, long staleAfterMs) {}

  /**
   * Time beside a successor.
   *
   * @param leastMs what was sent before the successor opened is on its way so long
   * @param mostMs after which the successor takes over, ready or not
   */
  record Overlap(long leastMs, long mostMs) {}

  /**
   * Waits between tries.
   *
   * @see Backoff
   */
  record Retry(long firstMs, long mostMs) {

    Backoff backoff(java.util.random.RandomGenerator random) {
      return new Backoff(firstMs * NANOS, mostMs * NANOS, random);
    }
  }

  private static final long HOUR_MS = 3_600_000;

  /** Binance ends a connection after 24 hours; instruments without trade are silent for minutes. */
  static final Timing BINANCE =
      new Timing(
          new Patience(10_000, 30_000, 300_000),
          23 * HOUR_MS,
          new Overlap(5_000, 60_000),
          new Retry(1_000, 60_000),
          HOUR_MS);

  /** Coinbase sends a heartbeat each second. */
  static final Timing COINBASE =
      new Timing(
          new Patience(5_000, 10_000, 10_000),
          23 * HOUR_MS,
          new Overlap(5_000, 60_000),
          new Retry(1_000, 60_000),
          HOUR_MS);
}
